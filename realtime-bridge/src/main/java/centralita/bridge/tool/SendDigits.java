package centralita.bridge.tool;

import centralita.bridge.model.ModelOrder;
import centralita.bridge.tone.KeyTones;
import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * {@code send_digits}: presses keys on the other end's line, for menus of machines and doors that open on a digit. The
 * conversation plays them when it is answered; here they are only checked.
 */
@Singleton
public final class SendDigits implements CallTool {
    public static final String NAME = "send_digits";

    @Override
    public ModelOrder.Function function() {
        var schema = ContractsJson.read("""
                {"type":"object","properties":{"digits":{"type":"string","minLength":1,"maxLength":%d,
                "pattern":"^%s$","description":"Keys 0-9, *, #, A-D in order; w waits half a second."}},
                "required":["digits"],"additionalProperties":false}""".formatted(KeyTones.MOST_KEYS, KeyTones.FORM), JsonNode.class);
        return new ModelOrder.Function(
                NAME,
                "Presses keys of the telephone: the other end hears their tones. Only for menus and extensions that ask for"
                        + " keys. Say nothing while they sound.",
                schema);
    }

    @Override
    public Uni<JsonNode> run(JsonNode arguments, AssistantProfile assistant) {
        return Uni.createFrom().item(ContractsJson.mapper().createObjectNode().put("status", "sent"));
    }

    /** @param arguments of a call that {@link ToolBox} has let through */
    public static String digits(String arguments) {
        return ContractsJson.read(arguments, JsonNode.class).path("digits").asText();
    }
}
