package centralita.local.chaos;

import centralita.local.suite.Module;
import centralita.local.suite.RunningService;
import centralita.local.suite.Suite;
import centralita.simulators.model.ModelStandIn;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** What faults are made with: the running suite and the ways in between. Used by one thread, which it may block. */
final class Arena {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(40);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Pattern LEFT = Pattern.compile("\"active\"\\s*:\\s*(\\d+)");

    private final Suite suite;
    private final List<ModelStandIn> models;
    private final Detours detours;
    private final Traffic traffic;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private long struckAtMs;
    private int struckCalls;
    private boolean struck;

    /** @param models the preferred provider's first */
    Arena(Suite suite, List<ModelStandIn> models, Detours detours, Traffic traffic) {
        this.suite = suite;
        this.models = List.copyOf(models);
        this.detours = detours;
        this.traffic = traffic;
    }

    /** Makes a fault happen and tells what it was like. */
    Strike carryOut(Fault fault) {
        struck = false;
        struckAtMs = nowMs();
        struckCalls = traffic.live();
        var note = fault.happen(this);
        return new Strike(fault.kind().word(), fault.detail(), struckCalls, struckAtMs, nowMs(), note);
    }

    /**
     * Now: callers begin to speak into it. Called by faults right before, or right after, they do their worst; of one that does
     * so several times the first counts.
     */
    void struck() {
        if (!struck) {
            struck = true;
            struckAtMs = nowMs();
            struckCalls = traffic.live();
        }
        traffic.struck();
    }

    Suite suite() {
        return suite;
    }

    /** The preferred provider's. */
    ModelStandIn model() {
        return models.getFirst();
    }

    List<ModelStandIn> models() {
        return models;
    }

    String bridge(int number) {
        return Module.REALTIME_BRIDGE.folder() + "-" + number;
    }

    String gateway(int number) {
        return Module.TELEPHONY_GATEWAY.folder() + "-" + number;
    }

    String orchestrator() {
        return Module.CALL_ORCHESTRATOR.folder();
    }

    Detour redis() {
        return detours.redis();
    }

    Detour postgres() {
        return detours.postgres();
    }

    Detour linkTo(String bridge) {
        return detours.linkTo(bridge);
    }

    void withoutKafka(Duration lasts) {
        suite.infrastructure().pauseKafka(() -> wait(lasts));
    }

    void freeze(String service) {
        signal("STOP", service);
    }

    void thaw(String service) {
        signal("CONT", service);
    }

    /** Java has no way to stop a process without ending it. */
    private void signal(String name, String service) {
        long pid = suite.service(service).pid();
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("cannot send " + name + " to " + service);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot send " + name + " to " + service, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** SIGTERM, the end, a new start. @return how long the end took */
    String stopAndRestart(String service) {
        struck();
        long began = nowMs();
        suite.stop(service);
        long took = nowMs() - began;
        suite.restart(service);
        return "ended after " + seconds(took);
    }

    /** Drains a bridge and waits until it is empty. @return how long that took */
    String drain(String bridge) {
        var service = suite.service(bridge);
        long began = nowMs();
        int before = -1;
        while (nowMs() - began < DRAIN_LIMIT.toMillis()) {
            var left = askToDrain(service);
            before = before < 0 ? left.orElse(before) : before;
            if (left.isPresent() && left.getAsInt() == 0) {
                return "empty of " + before + " calls after " + seconds(nowMs() - began);
            }
            wait(POLL);
        }
        return "NOT empty of " + before + " calls after " + seconds(nowMs() - began);
    }

    /** @return how many calls it has; empty when it does not answer in time, which it may if the machine is busy */
    private OptionalInt askToDrain(RunningService bridge) {
        var request = HttpRequest.newBuilder(bridge.url("/drain"))
                .header("Authorization", "Bearer " + suite.token("admin"))
                .timeout(Duration.ofSeconds(5))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            var left = LEFT.matcher(answer.body());
            if (answer.statusCode() != 200 || !left.find()) {
                throw new IllegalStateException("the drain was answered with " + answer.statusCode());
            }
            return OptionalInt.of(Integer.parseInt(left.group(1)));
        } catch (HttpTimeoutException e) {
            return OptionalInt.empty();
        } catch (IOException e) {
            throw new IllegalStateException("the bridge cannot be asked to drain", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What a Redis without persistence knows after a kill. Goes around the detour. */
    void emptyRedis() {
        var address = URI.create(suite.infrastructure().redisHosts());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(5));
            var out = socket.getOutputStream();
            out.write("FLUSHALL\r\nSCRIPT FLUSH\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            var answer = new String(socket.getInputStream().readNBytes(10), StandardCharsets.US_ASCII);
            if (!answer.equals("+OK\r\n+OK\r\n")) {
                throw new IllegalStateException("Redis would not be emptied");
            }
        } catch (IOException e) {
            throw new IllegalStateException("Redis cannot be emptied", e);
        }
    }

    void wait(Duration duration) {
        long until = nowMs() + duration.toMillis();
        for (long left = duration.toMillis(); left > 0; left = until - nowMs()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted");
            }
        }
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }

    static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}
