package centralita.local.suite;

import centralita.contracts.json.ContractsJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What another command must know to talk to a running suite. Lies in the state folder as {@code run.json}, readable by
 * its owner only, for as long as the suite runs; after a kill it stays, and is known to be stale by its process.
 *
 * @param pid of the launcher
 * @param startMs when that process began, in ms since 1970: a pid alone may be somebody else's by now
 * @param publicBaseUrl what webhooks are signed for
 * @param ingressUrl where the suite really is on this machine
 * @param twilioAuthToken first token with which webhooks are signed
 * @param twilioApiUrl of the stand-in; null when Twilio or a replacement is used
 * @param modelUrl of the stand-in; null when OpenAI or a replacement is used
 * @param callDesk where scripted calls are ordered; null when nobody takes orders
 * @param callDeskTicket without which none is taken
 */
public record RunFile(
        long pid,
        long startMs,
        URI publicBaseUrl,
        URI ingressUrl,
        String twilioAuthToken,
        String twilioAccountSid,
        @Nullable URI twilioApiUrl,
        @Nullable URI modelUrl,
        String kafkaBootstrapServers,
        List<Service> services,
        @Nullable URI callDesk,
        @Nullable String callDeskTicket) {

    /** @param pid at the time of writing; a restarted service has another */
    public record Service(String name, long pid, int port) {}

    private static final String NAME = "run.json";

    static RunFile of(
            ProcessHandle launcher,
            URI publicBaseUrl,
            URI ingressUrl,
            Wiring wiring,
            Wiring.Addresses addresses,
            List<RunningService> services) {
        return new RunFile(
                launcher.pid(),
                startMs(launcher),
                publicBaseUrl,
                ingressUrl,
                wiring.signingToken(),
                wiring.twilioAccountSid(),
                addresses.twilioApi().orElse(null),
                addresses.realtimeModel().orElse(null),
                addresses.kafkaBootstrapServers(),
                services.stream()
                        .map(service -> new Service(service.name(), service.pid(), service.port()))
                        .toList(),
                null,
                null);
    }

    RunFile withCallDesk(URI url, String ticket) {
        return new RunFile(
                pid,
                startMs,
                publicBaseUrl,
                ingressUrl,
                twilioAuthToken,
                twilioAccountSid,
                twilioApiUrl,
                modelUrl,
                kafkaBootstrapServers,
                services,
                url,
                ticket);
    }

    /**
     * The running suite of this state folder.
     *
     * @throws LaunchException when none runs, also when one was killed and left its file
     */
    public static RunFile find(Path state) {
        return read(state)
                .filter(RunFile::isOfALivingProcess)
                .orElseThrow(() -> new LaunchException(
                        "No suite is running here: start one with ./centralita up and try again from another shell."));
    }

    void write(Path state) {
        try {
            Secrets.PrivateFile.write(state.resolve(NAME), ContractsJson.write(this));
        } catch (IOException e) {
            throw new LaunchException(
                    "The file " + state.resolve(NAME) + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    static void remove(Path state) {
        try {
            Files.deleteIfExists(state.resolve(NAME));
        } catch (IOException e) {
            throw new LaunchException(
                    "The file " + state.resolve(NAME) + " cannot be removed: " + e.getMessage() + ".", e);
        }
    }

    private static Optional<RunFile> read(Path state) {
        var file = state.resolve(NAME);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ContractsJson.read(Files.readAllBytes(file), RunFile.class));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // of another version, or cut short: nothing to talk to
        }
    }

    private boolean isOfALivingProcess() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(startMs(process) - startMs) < 2000)
                .isPresent();
    }

    private static long startMs(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "RunFile[pid=" + pid + ", ingressUrl=" + ingressUrl + "]";
    }
}
