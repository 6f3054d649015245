package centralita.simulators.twilio;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A telephone that says one byte all the time, keeps what it hears, and can be told what to do at a frame. */
final class RecordedHandset implements Handset {
    final List<LineEvent> events = new CopyOnWriteArrayList<>();
    final byte microphone;
    volatile PhoneLine line;
    volatile long frames;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final BiConsumer<PhoneLine, Long> everyFrame;
    private boolean fromStream;
    private boolean streaming;

    RecordedHandset(int microphone, BiConsumer<PhoneLine, Long> everyFrame) {
        this.microphone = (byte) microphone;
        this.everyFrame = everyFrame;
    }

    static RecordedHandset silent() {
        return new RecordedHandset(0xFF, (line, frame) -> {});
    }

    static RecordedHandset hangingUpAfter(int frames) {
        return new RecordedHandset(0xFF, (line, frame) -> {
            if (frame == frames) {
                line.hangUp();
            }
        });
    }

    /** Frames count from the opening of the stream, and not from the answer: a busy machine takes its time between the two. */
    RecordedHandset fromTheStreamsOpening() {
        fromStream = true;
        return this;
    }

    @Override
    public void connected(PhoneLine connected) {
        line = connected;
    }

    @Override
    public void speak(byte[] frame) {
        java.util.Arrays.fill(frame, microphone);
    }

    @Override
    public synchronized void hear(byte[] frame, int audioBytes) {
        heard.write(frame, 0, audioBytes);
        if (!fromStream || streaming) {
            everyFrame.accept(line, frames++);
        }
    }

    @Override
    public synchronized void notice(LineEvent event) {
        events.add(event);
        streaming |= event instanceof LineEvent.StreamOpened;
    }

    synchronized byte[] heard() {
        return heard.toByteArray();
    }
}
