package centralita.simulators.load;

import centralita.simulators.load.FrameIntake.Account;
import centralita.simulators.load.FrameStamp.Leg;
import centralita.simulators.load.socket.LoadSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One caller as Twilio's media stream shows him: a frame of 160 bytes every 20 ms, marks that come back when the audio
 * before them has been played, an empty buffer after {@code clear}.
 *
 * <p>Frames and marks are sent by the pacer; what arrives is taken by the thread that reads the sockets.
 */
final class LoadCaller implements LoadSocket.Listener {
    private static final byte[] EVENT = Ascii.bytes("\"event\"");
    private static final byte[] MEDIA = Ascii.bytes("media");
    private static final byte[] MARK = Ascii.bytes("mark");
    private static final byte[] CLEAR = Ascii.bytes("clear");
    private static final byte[] PAYLOAD = Ascii.bytes("\"payload\"");
    private static final byte[] NAME = Ascii.bytes("\"name\"");
    private static final byte[] CHUNK = Ascii.bytes("\",\"media\":{\"track\":\"inbound\",\"chunk\":\"");
    private static final byte[] TIMESTAMP = Ascii.bytes("\",\"timestamp\":\"");
    private static final byte[] AUDIO = Ascii.bytes("\",\"payload\":\"");
    private static final byte[] SEQUENCE = Ascii.bytes("{\"event\":\"media\",\"sequenceNumber\":\"");
    private static final int SAMPLES_PER_MS = 8;

    private record Mark(byte[] name, long dueNanos) {}

    /** Learns, once, that a caller hears the model or never will. On the thread that reads the sockets. */
    interface Fate {
        void hears();

        void failed(String why);
    }

    private final int call;
    private final StreamPlace place;
    private final LoadMeter meter;
    private final Fate fate;
    private final byte[] decoded;
    private final FrameIntake intake;
    private final Cohort.Sent sent = new Cohort.Sent();
    private final Queue<Mark> marks = new ConcurrentLinkedQueue<>();
    private final String streamSid;
    private final byte[] trailer;
    private final byte[] message = new byte[512 + LoadSocket.headerRoom()];
    private final byte[] frame = new byte[FrameStamp.FRAME_BYTES];
    private final byte[] encoded = new byte[(FrameStamp.FRAME_BYTES + 2) / 3 * 4];
    private long sequence = 1;
    private long startedNanos;
    private long playedUntilNanos;
    private boolean settled;
    private boolean heard;
    private int cutAnswer;
    private long stale;
    private volatile @Nullable LoadSocket socket;
    private volatile int interruptedAnswer;
    private volatile long interruptedNanos;

    /** @param decoded room for one message's audio, shared by all that are read by the same thread */
    LoadCaller(int call, StreamPlace place, LoadMeter meter, Fate fate, byte[] decoded) {
        this.call = call;
        this.place = place;
        this.meter = meter;
        this.fate = fate;
        this.decoded = decoded;
        this.intake = new FrameIntake(Leg.TO_CALLER, call, this::arrived);
        this.streamSid = "MZ%032x".formatted(call);
        this.trailer = Ascii.bytes("\"},\"streamSid\":\"" + streamSid + "\"}");
    }

