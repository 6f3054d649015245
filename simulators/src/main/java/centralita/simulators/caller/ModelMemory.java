package centralita.simulators.caller;

import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the model stand-in what a call's model sessions remember. Blocks; not for an event loop. */
final class ModelMemory {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * @param type {@code message}, {@code function_call}, …
     * @param truncatedAtMs null when it was not truncated
     */
    record Item(
            String type,
            String role,
            String name,
            int audioMs,
            @Nullable Integer truncatedAtMs) {}

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final URI admin;

    /** @param admin of the stand-in, without trailing slash */
    ModelMemory(URI admin) {
        this.admin = admin;
    }

    /**
     * @return items of all sessions of the call, in the order of the conversation, without deleted ones
     * @throws IOException when the stand-in does not answer, or knows no such session
     */
    List<Item> items(String callId) throws IOException, InterruptedException {
        var query = "?clientRequestId=" + URLEncoder.encode(callId, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create(admin + "/stand-in/sessions" + query))
                .timeout(LIMIT)
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("the model stand-in answered " + answer.statusCode());
        }
        var body = ContractsJson.mapper().readTree(answer.body());
        var sessions = body.isArray() ? body : body.path("sessions");
        if (sessions.isEmpty()) {
            throw new IOException("the model stand-in knows no session of this call");
        }
        var items = new ArrayList<Item>();
        for (var session : sessions) {
            for (var item : session.path("items")) {
                if (!item.path("deleted").asBoolean()) {
                    items.add(item(item));
                }
            }
        }
        return items;
    }

    private static Item item(JsonNode item) {
        var truncated = item.path("truncatedAtMs");
        return new Item(
                item.path("type").asText(),
                item.path("role").asText(),
                item.path("name").asText(),
                item.path("audioMs").asInt(),
                truncated.isNumber() ? truncated.asInt() : null);
    }
}
