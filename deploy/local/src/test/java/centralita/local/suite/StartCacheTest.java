package centralita.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {
    private static final Instant BUILT = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path repository;

    private Path program;
    private StartCache cache;

    @BeforeEach
    void build() throws IOException {
        program = Files.createFile(repository.resolve("quarkus-run.jar"));
        Files.setLastModifiedTime(program, FileTime.from(BUILT));
        cache = StartCache.of(repository);
    }

    @Test
    void whatWasLearnedOfThisBuildIsUsed() throws IOException {
        // Given
        learned(BUILT.plusSeconds(60));

        // When, then
        assertThat(cache.use(Module.REALTIME_BRIDGE, program))
                .containsExactly("-XX:AOTCache=" + cache.file(Module.REALTIME_BRIDGE));
        assertThat(cache.use(Module.TELEPHONY_GATEWAY, program)).isEmpty();
    }

    @Test
    void whatWasLearnedOfAnEarlierBuildIsNotUsed() throws IOException {
        // Given
        learned(BUILT.minus(Duration.ofDays(1)));

        // When, then
        assertThat(cache.use(Module.REALTIME_BRIDGE, program)).isEmpty();
    }

    @Test
    void whoLearnsAnewForgetsWhatWasLearnedBefore() throws IOException {
        // Given
        learned(BUILT.plusSeconds(60));

        // When
        var options = cache.learn(Module.REALTIME_BRIDGE);

        // Then
        assertThat(options).isEqualTo(List.of("-XX:AOTCacheOutput=" + cache.file(Module.REALTIME_BRIDGE)));
        assertThat(cache.use(Module.REALTIME_BRIDGE, program)).isEmpty();
    }

    private void learned(Instant at) throws IOException {
        var file = cache.file(Module.REALTIME_BRIDGE);
        Files.createDirectories(file.getParent());
        Files.setLastModifiedTime(Files.createFile(file), FileTime.from(at));
    }
}
