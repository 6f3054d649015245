package centralita.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code centralita} in a repository of fakes, on a machine whose JDKs are fakes, too. */
class ScriptTest {
    private static final String TOOLS = "/usr/bin:/bin";

    @TempDir
    Path machine;

    private Path repository;
    private Path jvms;
    private Path home;
    private final Map<String, String> environment = new HashMap<>();

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void aRepository() throws IOException {
        machine = machine.toRealPath();
        repository = Files.createDirectories(machine.resolve("a repository"));
        jvms = Files.createDirectories(machine.resolve("jvms"));
        home = Files.createDirectories(machine.resolve("home"));
        Files.copy(Path.of(System.getProperty("repository.root"), "centralita"), repository.resolve("centralita"));
        executable(repository.resolve("centralita"), Files.readString(repository.resolve("centralita")));
        Files.createDirectories(machine.resolve("path"));
        environment.put("PATH", machine.resolve("path") + ":" + withoutJava());
        environment.put("HOME", home.toString());
        environment.put("CENTRALITA_JDK_FOLDERS", jvms.toString());
    }

    @Test
    void javaHomeComesFirst() throws Exception {
        var chosen = jdk(machine.resolve("mine"), "25.0.3");
        jdk(jvms.resolve("temurin-25"), "25");
        environment.put("JAVA_HOME", chosen.toString());
        assertThat(run("jdk")).isEqualTo(new Result(0, chosen + "\n", ""));
    }

    @Test
    void aJavaHomeOfAnotherVersionIsPassedOver() throws Exception {
        environment.put("JAVA_HOME", jdk(machine.resolve("old"), "17.0.12").toString());
        jdk(jvms.resolve("java-17"), "17.0.12");
        jdk(jvms.resolve("java-250"), "250");
        var wanted = jdk(jvms.resolve("temurin-25-jdk-amd64"), "25.0.3");
        assertThat(run("jdk")).isEqualTo(new Result(0, wanted + "\n", ""));
    }

    @Test
    void theJavaOnThePathIsFollowedToItsJdk() throws Exception {
        var wanted = jdk(machine.resolve("elsewhere/jdk"), "25+36");
        Files.createSymbolicLink(machine.resolve("path/java"), wanted.resolve("bin/java"));
        assertThat(run("jdk")).isEqualTo(new Result(0, wanted + "\n", ""));
    }

    @Test
    void aRuntimeWithoutCompilerIsNoJdk() throws Exception {
        Files.delete(jdk(jvms.resolve("a-jre"), "25").resolve("bin/javac"));
        var wanted = jdk(home.resolve(".sdkman/candidates/java/25.0.1-tem"), "25.0.1");
        assertThat(run("jdk")).isEqualTo(new Result(0, wanted + "\n", ""));
    }

    @Test
    void macOsBundlesAreFound() throws Exception {
        var wanted = jdk(jvms.resolve("temurin-25.jdk/Contents/Home"), "25.0.3");
        assertThat(run("jdk")).isEqualTo(new Result(0, wanted + "\n", ""));
    }

    @Test
    void withoutAJdkThereIsOneSentence() throws Exception {
        jdk(jvms.resolve("java-21"), "21.0.4");
        assertThat(run("up"))
                .isEqualTo(new Result(
                        3,
                        "",
                        "Centralita needs a JDK 25 and found none: install one (for example from https://adoptium.net)"
                                + " or set JAVA_HOME to it.\n"));
    }

    @Test
    void itBuildsOnceAndAgainOnlyWhenASourceIsNewer() throws Exception {
        // Given
        jdk(jvms.resolve("jdk"), "25");
        maven("mkdir -p deploy/local/target; touch deploy/local/target/centralita.jar; echo \"$@\" >>mvn-arguments");
        var source = repository.resolve("realtime-bridge/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {}");

        // When
        var first = run("up", "--port", "1 2");
        var second = run("up");

        // Then
        assertThat(first.out()).contains("centralita.local.Centralita up --port 1 2");
        assertThat(first.err()).startsWith("Building for the first time").contains("Built in ");
        assertThat(second.err()).isEmpty();
        assertThat(Files.readAllLines(repository.resolve("mvn-arguments")))
                .containsExactly("-B -q -T 1C -Dquick -DskipTests package");

        // When
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

        // Then
        assertThat(run("up").err()).startsWith("Building what has changed");
        assertThat(Files.readAllLines(repository.resolve("mvn-arguments"))).hasSize(2);
    }

