package centralita.contracts.event;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.Topics;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.transcript.TranscriptEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;

/**
 * Renders the topics that others may read as an AsyncAPI document, from the schemas and the samples.
 *
 * @see <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI 3.0.0</a>
 */
final class AsyncApiDocument {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> SHARED =
            List.of("call-quality", "cloud-event", "masked-number", "stream-quality", "tokens");

    private static final List<Topic> TOPICS = List.of(
            new Topic(
                    Topics.CALL_LIFECYCLE,
                    "Call lifecycle",
                    "What happens to calls. No personal data: parties are keyed hashes, and what was said is elsewhere."
                            + " Key: the callId. Kept for 30 days.",
                    CallEvent.TYPES.byType().keySet()),
            new Topic(
                    Topics.CALL_TRANSCRIPTS,
                    "Call transcripts",
                    "What was said and what calls brought along: personal data, with an access list of its own."
                            + " Key: the callId. Kept for 3 days at most.",
                    TranscriptEvent.TYPES.byType().keySet()),
            new Topic(
                    Topics.CALL_REQUESTS,
                    "Call requests",
                    "What is asked of the orchestrator: full numbers, with an access list of its own. Key: the callId."
                            + " Kept for 3 days at most.",
                    RequestEvent.TYPES.byType().keySet()));

    private AsyncApiDocument() {}

    private record Topic(String name, String title, String description, Set<String> types) {}

    static String render() {
        var root = NODES.objectNode();
        root.put("asyncapi", "3.0.0");
        root.putObject("info")
                .put("title", "Centralita: events")
                .put("version", "1")
                .put(
                        "description",
                        "CloudEvents 1.0 in structured JSON on Kafka. Delivery is at least once: apply an id once."
                                + " Events grow and never break: ignore fields, words and kinds that you do not know.");
        root.put("defaultContentType", "application/cloudevents+json");
        var channels = root.putObject("channels");
        var operations = root.putObject("operations");
        var messages = NODES.objectNode();
        for (var topic : TOPICS) {
            var channel = channels.putObject(topic.name());
            channel.put("address", topic.name()).put("title", topic.title()).put("description", topic.description());
            var names = channel.putObject("messages");
            for (var type : topic.types()) {
                names.putObject(type).put("$ref", "#/components/messages/" + type);
                messages.set(type, message(type));
            }
            operations
                    .putObject("read-" + topic.name())
                    .put("action", "receive")
                    .putObject("channel")
                    .put("$ref", "#/channels/" + topic.name());
        }
        var components = root.putObject("components");
        components.set("messages", messages);
        var schemas = components.putObject("schemas");
        SHARED.forEach(name -> schemas.set(name, embedded(Schemas.read(name))));
        return "# Rendered from the schemas of call-contracts; a test fails when this file differs. Do not edit.\n"
                + YamlWriter.write(root);
    }

    private static ObjectNode message(String type) {
        var schema = Schemas.read(type);
        var message = NODES.objectNode();
        message.put("name", type)
                .put("title", schema.path("title").asText())
                .put("summary", schema.path("description").asText())
                .put("contentType", "application/cloudevents+json");
        message.set("payload", embedded(schema));
        var example = Samples.ofKnownKinds().stream()
                .filter(sample -> sample.type().equals(type) && !sample.isNewer())
                .findFirst()
                .orElseThrow();
        message.putArray("examples")
                .addObject()
                .put("name", example.name())
                .set("payload", ContractsJson.read(example.json(), JsonNode.class));
        return message;
    }

    /** A schema as a part of the document: without its name, and with references into the document. */
    private static JsonNode embedded(JsonNode schema) {
        if (schema.isArray()) {
            var copy = NODES.arrayNode();
            schema.forEach(item -> copy.add(embedded(item)));
            return copy;
        }
        if (!schema.isObject()) {
            return schema;
        }
        var copy = NODES.objectNode();
        schema.properties().forEach(field -> {
            switch (field.getKey()) {
                case "$schema", "$id" -> {
                    // They name the file, which is not here.
                }
                case "$ref" ->
                    copy.set(
                            "$ref",
                            TextNode.valueOf(
                                    field.getValue().asText().replace(Schemas.NAMESPACE, "#/components/schemas/")));
                default -> copy.set(field.getKey(), embedded(field.getValue()));
            }
        });
        return copy;
    }
}
