package centralita.local.suite;

import java.nio.file.Files;
import java.nio.file.Path;
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
 * @param environment variables from outside, as {@code docs/configuration.md} lists them
 * @param program what to run for a module
 */
public record SuiteSettings(
        Path repository,
        Path state,
        boolean keepData,
        boolean fresh,
        int port,
        int bridges,
        Map<String, String> environment,
        JvmSettings jvm,
        Program program) {

    /** What to run for a module. */
    @FunctionalInterface
    public interface Program {
        /**
         * @return the arguments of {@code java} after its options, such as {@code -jar x.jar}
         * @throws LaunchException when it is not there
         */
        List<String> arguments(Module module);
    }

    public static final int DEFAULT_PORT = 8080;

    public SuiteSettings {
        environment = Map.copyOf(environment);
    }

    /** What {@code ./centralita up} starts: data kept in the repository's {@code .centralita}. */
    public static SuiteSettings of(Path repository, Map<String, String> environment) {
        return new SuiteSettings(
                repository,
                repository.resolve(".centralita"),
                true,
                false,
                DEFAULT_PORT,
                2,
                environment,
                JvmSettings.quickStart(),
                module -> builtProgram(repository, module));
    }

    /**
     * A suite that leaves nothing: any free port, stand-ins only, data thrown away.
     *
     * @param state an empty folder, for logs and secrets
     */
    public static SuiteSettings ofTest(Path repository, Path state) {
        return of(repository, Map.of()).withState(state, false).withPort(0);
    }

    public SuiteSettings withState(Path newState, boolean keep) {
        return new SuiteSettings(repository, newState, keep, fresh, port, bridges, environment, jvm, program);
    }

    public SuiteSettings withPort(int newPort) {
        return new SuiteSettings(repository, state, keepData, fresh, newPort, bridges, environment, jvm, program);
    }

    public SuiteSettings withFresh(boolean newFresh) {
        return new SuiteSettings(repository, state, keepData, newFresh, port, bridges, environment, jvm, program);
    }

    public SuiteSettings withBridges(int newBridges) {
        return new SuiteSettings(repository, state, keepData, fresh, port, newBridges, environment, jvm, program);
    }

    public SuiteSettings withEnvironment(Map<String, String> newEnvironment) {
        return new SuiteSettings(repository, state, keepData, fresh, port, bridges, newEnvironment, jvm, program);
    }

    public SuiteSettings withJvm(JvmSettings newJvm) {
        return new SuiteSettings(repository, state, keepData, fresh, port, bridges, environment, newJvm, program);
    }

    public SuiteSettings withProgram(Program newProgram) {
        return new SuiteSettings(repository, state, keepData, fresh, port, bridges, environment, jvm, newProgram);
    }

    private static List<String> builtProgram(Path repository, Module module) {
        var jar = repository.resolve(module.folder()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new LaunchException("The " + module.folder() + " is not built (" + jar
                    + " is missing): run ./mvnw -Dquick -DskipTests package.");
        }
        return List.of("-jar", jar.toString());
    }
}
