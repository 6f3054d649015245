package centralita.simulators.load;

import centralita.simulators.load.FrameIntake.Account;
import centralita.simulators.load.FrameStamp.Leg;
import centralita.simulators.load.LoadPlan.Speech;
import centralita.simulators.load.socket.LoadSocket;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One model session: hears frames, answers what a client may ask, and speaks answer after answer in real time.
 *
 * <p>Messages are taken on the thread that reads the sockets; it only leaves wishes behind ({@code asked},
 * {@code cancelled}). Everything spoken is decided and sent on the pacer's thread.
 */
final class ModelVoice implements LoadSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] TYPE = Ascii.bytes("\"type\"");
    private static final byte[] APPEND = Ascii.bytes("input_audio_buffer.append");
    private static final byte[] AUDIO = Ascii.bytes("\"audio\"");
    /** How long a relay that configures nothing may take to ask for the first answer before it gets one unasked. */
    private static final long UNASKED_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** An answer ends in the caller's ear this long after its last frame was due. */
    private static final long PLAYOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How long a client that wants to cancel by itself may take. */
    private static final long CANCEL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private enum Phase {
        /** Until it is asked, or until it would answer unasked. */
        WAITING,
        SPEAKING,
        /** The answer is sent and still plays. */
        PLAYING_OUT,
        CALLER_SPEAKS
    }

    private final LoadModel model;
    private final int session;
    private final byte[] decoded;
    private final FrameIntake intake;
    private final Cohort.Sent sent = new Cohort.Sent();
    private volatile @Nullable Cohort cohort;
    private volatile @Nullable LoadSocket socket;
    private volatile boolean asked;
    private volatile boolean cancelled;
    private volatile boolean answering;
    private volatile boolean answersByItself = true;
    private volatile boolean interruptsByItself = true;
    private volatile boolean transcribes;
    private volatile long firstHeardNanos;
    private boolean stray;

    private Phase phase = Phase.WAITING;
    private long phaseUntilNanos;
    private int answer;
    private int spokenMs;
    private int interruptAtMs;
    private boolean interrupted;
    /** Whether the caller's last words are still to be written down. */
    private boolean untranscribed;

    private long events;
    private byte[] deltaPrefix = {};
    private byte[] message = {};
    private byte[] audio = {};
    private byte[] encoded = {};

    /** @param decoded room for one message's audio, shared by all that are read by the same thread */
    ModelVoice(LoadModel model, int session, byte[] decoded) {
        this.model = model;
        this.session = session;
        this.decoded = decoded;
        this.intake = new FrameIntake(Leg.TO_MODEL, FrameIntake.UNKNOWN, this::arrived);
    }

    @Override
    public void opened(LoadSocket opened) {
        socket = opened;
        opened.send(RealtimeText.session("session.created", session, null));
    }

    @Override
    public void closed(LoadSocket ended, String why) {
        socket = null;
    }

    @Override
    public void text(LoadSocket from, byte[] bytes, int at, int length, long nowNanos) {
        int end = at + length;
        if (Ascii.valueIs(bytes, Ascii.textValue(bytes, at, end, TYPE), end, APPEND)) {
            int payload = Ascii.textValue(bytes, at, end, AUDIO);
            if (payload >= 0) {
                int got = Ascii.base64(bytes, payload, Ascii.valueEnd(bytes, payload, end), decoded);
                intake.accept(decoded, 0, got, nowNanos);
            }
            return;
        }
        try {
            event(from, JSON.readTree(bytes, at, length), nowNanos);
        } catch (java.io.IOException e) {
            from.send(RealtimeText.error("invalid_event", "this is no JSON", null));
        }
    }

    private void event(LoadSocket client, JsonNode event, long nowNanos) throws JsonProcessingException {
        String eventId = event.path("event_id").asText(null);
        switch (event.path("type").asText()) {
            case "session.update" -> {
                model.configured(nowNanos);
                transcribes = event.at("/session/audio/input/transcription").isObject();
                JsonNode detection = event.at("/session/audio/input/turn_detection");
                if (!detection.isMissingNode()) {
                    answersByItself = !detection.isNull()
                            && detection.path("create_response").asBoolean(true);
                    interruptsByItself = !detection.isNull()
                            && detection.path("interrupt_response").asBoolean(true);
                }
                client.send(RealtimeText.session("session.updated", session, event.get("session")));
            }
            case "input_audio_buffer.append" -> {
                byte[] got = Base64.getDecoder().decode(event.path("audio").asText());
                intake.accept(got, 0, got.length, nowNanos);
            }
            case "conversation.item.create" ->
                RealtimeText.item(event.path("item")).forEach(client::send);
            case "conversation.item.truncate" -> client.send(RealtimeText.truncated(event));
            case "conversation.item.delete" -> client.send(RealtimeText.deleted(event));
            case "input_audio_buffer.clear" -> client.send(RealtimeText.bare("input_audio_buffer.cleared"));
            case "response.create" -> {
                if (answering) {
                    client.send(RealtimeText.error(
                            "conversation_already_has_active_response",
                            "Conversation already has an active response",
                            eventId));
                } else {
                    asked = true;
                }
            }
            case "response.cancel" -> {
                if (answering) {
                    cancelled = true;
                } else {
                    client.send(RealtimeText.error(
                            "response_cancel_not_active", "Cancellation failed: no active response found", eventId));
                }
            }
            default -> {
                // Whatever else a client may say changes nothing for the load.
            }
        }
    }

    private void arrived(FrameStamp stamp, long nowNanos) {
        Cohort calls = cohort;
        if (calls == null && !stray) {
            calls = model.cohort();
            if (calls == null || !calls.voice(stamp.call(), this)) {
                stray = true;
                return;
            }
            prepare(calls.plan().speech());
            firstHeardNanos = nowNanos;
            cohort = calls;
        }
        if (calls != null) {
            calls.meter().toModel(nowNanos - stamp.sentNanos());
        }
    }

    private void prepare(Speech speech) {
        int bytes = speech.deltaMs() / FrameStamp.FRAME_MS * FrameStamp.FRAME_BYTES;
        audio = new byte[bytes];
        encoded = new byte[(bytes + 2) / 3 * 4];
        message = new byte[LoadSocket.headerRoom() + 512 + encoded.length];
    }

    /** Speaks what is due; on the pacer's thread. */
    void beat(long nowNanos, @Nullable LoadCaller caller, SplittableRandom random) {
        Cohort calls = cohort;
        LoadSocket client = socket;
        if (calls == null || client == null) {
            return;
        }
        Speech speech = calls.plan().speech();
        switch (phase) {
            case WAITING -> {
                if (asked || answersByItself && nowNanos - firstHeardNanos > UNASKED_NANOS) {
                    begin(client, speech, random);
                    for (int ms = 0; ms <= speech.leadMs(); ms += speech.deltaMs()) {
                        speak(client, intake.call(), speech);
                    }
                }
            }
            case SPEAKING -> speaking(client, nowNanos, speech, caller);
            case PLAYING_OUT -> {
                if (asked) {
                    phase = Phase.WAITING;
                } else if (nowNanos >= phaseUntilNanos) {
                    client.send(RealtimeText.speechStarted(answer, heardMs()));
                    callerSpeaks(nowNanos, speech);
                }
            }
            case CALLER_SPEAKS -> {
                if (nowNanos >= phaseUntilNanos) {
                    RealtimeText.callerTurn(answer, heardMs()).forEach(client::send);
                    untranscribed = transcribes;
                    phase = Phase.WAITING;
                }
            }
        }
    }

    private void speaking(LoadSocket client, long nowNanos, Speech speech, @Nullable LoadCaller caller) {
        if (interrupted) {
            if (interruptsByItself || cancelled || nowNanos >= phaseUntilNanos) {
                RealtimeText.answerDone(session, answer, "cancelled", spokenMs).forEach(client::send);
                ended();
                callerSpeaks(nowNanos, speech);
            }
            return;
        }
        if (cancelled) {
            RealtimeText.answerDone(session, answer, "cancelled", spokenMs).forEach(client::send);
            ended();
            playsOut(nowNanos, speech);
            return;
        }
        if (interruptAtMs > 0 && spokenMs >= interruptAtMs && caller != null) {
            interrupted = true;
            phaseUntilNanos = nowNanos + CANCEL_NANOS;
            sent.interrupt(answer);
            caller.interrupts(answer, System.nanoTime());
            client.send(RealtimeText.speechStarted(answer, heardMs()));
            return;
        }
        speak(client, intake.call(), speech);
        if (spokenMs >= speech.answerMs()) {
            RealtimeText.answerDone(session, answer, "completed", spokenMs).forEach(client::send);
            ended();
            playsOut(nowNanos, speech);
        }
    }

    private void begin(LoadSocket client, Speech speech, SplittableRandom random) {
        asked = false;
        cancelled = false;
        answering = true;
        interrupted = false;
        answer++;
        spokenMs = 0;
        interruptAtMs = 0;
        if (speech.bargeInAfterMs().isPresent()) {
            int earliest = (int) speech.bargeInAfterMs().getAsLong();
            interruptAtMs = earliest + random.nextInt(Math.max(1, speech.answerMs() - earliest) / 2 + 1);
        }
        phase = Phase.SPEAKING;
        deltaPrefix = RealtimeText.deltaPrefix(session, answer);
        RealtimeText.answerBegun(session, answer).forEach(client::send);
        if (untranscribed) {
            untranscribed = false;
            client.send(RealtimeText.transcribed(answer - 1));
        }
    }

    private void speak(LoadSocket client, int call, Speech speech) {
        long now = System.nanoTime();
        for (int at = 0; at < audio.length; at += FrameStamp.FRAME_BYTES) {
            new FrameStamp(Leg.TO_CALLER, call, answer, sent.next(answer), now).write(audio, at);
        }
        Base64.getEncoder().encode(audio, encoded);
        int at = Ascii.put(message, LoadSocket.headerRoom(), deltaPrefix);
        at = Ascii.put(message, at, ++events);
        at = Ascii.put(message, at, RealtimeText.DELTA_AUDIO);
        at = Ascii.put(message, at, encoded);
        at = Ascii.put(message, at, RealtimeText.DELTA_END);
        client.send(message, LoadSocket.headerRoom(), at - LoadSocket.headerRoom());
        spokenMs += speech.deltaMs();
    }

    private void ended() {
        answering = false;
        cancelled = false;
    }

    private void playsOut(long nowNanos, Speech speech) {
        phase = Phase.PLAYING_OUT;
        phaseUntilNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(speech.leadMs()) + PLAYOUT_NANOS;
    }

    private void callerSpeaks(long nowNanos, Speech speech) {
        phase = Phase.CALLER_SPEAKS;
        phaseUntilNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(speech.callerMs());
    }

    /** Audio heard in this session; racy by a frame, as the vendor's own numbers are. */
    private long heardMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - firstHeardNanos);
    }

    Cohort.Sent sent() {
        return sent;
    }

    Account balance(Cohort.Sent byCaller) {
        return intake.balance(byCaller.frames(), byCaller.interrupted());
    }
}
