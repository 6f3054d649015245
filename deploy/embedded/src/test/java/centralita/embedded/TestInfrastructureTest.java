package centralita.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestInfrastructureTest {
    @Test
    void aTokenIsSignedByTheKeyThatTheApplicationUnderTestTrusts() throws Exception {
        // Given
        var key = System.getProperty("mp.jwt.verify.publickey").replaceAll("-----[A-Z ]+-----|\\s", "");
        var verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));

        // When
        var parts = TestTokens.of("admin", "analyst").split("\\.");

        // Then
        verifier.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8))
                .startsWith("{\"iss\":\"centralita\",\"aud\":\"centralita\",\"sub\":\"test\"")
                .contains("\"groups\":[\"admin\",\"analyst\"]");
    }

    @Test
    void tokensWorkInAnotherClassLoader() throws Exception {
        // Given
        var here = new URL[] {
            TestTokens.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (var other = new URLClassLoader(here, ClassLoader.getPlatformClassLoader())) {
            // When
            var tokens = other.loadClass(TestTokens.class.getName());
            var token = tokens.getMethod("of", String.class, String[].class).invoke(null, "agent", new String[0]);

            // Then
            assertThat(tokens).isNotSameAs(TestTokens.class);
            assertThat((String) token).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        }
    }

    @Test
    void whatAModuleNeedsIsAListOfNames() {
        assertThat(Part.parse("")).isEmpty();
        assertThat(Part.parse("redis")).isEqualTo(Set.of(Part.REDIS));
        assertThat(Part.parse("postgres, Redis,kafka")).isEqualTo(EnumSet.allOf(Part.class));
        assertThatThrownBy(() -> Part.parse("mysql"))
                .hasMessage("infrastructure.needed: \"mysql\" is none of postgres, redis, kafka");
    }

    @Test
    void anEngineThatAnswersIsFound() throws Exception {
        // Given
        try (var engine = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try (var connection = engine.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nOK".getBytes(US_ASCII));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });

            // When, then
            DockerEngine.require(Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + engine.getLocalPort()));
        }
    }

    @Test
    void aSocketThatNobodyServesIsNoEngine(@TempDir Path folder) throws Exception {
        var socket = Files.createFile(folder.resolve("docker.sock"));
        assertThatThrownBy(() -> DockerEngine.require(Map.of("DOCKER_HOST", "unix://" + socket)))
                .isInstanceOf(InfrastructureException.class)
                .hasMessage("-Dinfrastructure=containers needs a Docker engine, and none answers at " + socket
                        + "; without the option everything runs without Docker.");
    }
}