    @Override
    public void opened(LoadSocket opened) {
        startedNanos = System.nanoTime();
        opened.send("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        opened.send("{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"" + place.accountSid()
                + "\",\"streamSid\":\"" + streamSid + "\",\"callSid\":\"" + place.callSid()
                + "\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,"
                + "\"channels\":1},\"customParameters\":" + parameters(place.customParameters())
                + "},\"streamSid\":\"" + streamSid + "\"}");
        socket = opened;
    }

    @Override
    public void text(LoadSocket from, byte[] bytes, int at, int length, long nowNanos) {
        int end = at + length;
        int event = Ascii.textValue(bytes, at, end, EVENT);
        if (Ascii.valueIs(bytes, event, end, MEDIA)) {
            int payload = Ascii.textValue(bytes, at, end, PAYLOAD);
            if (payload >= 0) {
                int got = Ascii.base64(bytes, payload, Ascii.valueEnd(bytes, payload, end), decoded);
                play(got, nowNanos);
                intake.accept(decoded, 0, got, nowNanos);
            }
        } else if (Ascii.valueIs(bytes, event, end, MARK)) {
            int name = Ascii.textValue(bytes, at, end, NAME);
            if (name >= 0) {
                byte[] text = Arrays.copyOfRange(bytes, name, Ascii.valueEnd(bytes, name, end));
                marks.add(new Mark(text, playedUntilNanos));
            }
        } else if (Ascii.valueIs(bytes, event, end, CLEAR)) {
            cleared(nowNanos);
        }
    }

    @Override
    public void closed(LoadSocket ended, String why) {
        socket = null;
        if (!settled) {
            settled = true;
            fate.failed(why);
        }
    }

    /** Sends what is due; on the pacer's thread. */
    void beat(long nowNanos) {
        LoadSocket open = socket;
        if (open == null || !open.isOpen()) {
            return;
        }
        for (Mark mark = marks.peek(); mark != null && mark.dueNanos() <= nowNanos; mark = marks.peek()) {
            marks.remove(mark);
            open.send("{\"event\":\"mark\",\"sequenceNumber\":\"" + ++sequence + "\",\"streamSid\":\"" + streamSid
                    + "\",\"mark\":{\"name\":\"" + new String(mark.name(), StandardCharsets.UTF_8) + "\"}}");
        }
        int number = sent.next(0);
        int at = Ascii.put(message, LoadSocket.headerRoom(), SEQUENCE);
        at = Ascii.put(message, at, ++sequence);
        at = Ascii.put(message, at, CHUNK);
        at = Ascii.put(message, at, number + 1L);
        at = Ascii.put(message, at, TIMESTAMP);
        at = Ascii.put(message, at, (long) number * FrameStamp.FRAME_MS);
        at = Ascii.put(message, at, AUDIO);
        new FrameStamp(Leg.TO_MODEL, call, 0, number, System.nanoTime()).write(frame, 0);
        Base64.getEncoder().encode(frame, encoded);
        at = Ascii.put(message, at, encoded);
        at = Ascii.put(message, at, trailer);
        open.send(message, LoadSocket.headerRoom(), at - LoadSocket.headerRoom());
    }

    /** The model is about to say that this caller speaks while it does; on the pacer's thread. */
    void interrupts(int answer, long nowNanos) {
        interruptedAnswer = answer;
        interruptedNanos = nowNanos;
    }

    /** Hangs up; when the pacer has stopped. */
    void hangUp() {
        LoadSocket open = socket;
        if (open != null) {
            open.send("{\"event\":\"stop\",\"sequenceNumber\":\"" + ++sequence + "\",\"streamSid\":\"" + streamSid
                    + "\",\"stop\":{\"accountSid\":\"" + place.accountSid() + "\",\"callSid\":\"" + place.callSid()
                    + "\"}}");
            open.close();
        }
    }

    /** Whether the call ended although nobody hung up. */
    boolean dropped() {
        LoadSocket open = socket;
        return heard && (open == null || !open.isOpen());
    }

    Cohort.Sent sent() {
        return sent;
    }

    Account balance(Cohort.Sent byModel) {
        return intake.balance(byModel.frames(), byModel.interrupted());
    }

    /** Frames of an answer that was cut, come after the cut. */
    long stale() {
        return stale;
    }

    private void arrived(FrameStamp stamp, long nowNanos) {
        meter.toCaller(nowNanos - stamp.sentNanos());
        if (stamp.answer() <= cutAnswer) {
            stale++;
        }
        if (!heard) {
            heard = true;
            settled = true;
            meter.firstAudio(nowNanos - startedNanos);
            fate.hears();
        }
    }

    private void play(int bytes, long nowNanos) {
        playedUntilNanos = Math.max(playedUntilNanos, nowNanos) + TimeUnit.MILLISECONDS.toNanos(bytes) / SAMPLES_PER_MS;
    }

    /** Twilio gives back every mark at once, as if it had been played. */
    private void cleared(long nowNanos) {
        playedUntilNanos = nowNanos;
        int waiting = marks.size();
        for (int i = 0; i < waiting; i++) {
            Mark mark = marks.poll();
            if (mark != null) {
                marks.add(new Mark(mark.name(), nowNanos));
            }
        }
        long since = interruptedNanos;
        if (since != 0) {
            interruptedNanos = 0;
            cutAnswer = interruptedAnswer;
            meter.bargeIn(nowNanos - since);
        }
    }

    private static String parameters(Map<String, String> parameters) {
        var json = new StringBuilder("{");
        parameters.forEach((name, value) -> json.append(json.length() == 1 ? "" : ",")
                .append('"')
                .append(name.replace("\"", "\\\""))
                .append("\":\"")
                .append(value.replace("\"", "\\\""))
                .append('"'));
        return json.append('}').toString();
    }
}
