package centralita.endtoend;

import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The suite's REST API over its ingress, asked as an administrator. */
final class RestOfSuite {
    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningSuite running;

    RestOfSuite(RunningSuite running) {
        this.running = running;
    }

    /** @return the answer's JSON, or a missing node when it is no 200 */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(URI.create(running.suite().ingressUrl() + path))
                        .header("Authorization", "Bearer " + running.suite().token("admin"))
                        .build(),
                BodyHandlers.ofByteArray());
        return answer.statusCode() == 200
                ? ContractsJson.mapper().readTree(answer.body())
                : ContractsJson.mapper().missingNode();
    }
}
