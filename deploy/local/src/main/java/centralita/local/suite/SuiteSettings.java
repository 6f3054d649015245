package centralita.local.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to start and where.
 *
 * @param repository folder of the sources; the services' programs lie in its modules' {@code target}
 * @param state folder for data, secrets, logs and the run file
 * @param keepData whether the next start finds the data of this one
 * @param fresh whether to throw away what an earlier start kept
 * @param port of the ingress; 0 for any free one
 * @param bridges how many realtime bridges
 * @param gateways how many telephony gateways
 * @param environment variables from outside, as {@code docs/configuration.md} lists them
 * @param program what to run for a module
 * @param detours a last word on what a service finds in its environment
 */
public record SuiteSettings(
        Path repository,
        Path state,
        boolean keepData,
        boolean fresh,
        int port,
        int bridges,
        int gateways,
        Map<String, String> environment,
        JvmSettings jvm,
        Program program,
        Detours detours) {

    /** What to run for a module. */
    @FunctionalInterface
    public interface Program {
        /**
         * @return the arguments of {@code java} after its options, such as {@code -jar x.jar}
         * @throws LaunchException when it is not there
         */
        List<String> arguments(Module module);
    }

    /** Changes what one service is told of its surroundings, as for a test that puts something in between. */
    @FunctionalInterface
    public interface Detours {
        /**
         * Asked each time that the service starts.
         *
         * @param name as {@code realtime-bridge-1}
         * @param port of its own HTTP server
         * @param environment what it would find
         * @return what it finds
         */
        Map<String, String> of(String name, Module module, int port, Map<String, String> environment);
    }

    public static final int DEFAULT_PORT = 8080;
    static final String STATE = ".centralita";

    public SuiteSettings {
        environment = Map.copyOf(environment);
    }

    /** What {@code ./centralita up} starts: data kept in the repository's {@code .centralita}. */
    public static SuiteSettings of(Path repository, Map<String, String> environment) {
        return new SuiteSettings(
                repository,
                repository.resolve(STATE),
                true,
                false,
                DEFAULT_PORT,
                2,
                1,
                environment,
                JvmSettings.quickStart(),
                module -> trainedProgram(repository, module),
                (_, _, _, variables) -> variables);
    }

    /**
     * A suite that leaves nothing: any free port, stand-ins only, data thrown away.
     *
     * @param state an empty folder, for logs and secrets
     */
    public static SuiteSettings ofTest(Path repository, Path state) {
        return of(repository, Map.of()).withState(state, false).withPort(0);
    }

    int processesOf(Module module) {
        return switch (module) {
            case REALTIME_BRIDGE -> bridges;
            case TELEPHONY_GATEWAY -> gateways;
            case CALL_ORCHESTRATOR, CAMPAIGN_SERVICE, ANALYTICS_SERVICE -> 1;
        };
    }

    public SuiteSettings withState(Path newState, boolean keep) {
        return new SuiteSettings(
                repository, newState, keep, fresh, port, bridges, gateways, environment, jvm, program, detours);
    }

    public SuiteSettings withPort(int newPort) {
        return new SuiteSettings(
                repository, state, keepData, fresh, newPort, bridges, gateways, environment, jvm, program, detours);
    }

    public SuiteSettings withFresh(boolean newFresh) {
        return new SuiteSettings(
                repository, state, keepData, newFresh, port, bridges, gateways, environment, jvm, program, detours);
    }

    public SuiteSettings withBridges(int newBridges) {
        return new SuiteSettings(
                repository, state, keepData, fresh, port, newBridges, gateways, environment, jvm, program, detours);
    }

    public SuiteSettings withEnvironment(Map<String, String> newEnvironment) {
        return new SuiteSettings(
                repository, state, keepData, fresh, port, bridges, gateways, newEnvironment, jvm, program, detours);
    }

    public SuiteSettings withJvm(JvmSettings newJvm) {
        return new SuiteSettings(
                repository, state, keepData, fresh, port, bridges, gateways, environment, newJvm, program, detours);
    }

    public SuiteSettings withProgram(Program newProgram) {
        return new SuiteSettings(
                repository, state, keepData, fresh, port, bridges, gateways, environment, jvm, newProgram, detours);
    }

    public SuiteSettings withGateways(int newGateways) {
        return new SuiteSettings(
                repository, state, keepData, fresh, port, bridges, newGateways, environment, jvm, program, detours);
    }

    public SuiteSettings withDetours(Detours newDetours) {
        return new SuiteSettings(
                repository, state, keepData, fresh, port, bridges, gateways, environment, jvm, program, newDetours);
    }

    private static List<String> trainedProgram(Path repository, Module module) {
        var arguments = new ArrayList<>(StartCache.of(repository).use(module, jar(repository, module)));
        arguments.addAll(program(repository, module));
        return arguments;
    }

    /** What was built. @throws LaunchException when nothing was */
    public static List<String> program(Path repository, Module module) {
        var jar = jar(repository, module);
        if (!Files.isRegularFile(jar)) {
            throw new LaunchException("The " + module.folder() + " is not built (" + jar
                    + " is missing): run ./mvnw -Dquick -DskipTests package.");
        }
        return List.of("-jar", jar.toString());
    }

    private static Path jar(Path repository, Module module) {
        return repository.resolve(module.folder()).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
