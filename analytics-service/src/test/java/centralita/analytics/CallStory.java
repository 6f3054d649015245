package centralita.analytics;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.CallQuality;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.call.StreamQuality;
import centralita.contracts.call.Tokens;
import centralita.contracts.id.UuidV7;
import centralita.contracts.phone.MaskedNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The events of one call, as gateway and bridge tell them. */
public final class CallStory {
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final String CALL_SID = "CA000000000000000000000000000000a1";

    private final UUID callId = UuidV7.next();
    private final List<CallEvent> events = new ArrayList<>();
    private final Instant start;

    private CallStory(Instant start) {
        this.start = start;
    }

    /** A call of 80 s in which the assistant was interrupted once and looked at the clock. */
    public static CallStory good(String assistantId) {
        return good(assistantId, START);
    }

    public static CallStory good(String assistantId, Instant start) {
        return new CallStory(start)
                .tell("telephony-gateway", 0, received(assistantId))
                .tell("telephony-gateway", 0, new CallFact.Answered(CALL_SID))
                .tell("telephony-gateway", 200, new CallFact.MediaStreamStarted("MZ1", 1, "bridge-1", 1))
                .tell(
                        "realtime-bridge",
                        300,
                        new CallFact.ConversationStarted(
                                "bridge-1", 1, "openai", "gpt-realtime-2.1", "marin", "sess_1", 184, false))
                .tell("realtime-bridge", 3_000, new CallFact.Turn(1, "greeting", 0, 400L, 2_600, 2_600, false))
                .tell("realtime-bridge", 9_000, new CallFact.Turn(2, "speech", 2_000, 600L, 9_000, 1_860, true))
                .tell("realtime-bridge", 9_000, new CallFact.BargeIn("item_1", 1_860, 9_000, 1))
                .tell("realtime-bridge", 15_000, new CallFact.ToolCalled("call_1", "get_current_time", "ok", 3))
                .tell("realtime-bridge", 16_000, new CallFact.Turn(3, "tool", 0, 800L, 1_000, 1_000, false))
                .tell("realtime-bridge", 17_000, new CallFact.Turn(4, "speech", 900, null, 0, 0, false))
                .tell("realtime-bridge", 9_100, usage("resp_1", new Tokens(1_000, 500, 2_000, 1_000, 100, 1_000)))
                .tell("realtime-bridge", 16_100, usage("resp_2", new Tokens(1_000, 500, 2_000, 1_000, 100, 1_000)))
                .tell(
                        "realtime-bridge",
                        9_200,
                        new CallFact.TranscriptionUsage("openai", "gpt-transcribe", 60.0, Tokens.NONE))
                .tell(
                        "realtime-bridge",
                        79_900,
                        new CallFact.ConversationEnded(
                                EndReason.CALLER_HUNG_UP,
                                4,
                                1,
                                1,
                                79_600,
                                1,
                                new CallQuality(
                                        new StreamQuality(3_988, 4_000, 1, 40, 62, 1_200, 2, 0, 1, 30, 60L),
                                        120,
                                        400L,
                                        600L,
                                        800L,
                                        86.2,
                                        4.25)))
                .tell(
                        "telephony-gateway",
                        80_000,
                        new CallFact.MediaStreamEnded("MZ1", "stopped", 79_800, 3_990, 2, 4_000))
                .tell(
                        "telephony-gateway",
                        80_000,
                        new CallFact.Ended(Outcome.COMPLETED, EndReason.CALLER_HUNG_UP, 80_000));
    }

    /** A call whose model could not be reached; two services tell of its end, and the first word counts. */
    public static CallStory failed(String assistantId) {
        return new CallStory(START)
                .tell("telephony-gateway", 0, received(assistantId))
                .tell("telephony-gateway", 0, new CallFact.Answered(CALL_SID))
                .tell("call-orchestrator", 60_000, new CallFact.Ended(Outcome.DROPPED, EndReason.UNKNOWN, 60_000))
                .tell(
                        "telephony-gateway",
                        5_000,
                        new CallFact.Ended(Outcome.COMPLETED, EndReason.MODEL_UNAVAILABLE, 5_000));
    }

    /** A call that goes on, with a model that no price list knows. */
    public static CallStory open(String assistantId) {
        return new CallStory(START)
                .tell("telephony-gateway", 0, received(assistantId))
                .tell(
                        "realtime-bridge",
                        1_000,
                        new CallFact.ModelUsage(
                                "openai", "gpt-nobody-knows", "resp_9", "completed", new Tokens(10, 0, 20, 0, 30, 40)));
    }

    public UUID callId() {
        return callId;
    }

    public List<CallEvent> events() {
        return List.copyOf(events);
    }

    public CallStory tell(String service, long afterMs, CallFact fact) {
        events.add(CallEvent.of(service, callId, start.plus(Duration.ofMillis(afterMs)), null, fact));
        return this;
    }

    private static CallFact.Received received(String assistantId) {
        return new CallFact.Received(
                Direction.INBOUND, CALL_SID, assistantId, 3, "es-ES", MaskedNumber.WITHHELD, MaskedNumber.WITHHELD);
    }

    private static CallFact.ModelUsage usage(String responseId, Tokens tokens) {
        return new CallFact.ModelUsage("openai", "gpt-realtime-2.1", responseId, "completed", tokens);
    }
}
