package centralita.local.calls;

import centralita.contracts.json.ContractsJson;
import centralita.local.suite.LaunchException;
import centralita.local.suite.RunFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the running suite, from another process, to place scripted calls. */
public final class CallOrder {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private CallOrder() {}

    /**
     * Blocks until the calls are over.
     *
     * @param script absolute path of a script, or the name of one that comes along
     * @return 0 only when every caller heard what he had to hear
     * @throws LaunchException when the suite does not answer
     */
    public static int carryOut(RunFile suite, String script, int callers, PrintWriter out) throws InterruptedException {
        var desk = suite.callDesk();
        if (desk == null) {
            throw new LaunchException("This suite takes its calls from outside: there is no stand-in to call through.");
        }
        var request = HttpRequest.newBuilder(desk)
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + suite.callDeskTicket())
                .POST(HttpRequest.BodyPublishers.ofString(ContractsJson.write(new CallDesk.Order(script, callers))))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            var answer = ContractsJson.read(response.body(), CallDesk.Answer.class);
            out.println(answer.report().strip());
            out.flush();
            return answer.exitCode();
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException("The suite did not answer (" + e.getMessage() + "): is it still running?", e);
        }
    }
}
