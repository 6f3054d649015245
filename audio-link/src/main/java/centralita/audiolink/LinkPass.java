package centralita.audiolink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway shows before the upgrade:
 *
 * <pre>expiry, Unix seconds (4) | nonce (16) | hash of the bridge's address (16) | MAC (32), base64url</pre>
 *
 * @param expiry Unix seconds
 * @param nonce 16 random bytes; of one connection only
 * @param audience see {@link #audience(String)}
 */
record LinkPass(long expiry, byte[] nonce, byte[] audience) {
    static final int NONCE_BYTES = 16;
    /** From making a pass to its expiry: longer than any bridge needs to accept a connection. */
    static final Duration LIFETIME = Duration.ofSeconds(60);
    /** How far the clocks of a gateway and a bridge may be apart. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    private static final int AUDIENCE_BYTES = 16;
    private static final int SIGNED_BYTES = Integer.BYTES + NONCE_BYTES + AUDIENCE_BYTES;

    /** A pass as it came, and the MAC under it; nothing is known of its truth yet. */
    record Shown(LinkPass pass, byte[] mac) {
        boolean isSignedBy(LinkSecret secret) {
            return MessageDigest.isEqual(secret.passes().mac(pass.signed()), mac);
        }
    }

    /** Of fixed length, and without a place for another address beside it. @param address as the pool tells it */
    static byte[] audience(String address) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, AUDIENCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    String signedBy(LinkSecret secret) {
        var bytes = ByteBuffer.allocate(SIGNED_BYTES + HmacKey.MAC_BYTES)
                .put(signed())
                .put(secret.passes().mac(signed()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Null when it is no pass by its form. */
    static @Nullable Shown read(String text) {
        // Before decoding: nobody has proved anything yet, and a header may be long.
        if (text.length() > 2 * (SIGNED_BYTES + HmacKey.MAC_BYTES)) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
        if (bytes.length != SIGNED_BYTES + HmacKey.MAC_BYTES) {
            return null;
        }
        var fields = ByteBuffer.wrap(bytes);
        var expiry = Integer.toUnsignedLong(fields.getInt());
        var nonce = new byte[NONCE_BYTES];
        var audience = new byte[AUDIENCE_BYTES];
        var mac = new byte[HmacKey.MAC_BYTES];
        fields.get(nonce).get(audience).get(mac);
        return new Shown(new LinkPass(expiry, nonce, audience), mac);
    }

    boolean isFor(String address) {
        return MessageDigest.isEqual(audience, audience(address));
    }

    private byte[] signed() {
        return ByteBuffer.allocate(SIGNED_BYTES)
                .putInt((int) expiry)
                .put(nonce)
                .put(audience)
                .array();
    }
}
