package centralita.gateway;

import io.micrometer.core.instrument.Counter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose peer has begun a request and does not come to the end of its head in time (F-R4): each byte that
 * drips in makes the connection anew look alive to the idle timeout. What sends nothing is left to that one, and an upgraded
 * connection to its owner. One per connection, first in its pipeline, on its event loop only.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {
    private final long limitMs;
    private final Counter closed;
    private @Nullable ScheduledFuture<?> due;
    /** Between a request's head and the end of its answer: what comes then is its body, and has time limits of its own. */
    private boolean serving;

    private HeadDeadline(long limitMs, Counter closed) {
        this.limitMs = limitMs;
        this.closed = closed;
    }

    /** Stands at the listening socket and gives every connection that it accepts from now on its deadline. */
    @Sharable
    static final class Acceptor extends ChannelInboundHandlerAdapter {
        private final long limitMs;
        private final Counter closed;

        /** @param closed counts connections that were closed for it */
        Acceptor(long limitMs, Counter closed) {
            this.limitMs = limitMs;
            this.closed = closed;
        }

        @Override
        public void channelRead(ChannelHandlerContext listening, Object accepted) {
            if (accepted instanceof Channel connection) {
                connection.pipeline().addFirst(new HeadDeadline(limitMs, closed));
            }
            listening.fireChannelRead(accepted);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object message) {
        if (!serving && due == null) {
            due = connection.executor().schedule(() -> close(connection), limitMs, TimeUnit.MILLISECONDS);
        }
        connection.fireChannelRead(message);
    }

    private void close(ChannelHandlerContext connection) {
        closed.increment();
        connection.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext connection) {
        cancel();
        connection.fireChannelInactive();
    }

    /** A request's head is here. */
    void begun() {
        serving = true;
        cancel();
    }

    /** It was answered: what comes now is the next one. */
    void answered() {
        serving = false;
    }

    private void cancel() {
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }
}
