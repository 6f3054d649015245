package centralita.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.MaskedNumber;
import centralita.contracts.transcript.TranscriptEvent;
import centralita.contracts.transcript.TranscriptFact;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversationLinesTest {
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final UUID CALL = UUID.fromString("01a20612-3ffe-763c-89eb-47cff9f49242");

    private final ConversationLines lines = new ConversationLines();

    @Test
    void anAnswerIsPrintedOnceAndAgainOnlyWhenItWasCutOff() {
        // Given
        var received = new CallFact.Received(
                Direction.INBOUND,
                "CA1",
                "customer-service-en",
                1,
                "en-US",
                MaskedNumber.WITHHELD,
                MaskedNumber.WITHHELD);
        assertThat(texts(lines.of(CallEvent.of("telephony-gateway", CALL, T0, null, received))))
                .containsExactly("   0.0  ☎  a call from an unknown number to an unknown number,"
                        + " answered by the assistant \"customer-service-en\" (en-US)");

        // When, then
        assertThat(texts(lines.of(said("We are open from nine to five.", 3000, false))))
                .containsExactly("   1.5  assistant  We are open from nine to five.");
        assertThat(lines.of(said("We are open from nine to five.", 3000, false)))
                .isEmpty();
        assertThat(texts(lines.of(said("We are open", 1000, true))))
                .containsExactly("   1.5     heard of that: We are open —");
        assertThat(lines.of(said("We are open", 1000, true))).isEmpty();
        assertThat(lines.ended()).isFalse();
    }

    @Test
    void whatWasSaidStandsWhereItBeganHoweverLateItIsKnown() {
        // Given
        var started = new CallFact.ConversationStarted("b1", 1, "openai", "m", "marin", "sess_1", 120, false);
        lines.of(CallEvent.of("realtime-bridge", CALL, T0, null, started));
        var caller = new TranscriptFact.Said("CALLER", "item0", 1, "What time is it?", 400, null, false);

        // When
        var late = lines.of(TranscriptEvent.of("realtime-bridge", CALL, T0.plusSeconds(9), null, caller));

        // Then
        assertThat(late)
                .containsExactly(new ConversationLines.Line(T0.plusMillis(400), "   0.4  caller     What time is it?"));
    }

    @Test
    void costIsReadFromItsTotalsAndLines() throws Exception {
        var body = ContractsJson.mapper().readTree("""
                {"callId":"c1","cost":{"totals":[{"amount":"0.0132","currency":"USD"}],
                 "lines":[{"kind":"MODEL","item":"gpt-realtime","amount":{"amount":"0.0132","currency":"USD"}}]}}""");
        assertThat(ReadBack.facts(body))
                .containsExactly("   GET /analytics/calls/c1 → cost 0.0132 USD", "   MODEL gpt-realtime: 0.0132 USD");
    }

    private static List<String> texts(List<ConversationLines.Line> found) {
        return found.stream().map(ConversationLines.Line::text).toList();
    }

    private static TranscriptEvent said(String text, long heardMs, boolean interrupted) {
        return TranscriptEvent.of(
                "realtime-bridge",
                CALL,
                T0.plusMillis(1500),
                null,
                new TranscriptFact.Said("ASSISTANT", "item1", 1, text, 0, heardMs, interrupted));
    }
}
