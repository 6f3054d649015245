package centralita.local.calls;

import centralita.contracts.json.ContractsJson;
import centralita.local.suite.StandIns;
import centralita.simulators.caller.CallerScript;
import centralita.simulators.caller.ScriptVerdict;
import centralita.simulators.caller.ScriptedCaller;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes orders to place scripted calls, from another process of the same user. The calls are placed here and not there,
 * because the services know one Twilio stand-in only: this process's. An order blocks until its calls are over; several
 * may run at once.
 *
 * <p>On the loopback address, and only for who knows the ticket, which is in the run file.
 */
public final class CallDesk implements AutoCloseable {
    /**
     * @param script absolute path of a script, or the name of one that comes along
     * @param callers how many follow it at the same time
     */
    record Order(String script, int callers) {}

    /** @param report for a person */
    record Answer(int exitCode, String report) {}

    private static final int MAX_ORDER_BYTES = 16 * 1024;
    private static final int MAX_CALLERS = 1_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String ticket;
    private final StandIns standIns;

    private CallDesk(HttpServer server, String ticket, StandIns standIns) {
        this.server = server;
        this.ticket = ticket;
        this.standIns = standIns;
    }

    /** Opens on any free port. */
    public static CallDesk open(StandIns standIns) {
        var random = new byte[16];
        new SecureRandom().nextBytes(random);
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var desk = new CallDesk(server, HexFormat.of().formatHex(random), standIns);
            server.createContext("/calls", desk::take);
            server.setExecutor(desk.threads);
            server.start();
            return desk;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen for orders", e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/calls");
    }

    public String ticket() {
        return ticket;
    }

    /** Places calls and waits until they are over. */
    public static ScriptVerdict place(StandIns standIns, CallerScript script, int callers) throws InterruptedException {
        var twilio = standIns.twilio()
                .orElseThrow(() -> new IllegalStateException("calls come from Twilio, not from the stand-in"));
        var caller = ScriptedCaller.on(twilio);
        var asking = standIns.model()
                .map(model -> caller.askingModel(URI.create("http://127.0.0.1:" + model.port())))
                .orElse(caller);
        return asking.run(script, callers);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!MessageDigest.isEqual(
                    given.getBytes(StandardCharsets.UTF_8), ("Bearer " + ticket).getBytes(StandardCharsets.UTF_8))) {
                answer(exchange, 401, new Answer(1, "the ticket is wrong"));
                return;
            }
            var order = ContractsJson.read(exchange.getRequestBody().readNBytes(MAX_ORDER_BYTES), Order.class);
            answer(exchange, 200, carryOut(order));
        } catch (IllegalArgumentException e) {
            answer(exchange, 400, new Answer(2, String.valueOf(e.getMessage())));
        }
    }

    private Answer carryOut(Order order) {
        if (order.callers() < 1 || order.callers() > MAX_CALLERS) {
            return new Answer(2, "--calls must be from 1 to " + MAX_CALLERS);
        }
        try {
            var path = Path.of(order.script());
            var script = path.isAbsolute() ? CallerScript.read(path) : CallerScript.named(order.script());
            var verdict = place(standIns, script, order.callers());
            var report = new ByteArrayOutputStream();
            verdict.print(new PrintStream(report, true, StandardCharsets.UTF_8));
            return new Answer(verdict.exitCode(), report.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Answer(2, "the script " + order.script() + " cannot be read");
        } catch (IllegalArgumentException | IllegalStateException e) {
            return new Answer(2, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(1, "the suite is stopping");
        }
    }

    private static void answer(HttpExchange exchange, int status, Answer answer) throws IOException {
        var body = ContractsJson.write(answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
