package centralita.bridge.tool;

import centralita.bridge.model.ModelOrder;
import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** {@code get_current_time}: models do not know what time it is. */
@Singleton
final class CurrentTime implements CallTool {
    private final Clock clock;
    private final ZoneId usualZone;

    CurrentTime(Clock clock, ToolConfig config) {
        this.clock = clock;
        this.usualZone = config.timezone();
    }

    @Override
    public ModelOrder.Function function() {
        var schema = ContractsJson.read("""
                {"type":"object","properties":{"timezone":{"type":"string","minLength":1,"maxLength":64,
                "description":"IANA name, as Europe/Madrid. Leave it out for the local time of the organisation."}},
                "additionalProperties":false}""", JsonNode.class);
        return new ModelOrder.Function(
                "get_current_time",
                "Tells the current date, weekday and time. Call it before you say any of them.",
                schema);
    }

    @Override
    public Uni<JsonNode> run(JsonNode arguments, AssistantProfile assistant) {
        var named = arguments.path("timezone").asText("");
        ZoneId zone;
        try {
            zone = named.isEmpty() ? usualZone : ZoneId.of(named);
        } catch (DateTimeException e) {
            return Uni.createFrom()
                    .failure(new ToolRefusal("unknown_timezone", "There is no such timezone. Use an IANA name."));
        }
        var now = ZonedDateTime.now(clock.withZone(zone));
        var answer = ContractsJson.mapper()
                .createObjectNode()
                .put("time", now.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME))
                .put("timezone", zone.getId())
                .put(
                        "weekday",
                        now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.forLanguageTag(assistant.language())));
        return Uni.createFrom().item(answer);
    }
}
