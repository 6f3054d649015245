package centralita.bridge.tool;

import centralita.bridge.model.ModelOrder;
import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The functions of an assistant: what the model may call, checked and run. Whatever the model writes, it gets an answer
 * that it can understand (F-O8). Thread-safe.
 */
@Singleton
public final class ToolBox {
    private static final Logger LOG = Logger.getLogger(ToolBox.class);
    /** The kind of a tool that the bridge knows by its name. */
    private static final String BUILTIN = "builtin";

    private static final int MAX_ARGUMENTS_CHARACTERS = 16 * 1024;

    private final Map<String, CallTool> byName;
    private final Map<String, Schema> schemas = new HashMap<>();
    private final ToolConfig config;

    public ToolBox(@All List<CallTool> tools, ToolConfig config) {
        this.byName = tools.stream()
                .collect(Collectors.toUnmodifiableMap(tool -> tool.function().name(), tool -> tool));
        this.config = config;
        var factory = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        byName.forEach((name, tool) ->
                schemas.put(name, factory.getSchema(tool.function().parameters())));
    }

    /** @param outcome {@code ok}, {@code failed}, {@code refused} @param output JSON text for the model */
    public record Answer(String outcome, String output) {
        static Answer refused(String reason, String message) {
            return new Answer("refused", error(reason, message));
        }

        @Override
        public String toString() {
            return "Answer[" + outcome + "]";
        }
    }

    /** What the model is told of an assistant's functions; those that nobody here knows are left out. */
    public List<ModelOrder.Function> functions(AssistantProfile assistant) {
        var functions = new ArrayList<ModelOrder.Function>();
        for (var tool : assistant.tools()) {
            var known = tool.kind().equals(BUILTIN) ? byName.get(tool.name()) : null;
            if (known != null) {
                var own = known.function();
                var description = tool.description();
                functions.add(
                        description == null ? own : new ModelOrder.Function(own.name(), description, own.parameters()));
            }
        }
        return List.copyOf(functions);
    }

    /** Runs one call. Never fails: what goes wrong is an answer, too. @param arguments as the model wrote them */
    public Uni<Answer> run(AssistantProfile assistant, String name, String arguments) {
        var tool = functions(assistant).stream()
                        .anyMatch(function -> function.name().equals(name))
                ? byName.get(name)
                : null;
        if (tool == null) {
            return Uni.createFrom().item(Answer.refused("unknown_function", "There is no such function."));
        }
        var parsed = parse(arguments);
        if (parsed == null) {
            return Uni.createFrom().item(Answer.refused("invalid_json", "The arguments are not a JSON object."));
        }
        var schema = schemas.get(name);
        if (schema != null) {
            var errors = schema.validate(parsed);
            if (!errors.isEmpty()) {
                // The messages name the model's own words, and go to nobody but the model.
                var what = errors.stream().map(Object::toString).limit(5).collect(Collectors.joining("; "));
                return Uni.createFrom().item(Answer.refused("invalid_arguments", what));
            }
        }
        return Uni.createFrom()
                .deferred(() -> tool.run(parsed, assistant))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .map(output -> new Answer("ok", output.toString()))
                .onFailure()
                .recoverWithItem(failure -> failed(name, failure));
    }

    private static Answer failed(String name, Throwable failure) {
        if (failure instanceof ToolRefusal refusal) {
            return Answer.refused(refusal.reason(), String.valueOf(refusal.getMessage()));
        }
        LOG.warnf(
                "A function has failed. tool=%s why=%s",
                name, failure.getClass().getSimpleName());
        return new Answer("failed", error("failed", "The function does not work at the moment."));
    }

    private static @Nullable JsonNode parse(String arguments) {
        if (arguments.length() > MAX_ARGUMENTS_CHARACTERS) {
            return null;
        }
        try {
            var text = arguments.isBlank() ? "{}" : arguments;
            var tree = ContractsJson.mapper().readTree(text);
            return tree.isObject() ? tree : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String error(String reason, String message) {
        return ContractsJson.mapper()
                .createObjectNode()
                .put("error", reason)
                .put("message", message)
                .toString();
    }
}
