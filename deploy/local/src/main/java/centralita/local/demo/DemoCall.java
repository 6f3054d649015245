package centralita.local.demo;

import centralita.contracts.json.ContractsJson;
import centralita.local.calls.CallDesk;
import centralita.local.suite.Suite;
import centralita.simulators.caller.CallerReport;
import centralita.simulators.caller.CallerScript;
import centralita.simulators.caller.ScriptVerdict;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Has a simulated caller phone in, prints the conversation from its events, and reads the call back over REST. */
public final class DemoCall {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    /** Facts reach the databases by way of Kafka, a moment after the call. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(300);

    private final Suite suite;
    private final Consumer<String> out;

    private DemoCall(Suite suite, Consumer<String> out) {
        this.suite = suite;
        this.out = out;
    }

    /**
     * Blocks until the call is over and read back. What goes wrong with the call is said and is no exception: the suite
     * runs, and its user wants to look into it.
     *
     * @param script name of one that comes along
     * @return whether the caller heard what he had to hear, and the call could be read back
     */
    public static boolean run(Suite suite, String script, Consumer<String> out) {
        return new DemoCall(suite, out).run(CallerScript.named(script));
    }

    private boolean run(CallerScript script) {
        try (var feed = CallFeed.open(suite.kafkaBootstrapServers())) {
            var placed = CompletableFuture.supplyAsync(() -> place(script));
            boolean ended = feed.follow(LONGEST, out);
            var verdict = placed.join();
            verdict.callers().forEach(this::sayFailures);
            if (!ended) {
                out.accept("The call's end was not announced within " + LONGEST.toMinutes() + " minutes.");
            }
            return feed.callId().map(this::readBack).orElse(false) && verdict.passed() && ended;
        } catch (CompletionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            out.accept("The call could not be placed: " + cause.getMessage());
            return false;
        }
    }

    private ScriptVerdict place(CallerScript script) {
        try {
            return CallDesk.place(suite.standIns(), script, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private void sayFailures(CallerReport caller) {
        caller.steps().stream()
                .filter(step -> !step.passed())
                .forEach(step -> out.accept("   (!) the caller's script, line " + step.line() + ", \"" + step.text()
                        + "\": " + step.failure()));
        caller.call()
                .incidents()
                .forEach(incident ->
                        out.accept("   (!) the phone network: error " + incident.code() + ", " + incident.text()));
    }

    private boolean readBack(UUID callId) {
        out.accept("");
        out.accept("Read back over REST:");
        try (var client = HttpClient.newHttpClient()) {
            var call = await(
                    client,
                    "/calls/" + callId,
                    body -> body.path("call").path("state").asText().equals("ENDED"));
            var facts = await(
                    client,
                    "/analytics/calls/" + callId,
                    body -> body.hasNonNull("endedAt")
                            && !body.path("cost").path("totals").isEmpty());
            call.ifPresent(body -> ReadBack.call(body).forEach(out));
            facts.ifPresent(body -> ReadBack.facts(body).forEach(out));
            return call.isPresent() && facts.isPresent();
        }
    }

    /** Asks until the answer is complete; says so when it does not become so. */
    private Optional<JsonNode> await(HttpClient client, String path, Predicate<JsonNode> complete) {
        var until = Instant.now().plus(PATIENCE);
        String last = "no answer";
        while (Instant.now().isBefore(until)) {
            try {
                var response = client.send(
                        HttpRequest.newBuilder(URI.create(suite.ingressUrl() + path))
                                .header("Authorization", "Bearer " + suite.token("admin", "analyst"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                last = "HTTP " + response.statusCode();
                if (response.statusCode() == 200) {
                    var body = ContractsJson.mapper().readTree(response.body());
                    if (complete.test(body)) {
                        return Optional.of(body);
                    }
                    last = "not complete yet";
                }
            } catch (JsonProcessingException e) {
                last = "no JSON";
            } catch (IOException e) {
                last = "no answer";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        out.accept(
                "   (!) GET " + path + " was not answered as expected within " + PATIENCE.toSeconds() + " s: " + last);
        return Optional.empty();
    }
}
