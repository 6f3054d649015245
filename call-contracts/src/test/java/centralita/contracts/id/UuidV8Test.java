package centralita.contracts.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidV8Test {
    /** The example of RFC 9562, appendix B.2. */
    @Test
    void theExampleOfTheStandardComesOut() {
        // Given
        var namespace = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

        // When
        var id = UuidV8.named(namespace, "www.example.com");

        // Then
        assertThat(id).isEqualTo(UUID.fromString("5c146b14-3c52-8afd-938a-375d0df1fbf6"));
    }

    @Test
    void anotherOwnerOrAnotherNameIsAnotherId() {
        // Given
        var owner = UUID.fromString("01930000-0000-7000-8000-00000000000a");

        // When
        var id = UuidV8.named(owner, "ended");

        // Then
        assertThat(id).isEqualTo(UuidV8.named(owner, "ended"));
        assertThat(id).isNotEqualTo(UuidV8.named(owner, "Ended"));
        assertThat(id).isNotEqualTo(UuidV8.named(UUID.fromString("01930000-0000-7000-8000-00000000000b"), "ended"));
    }
}
