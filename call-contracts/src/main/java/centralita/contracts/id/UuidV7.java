package centralita.contracts.id;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Makes ids that order by time: 48 bits of Unix milliseconds, then 74 random bits.
 *
 * <p>Thread-safe. Two ids of one millisecond have no order between them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">RFC 9562, UUID version 7</a>
 */
public final class UuidV7 {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final UuidV7 SYSTEM = new UuidV7(Clock.systemUTC());

    private final Clock clock;

    public UuidV7(Clock clock) {
        this.clock = clock;
    }

    /** A new id of now, by the system's clock. */
    public static UUID next() {
        return SYSTEM.make();
    }

    /** A new id of this generator's clock. */
    public UUID make() {
        var high = (clock.millis() << 16) | 0x7000 | (RANDOM.nextInt() & 0x0FFF);
        var low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * Reads an id from outside.
     *
     * @param text 36 characters, as {@link UUID#toString()} writes them
     * @throws IllegalArgumentException when it is no UUID, is shortened, or is of another version
     */
    public static UUID parse(String text) {
        // UUID.fromString takes "1-1-1-1-1"; two spellings of one id would be two keys.
        if (text.length() != 36) {
            throw new IllegalArgumentException("an id has 36 characters");
        }
        var id = UUID.fromString(text);
        if (id.version() != 7) {
            throw new IllegalArgumentException("an id is a UUID of version 7");
        }
        return id;
    }

    /** When an id was made: Unix milliseconds, by the clock of who made it. @param id of version 7 */
    public static long timeMs(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
