package centralita.local.suite;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * A program that looks to the launcher like a service: ready after a moment, tells what it found in its environment. Its
 * argument is the module, with {@code !} behind it one that refuses to start.
 */
final class FakeService {
    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].endsWith("!")) {
            System.out.println("starting");
            System.err.println("REDIS_HOSTS must be an address that begins with redis://.");
            System.exit(78);
        }
        int port = Integer.parseInt(System.getenv("CENTRALITA_HTTP_PORT"));
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var environment = new StringBuilder();
            new TreeMap<>(System.getenv())
                    .forEach((name, value) ->
                            environment.append(name).append('=').append(value).append('\n'));
            var body = environment.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Module", arguments[0]);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** The programs of a suite of fakes. @param broken the one that refuses to start; null for none */
    static SuiteSettings.Program programs(@org.jspecify.annotations.Nullable Module broken) {
        return module -> List.of(
                "-cp",
                System.getProperty("java.class.path"),
                FakeService.class.getName(),
                module.folder() + (module == broken ? "!" : ""));
    }

    /** A suite of fakes on any free port, with neither of the stand-ins. */
    static SuiteSettings settings(Path state) {
        return SuiteSettings.ofTest(Path.of("."), state)
                .withProgram(programs(null))
                .withJvm(new JvmSettings(64, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")))
                .withEnvironment(Map.of(
                        "OPENAI_REALTIME_URL", "ws://127.0.0.1:9/v1/realtime",
                        "TWILIO_API_BASE_URL", "http://127.0.0.1:9"));
    }
}