    @Test
    void aFailedBuildShowsItsErrorsAndIsNotTakenForDone() throws Exception {
        // Given
        jdk(jvms.resolve("jdk"), "25");
        maven("echo chatter; echo '[ERROR] A.java: no such symbol'; exit 1");

        // When
        var result = run("up");

        // Then
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("[ERROR] A.java: no such symbol", "The build failed")
                .doesNotContain("chatter");
        assertThat(run("up").code()).isEqualTo(4);
    }

    @Test
    void testsAreCountedAndTheirExitCodeIsKept() throws Exception {
        // Given
        jdk(jvms.resolve("jdk"), "25");
        maven("""
                echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 1 s -- in A'
                echo '[WARNING] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1'
                echo '[ERROR] Tests run: 40, Failures: 1, Errors: 2, Skipped: 0'
                exit 1
                """);

        // When
        var result = run("test");

        // Then
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().lines().toList().reversed().subList(0, 2))
                .satisfiesExactly(
                        last -> assertThat(last).matches("centralita test: FAILED in \\d+ s"),
                        counts -> assertThat(counts).isEqualTo("Tests run: 43, Failures: 1, Errors: 2, Skipped: 1"));
    }

    @Test
    void greenTestsExitWithZeroAndNoTestsAtAllDoNot() throws Exception {
        jdk(jvms.resolve("jdk"), "25");
        maven("echo '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0'");
        var green = run("test");
        assertThat(green.code()).isZero();
        assertThat(green.out()).contains("\nTests run: 2, Failures: 0, Errors: 0, Skipped: 0\ncentralita test: passed");

        maven("echo nothing to do");
        assertThat(run("test").code()).isEqualTo(1);
    }

    @Test
    void itWorksThroughALinkAndFromAnotherFolder() throws Exception {
        jdk(jvms.resolve("jdk"), "25");
        maven("mkdir -p deploy/local/target; touch deploy/local/target/centralita.jar");
        var link = Files.createSymbolicLink(machine.resolve("link"), repository.resolve("centralita"));
        assertThat(run(link, machine, "call").out()).contains("-Dcentralita.home=" + repository + " -cp " + repository);
    }

    private Result run(String... arguments) throws Exception {
        return run(repository.resolve("centralita"), repository, arguments);
    }

    private Result run(Path script, Path folder, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(machine.resolve("out").toFile())
                .redirectError(machine.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(machine.resolve("out")),
                Files.readString(machine.resolve("err")));
    }

    /** A JDK that says how it was called. */
    private static Path jdk(Path folder, String version) throws IOException {
        executable(folder.resolve("bin/java"), "#!/bin/sh\necho \"$@\"\n");
        executable(folder.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"Fake\"\nJAVA_VERSION=\"" + version + "\"\n");
        return folder;
    }

    private void maven(String body) throws IOException {
        executable(repository.resolve("mvnw"), "#!/bin/sh\n" + body + "\n");
    }

    private static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The system's tools, without the system's java: links to those that the script uses. */
    private String withoutJava() throws IOException {
        var tools = Files.createDirectories(machine.resolve("tools"));
        for (var tool : List.of(
                "sh",
                "awk",
                "cat",
                "date",
                "dirname",
                "echo",
                "find",
                "grep",
                "head",
                "mkdir",
                "mv",
                "readlink",
                "rm",
                "tail",
                "tee",
                "touch")) {
            for (var folder : TOOLS.split(":", -1)) {
                var original = Path.of(folder, tool);
                if (Files.exists(original) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), original);
                }
            }
        }
        return tools.toString();
    }
}
