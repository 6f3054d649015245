package centralita.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallEvent;
import centralita.contracts.request.RequestEvent;
import centralita.contracts.transcript.TranscriptEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** To write the page anew: run this test with {@code -Dcontracts.write=true}. */
class AsyncApiDocumentTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theAsyncApiPageIsWhatTheSchemasSay() throws IOException {
        // Given
        var page = DOCS.resolve(Path.of("contracts", "asyncapi.yaml"));

        // When
        var rendered = AsyncApiDocument.render();
        if (Boolean.getBoolean("contracts.write")) {
            Files.writeString(page, rendered);
        }

        // Then
        assertThat(Files.readString(page)).isEqualTo(rendered);
    }

    @Test
    void theEventsPageTellsOfEveryKindAndEveryField() throws IOException {
        // Given
        var page = Files.readString(DOCS.resolve("events.md"));

        // When, then
        for (var types :
                List.of(CallEvent.TYPES.byType(), TranscriptEvent.TYPES.byType(), RequestEvent.TYPES.byType())) {
            types.forEach((type, kind) -> {
                var row = page.lines()
                        .filter(line -> line.startsWith("| `" + type + "`"))
                        .findFirst();
                assertThat(row).as("a row of " + type).isPresent();
                for (var component : kind.getRecordComponents()) {
                    assertThat(row.orElseThrow()).contains("`" + component.getName());
                }
            });
        }
    }
}
