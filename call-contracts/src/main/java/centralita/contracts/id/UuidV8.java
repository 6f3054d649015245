package centralita.contracts.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Makes ids that follow from what they name, so that everybody who names the same thing makes the same id: the first 128
 * bits of SHA-256 over another id and a word.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#appendix-B.2">RFC 9562, a name-based UUID version 8</a>
 */
public final class UuidV8 {
    private UuidV8() {}

    /**
     * The id of one thing.
     *
     * @param of what the thing belongs to
     * @param name the thing's name within it
     */
    public static UUID named(UUID of, String name) {
        var digest = sha256();
        digest.update(ByteBuffer.allocate(16)
                .putLong(of.getMostSignificantBits())
                .putLong(of.getLeastSignificantBits())
                .flip());
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        var bits = ByteBuffer.wrap(digest.digest());
        var high = (bits.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000;
        var low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
