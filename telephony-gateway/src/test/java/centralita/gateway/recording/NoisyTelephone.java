package centralita.gateway.recording;

import centralita.simulators.twilio.Handset;
import centralita.simulators.twilio.PhoneLine;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** A telephone that hisses all the time and keeps a record of both directions, frame by frame: noise resembles nothing else. */
final class NoisyTelephone implements Handset {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Random random = new Random(7);
    private final ByteArrayOutputStream spoken = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final AtomicLong heardBytes = new AtomicLong();

    /** Audio that is nowhere silent. */
    static byte[] noise(long seed, int length) {
        var noise = new byte[length];
        fill(new Random(seed), noise);
        return noise;
    }

    private static void fill(Random random, byte[] audio) {
        for (var i = 0; i < audio.length; i++) {
            audio[i] = (byte) random.nextInt(0xFF);
        }
    }

    @Override
    public void connected(PhoneLine line) {}

    @Override
    public synchronized void speak(byte[] frame) {
        fill(random, frame);
        spoken.writeBytes(frame);
    }

    @Override
    public synchronized void hear(byte[] frame, int audioBytes) {
        heard.writeBytes(frame);
        heardBytes.addAndGet(audioBytes);
    }

    /** The record begins now: what the provider announced before is not of the stream. */
    synchronized void forget() {
        spoken.reset();
        heard.reset();
        heardBytes.set(0);
    }

    synchronized byte[] spoken() {
        return spoken.toByteArray();
    }

    synchronized byte[] heard() {
        return heard.toByteArray();
    }

    /** Waits until so much more was spoken. */
    void await(int ms) {
        var until = spoken().length + ms * 8;
        Awaitility.await("speech").atMost(PATIENCE).until(() -> spoken().length >= until);
    }

    /** Waits until so much was heard. */
    void awaitHeard(int bytes) {
        Awaitility.await("sound")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> heardBytes.get() >= bytes);
    }
}
