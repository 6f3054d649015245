package centralita.edge.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceStartTest {
    private static final ServiceVariables VARIABLES = ServiceVariables.of(
            "some-service",
            SharedVariables.REDIS_HOSTS,
            SharedVariables.KAFKA_BOOTSTRAP_SERVERS,
            SharedVariables.DATABASE_URL,
            SharedVariables.LINK_SECRET);
    private static final Map<String, String> GOOD = Map.of(
            "CENTRALITA_JWT_PUBLIC_KEY_LOCATION", "/etc/key.pem",
            "REDIS_HOSTS", "redis://127.0.0.1:6379",
            "KAFKA_BOOTSTRAP_SERVERS", "a:9092,b:9092",
            "CENTRALITA_DATABASE_URL", "postgresql://db:5432/orchestrator",
            "CENTRALITA_LINK_SECRET", "0123456789abcdef");

    @Test
    void aCompleteEnvironmentStarts() {
        assertThat(complaintWith(GOOD)).isEmpty();
    }

    /** TH-6. */
    @Test
    void whileTheLinkSecretIsRotatedThereAreTwo() {
        var environment = new HashMap<>(GOOD);
        environment.put("CENTRALITA_LINK_SECRET", "0123456789abcdef,fedcba9876543210");

        assertThat(complaintWith(environment)).isEmpty();
    }

    /** F-P10. */
    @ParameterizedTest
    @CsvSource({
        "REDIS_HOSTS,, is not set",
        "REDIS_HOSTS,'  ', is not set",
        "REDIS_HOSTS,localhost:6379, is malformed",
        "KAFKA_BOOTSTRAP_SERVERS,kafka, is malformed",
        "KAFKA_BOOTSTRAP_SERVERS,'a:9092,', is malformed",
        "CENTRALITA_DATABASE_URL,jdbc:postgresql://db/x, is malformed",
        "CENTRALITA_LINK_SECRET,tooshort, is malformed",
        "CENTRALITA_LINK_SECRET,'0123456789abcdef,tooshort', is malformed",
        "CENTRALITA_LINK_SECRET,'0123456789abcdef,', is malformed",
        "CENTRALITA_JWT_PUBLIC_KEY_LOCATION,, is not set",
        "CENTRALITA_HTTP_PORT,eighty, is malformed",
        "CENTRALITA_HTTP_PORT,70000, is malformed",
        "OTEL_EXPORTER_OTLP_ENDPOINT,collector, is malformed"
    })
    void whatIsMissingOrMalformedIsNamedInOneSentenceWithoutItsValue(String name, String value, String what) {
        var environment = new HashMap<>(GOOD);
        environment.put(name, value);

        var complaint = complaintWith(environment);

        assertThat(complaint)
                .startsWith("some-service cannot start: " + name + " " + what.strip() + ": it must be ")
                .contains("for example ")
                .endsWith("." + System.lineSeparator());
        assertThat(complaint.lines()).hasSize(1);
        if (value != null && !value.isBlank()) {
            assertThat(complaint.replace("for example redis://127.0.0.1:6379", ""))
                    .doesNotContain(" " + value);
        }
    }

    @Test
    void valuesMayComeFromAFileBesideTheProgram(@TempDir Path folder) throws IOException {
        var file = folder.resolve(".env");
        Files.writeString(file, "# a comment\nREDIS_HOSTS=redis://cache:6379\n");

        assertThat(ServiceStart.readDotEnv(file)).isEqualTo(Map.of("REDIS_HOSTS", "redis://cache:6379"));
        assertThat(ServiceStart.readDotEnv(folder.resolve("absent"))).isEmpty();
    }

    private static String complaintWith(Map<String, String> environment) {
        var text = new ByteArrayOutputStream();
        var mayStart =
                ServiceStart.mayStart(VARIABLES, environment::get, new PrintStream(text, true, StandardCharsets.UTF_8));
        assertThat(mayStart).isEqualTo(text.size() == 0);
        return text.toString(StandardCharsets.UTF_8);
    }
}
