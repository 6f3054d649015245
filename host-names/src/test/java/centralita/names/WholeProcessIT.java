package centralita.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolverProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** F-R8, by the JVM's own lookup. */
class WholeProcessIT {
    @Test
    void theJvmFindsTheProviderByItself() {
        assertThat(ServiceLoader.load(InetAddressResolverProvider.class).stream()
                        .map(ServiceLoader.Provider::type))
                .contains(KeptNamesProvider.class);
    }

    @Test
    void whatAProcessHasLookedUpItKnowsWhileNoResolverAnswers() throws Exception {
        // When
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asker.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        // Then
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly("192.0.2.7", "192.0.2.7", "1 kept", "other.example.test is not known");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Looks up one name twice, and another once. */
    static final class Asker {
        public static void main(String... args) throws Exception {
            System.out.println(InetAddress.getByName("api.example.test").getHostAddress());
            System.setProperty(ResolverOfTests.AWAY, "true");
            HostNames.ready("api.example.test").toCompletableFuture().get(10, TimeUnit.SECONDS);
            System.out.println(InetAddress.getByName("api.example.test").getHostAddress());
            System.out.println(HostNames.kept() + " kept");
            try {
                InetAddress.getByName("other.example.test");
            } catch (UnknownHostException e) {
                System.out.println("other.example.test is not known");
            }
        }
    }
}
