package centralita.bridge.model;

import io.netty.buffer.ByteBuf;

/** A session that takes everything and says nothing. */
public class DeafConnection implements ModelConnection {
    @Override
    public void hear(ByteBuf mulaw) {}

    @Override
    public void send(ModelCommand command) {}

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public long arrivedMs() {
        return 0;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {}

    @Override
    public void abandon() {
        close();
    }
}
