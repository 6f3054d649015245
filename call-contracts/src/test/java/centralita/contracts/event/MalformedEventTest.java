package centralita.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.transcript.TranscriptEvent;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F-K2: what a consumer must refuse, and what it must not. */
class MalformedEventTest {
    private static final String ENDED = """
            {"specversion":"1.0","id":"01930000-0000-7000-9000-000000000001","source":"/telephony-gateway",\
            "type":"centralita.call.ended.v1","subject":"01930000-0000-7000-8000-00000000000a",\
            "time":"2026-11-22T10:00:00Z","datacontenttype":"application/json",\
            "data":{"outcome":"COMPLETED","reason":"CALLER_HUNG_UP","talkTimeMs":1}}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"specversion\":\"1.0\"|\"specversion\":\"0.3\"|specversion is not 1.0",
                "\"specversion\":\"1.0\",|\"\"|",
                "\"type\":\"centralita.call.ended.v1\",|\"\"|the envelope lacks id, source, type, subject, time or data",
                "\"subject\":\"01930000-0000-7000-8000-00000000000a\",|\"\"|the envelope lacks id, source, type, subject, time or data",
                "\"outcome\":\"COMPLETED\",|\"\"|data.outcome is missing",
                "\"outcome\":\"COMPLETED\"|\"outcome\":null|data.outcome is missing",
                "\"talkTimeMs\":1|\"talkTimeMs\":null|data.talkTimeMs is missing",
                "\"talkTimeMs\":1|\"talkTimeMs\":\"+34600111267x\"|a field of centralita.call.ended.v1 is of the wrong kind",
            })
    void anEventWithoutWhatItsKindWasBornWithIsMalformed(String part, String instead, String message) {
        // Given
        var json = ENDED.replace(part, instead.equals("\"\"") ? "" : instead);
        assertThat(json).isNotEqualTo(ENDED);

        // When, then
        assertThatThrownBy(() -> ContractsJson.read(json, CallEvent.class))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage(message == null ? "specversion is not 1.0" : message)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "not json", "{\"a\":", "\u0000\u0001", "{} {}", "42"})
    void whatIsNoEventIsRefused(String json) {
        // When, then
        assertThatThrownBy(() -> ContractsJson.read(json, CallEvent.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause();
    }

    @Test
    void aNestedRecordThatIsNotCompleteIsMalformed() {
        // Given
        var json = ENDED.replace("centralita.call.ended.v1", "centralita.call.model-usage.v1")
                .replaceAll("\"data\":.*", """
                        "data":{"provider":"openai","model":"m","responseId":"r","status":"completed",\
                        "tokens":{"textIn":1}}}""");

        // When, then
        assertThatThrownBy(() -> ContractsJson.read(json, CallEvent.class))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage("data.tokens.textCached is missing");
    }

    @Test
    void aWordThatWeDoNotKnowBecomesUnknown() {
        // Given
        var json = ENDED.replace("COMPLETED", "ABDUCTED").replace("CALLER_HUNG_UP", "LOST_INTEREST");

        // When
        var event = ContractsJson.read(json, CallEvent.class);

        // Then
        assertThat(event.data()).isEqualTo(new CallFact.Ended(Outcome.UNKNOWN, EndReason.UNKNOWN, 1));
    }

    @Test
    void noMessageRepeatsWhatWasSaid() {
        // Given: text where an id belongs
        var json = ENDED.replace("01930000-0000-7000-8000-00000000000a", "I am Ana, call me at +34600111267");

        // When, then
        assertThatThrownBy(() -> ContractsJson.read(json, TranscriptEvent.class))
                .hasMessage("cannot read JSON as TranscriptEvent: InvalidFormatException at subject")
                .hasNoCause();
    }

    @Test
    void anUnknownFactIsWrittenAsItCame() throws Exception {
        // Given
        var json = ENDED.replace("centralita.call.ended.v1", "centralita.call.levitated.v7");

        // When
        var written = ContractsJson.write(ContractsJson.read(json, CallEvent.class));

        // Then
        var mapper = ContractsJson.mapper();
        assertThat(mapper.readTree(written).path("type").asText()).isEqualTo("centralita.call.levitated.v7");
        assertThat(mapper.readTree(written).path("data"))
                .isEqualTo(mapper.readTree(json).path("data"));
    }

    @Test
    void theKindStandsBeforeTheData() {
        // Given
        var event = CallEvent.of(
                "telephony-gateway",
                UUID.fromString("01930000-0000-7000-8000-00000000000a"),
                Instant.parse("2026-11-22T10:00:00Z"),
                null,
                new CallFact.Ringing("CA000000000000000000000000000000a1"));

        // When
        var json = ContractsJson.write(event);

        // Then
        assertThat(json)
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"" + event.id() + "\",\"source\":\"/telephony-gateway\","
                        + "\"type\":\"centralita.call.ringing.v1\","
                        + "\"subject\":\"01930000-0000-7000-8000-00000000000a\",\"time\":\"2026-11-22T10:00:00Z\","
                        + "\"datacontenttype\":\"application/json\","
                        + "\"dataschema\":\"urn:centralita:schema:centralita.call.ringing.v1\","
                        + "\"data\":{\"callSid\":\"CA000000000000000000000000000000a1\"}}");
    }

    @Test
    void anEnvelopeThatNamesAnotherKindThanItHoldsIsNoEvent() {
        // Given
        var ringing = CallEvent.of(
                "telephony-gateway",
                UUID.fromString("01930000-0000-7000-8000-00000000000a"),
                Instant.parse("2026-11-22T10:00:00Z"),
                null,
                new CallFact.Ringing("CA000000000000000000000000000000a1"));
        CallFact ended = new CallFact.Ended(Outcome.COMPLETED, EndReason.CALLER_HUNG_UP, 1);

        // When, then
        assertThatThrownBy(() -> new CallEvent(ringing.envelope().with(ended)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an envelope of centralita.call.ringing.v1 holds a centralita.call.ended.v1");
    }

    @Test
    void noTextFormShowsWhatWasSaid() {
        // Given
        var json = ENDED.replace("centralita.call.ended.v1", "centralita.transcript.said.v1")
                .replaceAll("\"data\":.*", """
                        "data":{"party":"CALLER","itemId":"i1","turn":1,"text":"I am Ana","startMs":0,\
                        "interrupted":false}}""");

        // When
        var event = ContractsJson.read(json, TranscriptEvent.class);

        // Then
        assertThat(event.toString())
                .isEqualTo("TranscriptEvent[envelope=Envelope[type=centralita.transcript.said.v1,"
                        + " id=01930000-0000-7000-9000-000000000001,"
                        + " subject=01930000-0000-7000-8000-00000000000a]]");
    }
}
