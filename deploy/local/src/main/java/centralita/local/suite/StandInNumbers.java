package centralita.local.suite;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * The numbers that callers of the stand-in dial beside the one that everybody answers: each gets its assistant by the
 * same REST call that an operator would make. A number that is known already stays as it is.
 */
final class StandInNumbers {
    private static final Map<String, String> ASSISTANTS = Map.of("+34910000000", "customer-service-es");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private StandInNumbers() {}

    /**
     * @param ingress where the suite is, without trailing slash
     * @param token a bearer token of an admin
     * @throws LaunchException when the orchestrator does not take a number
     */
    static void assign(URI ingress, String token) {
        try (var client = HttpClient.newHttpClient()) {
            for (var number : ASSISTANTS.entrySet()) {
                var path =
                        URI.create(ingress + "/numbers/" + URLEncoder.encode(number.getKey(), StandardCharsets.UTF_8));
                var request = HttpRequest.newBuilder(path).timeout(PATIENCE).header("Authorization", "Bearer " + token);
                if (client.send(request.build(), BodyHandlers.discarding()).statusCode() == 200) {
                    continue;
                }
                var body = "{\"assistantId\":\"" + number.getValue() + "\"}";
                var put = request.header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                var status = client.send(put, BodyHandlers.discarding()).statusCode();
                if (status != 200) {
                    throw new LaunchException("The orchestrator did not take a number for the stand-in: HTTP " + status
                            + " for " + path.getPath() + ".");
                }
            }
        } catch (IOException e) {
            throw new LaunchException("The orchestrator could not be told the stand-in's numbers.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("The start was interrupted.", e);
        }
    }
}
