package centralita.orchestrator.assistant.rules;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssistantRulesTest {
    private static final String GOOD = """
            {"name": "Front desk", "language": "en-US", "instructions": "Be kind.", "greeting": "Say hello.",
             "disclosure": {"text": "You talk to an AI.", "voice": "Polly.Joanna"},
             "model": {"name": "gpt-realtime-2.1", "voice": "cedar", "speed": 1.0, "keywords": ["Centralita"],
                       "turnDetection": {"type": "server_vad", "threshold": 0.5, "prefixPaddingMs": 300,
                                         "silenceDurationMs": 500}},
             "tools": [{"kind": "builtin", "name": "end_call"}],
             "limits": {"maxDurationSeconds": 900, "silencePromptSeconds": 10, "silencePrompts": 2,
                        "toolCallsPerTurn": 5, "toolCallsPerCall": 50}}""";

    @Test
    void aCompleteAssistantIsRight() {
        assertThat(AssistantRules.check(read(GOOD))).isEmpty();
    }

    @Test
    void theSmallestAssistantIsRightAndGetsDefaults() {
        var draft = read(
                "{\"name\": \"a\", \"language\": \"es\", \"instructions\": \"b\", \"model\": {\"voice\": \"marin\"}}");

        assertThat(AssistantRules.check(draft)).isEmpty();
        var profile = draft.toProfile("a", 1);
        assertThat(profile.limits()).isEqualTo(AssistantDraft.DEFAULT_LIMITS);
        assertThat(profile.model().turnDetection()).isEqualTo(AssistantDraft.DEFAULT_TURN_DETECTION);
        assertThat(profile.tools()).isEmpty();
        assertThat(profile.model().keywords()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/name; null; MISSING",
                "/name; \"  \"; MISSING",
                "/language; null; MISSING",
                "/language; \"english\"; INVALID",
                "/language; \"en_US\"; INVALID",
                "/language; \"EN-us\"; INVALID",
                "/instructions; \"\"; MISSING",
                "/instructions; \"a\\u0000b\"; CONTROL_CHARACTER",
                "/greeting; \" \"; LENGTH",
                "/disclosure/text; null; MISSING",
                "/model; null; MISSING",
                "/model/voice; null; MISSING",
                "/model/voice; \"hal\"; UNKNOWN",
                "/model/speed; 0.2; OUT_OF_RANGE",
                "/model/speed; 1.6; OUT_OF_RANGE",
                "/model/keywords/0; null; MISSING",
                "/model/turnDetection/type; \"none\"; UNKNOWN",
                "/model/turnDetection/type; null; MISSING",
                "/model/turnDetection/threshold; 1.1; OUT_OF_RANGE",
                "/model/turnDetection/threshold; -0.1; OUT_OF_RANGE",
                "/model/turnDetection/prefixPaddingMs; -1; OUT_OF_RANGE",
                "/model/turnDetection/silenceDurationMs; 50; OUT_OF_RANGE",
                "/model/turnDetection/eagerness; \"low\"; NOT_HERE",
                "/tools/0/kind; \"http\"; UNKNOWN",
                "/tools/0/name; \"format_disk\"; UNKNOWN",
                "/tools/0/parameters; {}; NOT_HERE",
                "/limits/maxDurationSeconds; 3601; OUT_OF_RANGE",
                "/limits/maxDurationSeconds; 9; OUT_OF_RANGE",
                "/limits/silencePromptSeconds; 2; OUT_OF_RANGE",
                "/limits/silencePrompts; 11; OUT_OF_RANGE",
                "/limits/toolCallsPerTurn; -1; OUT_OF_RANGE",
                "/limits/toolCallsPerCall; 1001; OUT_OF_RANGE"
            })
    void whatIsWrongIsNamedByItsPointer(String pointer, String json, String code) throws IOException {
        var wrongs = AssistantRules.check(changed(pointer.strip(), json.strip()));

        assertThat(wrongs)
                .extracting(Wrong::pointer, Wrong::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(pointer.strip(), code.strip()));
    }

    @Test
    void whoRecordsTellsTheCallerFirst() throws IOException {
        // CR-14
        var recording = changed("/recording", "{\"ground\": \"announced\"}");
        assertThat(AssistantRules.check(recording)).isEmpty();
        assertThat(recording.toProfile("a", 1).announcesRecording()).isTrue();

        assertThat(AssistantRules.check(changed("/recording", "{\"ground\": \"silence\"}")))
                .containsExactly(new Wrong("/recording/ground", "UNKNOWN", "announced"));
        var untold = read(
                "{\"name\": \"a\", \"language\": \"es\", \"instructions\": \"b\", \"model\": {\"voice\": \"marin\"},"
                        + " \"recording\": {\"ground\": \"announced\"}}");
        assertThat(AssistantRules.check(untold))
                .containsExactly(new Wrong("/disclosure", "MISSING", "a line that tells the caller of the recording"));
    }

    @Test
    void aToolIsNamedOnce() throws IOException {
        var tools =
                "[{\"kind\": \"builtin\", \"name\": \"end_call\"}, {\"kind\": \"builtin\", \"name\": \"end_call\"}]";

        assertThat(AssistantRules.check(changed("/tools", tools)))
                .containsExactly(new Wrong("/tools/1/name", "REPEATED", "each tool once"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"front-desk", "a", "a1-b2-c3"})
    void wordsWithHyphensAreIds(String text) {
        assertThat(AssistantRules.isAssistantId(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "Front", "a--b", "a-", "a b", "a:b", "é"})
    void otherTextsAreNoIds(String text) {
        assertThat(AssistantRules.isAssistantId(text)).isFalse();
    }

    private static AssistantDraft changed(String pointer, String json) throws IOException {
        var mapper = ContractsJson.mapper();
        var tree = (ObjectNode) mapper.readTree(GOOD);
        var cut = pointer.lastIndexOf('/');
        var parent = tree.at(pointer.substring(0, cut));
        var name = pointer.substring(cut + 1);
        if (parent instanceof com.fasterxml.jackson.databind.node.ArrayNode list) {
            list.set(Integer.parseInt(name), mapper.readTree(json));
        } else {
            ((ObjectNode) parent).set(name, mapper.readTree(json));
        }
        return read(tree.toString());
    }

    private static AssistantDraft read(String json) {
        return ContractsJson.read(json, AssistantDraft.class);
    }
}
