package centralita.gateway.twilio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and reads the ticket in a media stream's path. It says by itself which call it is for, so any gateway can take
 * it with Redis away:
 *
 * <pre>callId (16) | expiry, Unix seconds (4) | nonce (16) | hash of the CallSid (16) | MAC (32), base64url</pre>
 *
 * The MAC's key comes from the auth token, so a rotation of the one is a rotation of the other. That it is used once is
 * the matter of who keeps nonces. Thread-safe.
 */
public final class StreamToken {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNED_BYTES = 16 + 4 + 16 + 16;
    private static final int MAC_BYTES = 32;
    private static final int MAX_CHARACTERS = 128;
    /** Whose clock is ahead of the issuer's reads a ticket late by so much (F-R9). Nonces are kept for longer than both lives. */
    private static final long SKEW_SECONDS = 60;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<SecretKeySpec> keys;
    private final Clock clock;
    private final Duration lifetime;

    /** @param authTokens the current one first; tickets of any are read, during a rotation */
    public StreamToken(List<String> authTokens, Clock clock, Duration lifetime) {
        this.keys = authTokens.stream()
                .map(token -> new SecretKeySpec(
                        mac(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM), "stream token"),
                        ALGORITHM))
                .toList();
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /**
     * A ticket that was read and is not out of date, as far as the clocks of two gateways can tell.
     *
     * @param nonce hexadecimal; to be used once
     */
    public record Ticket(UUID callId, String nonce, byte[] callSidHash) {
        /** Whether the ticket was made for this call of the provider. */
        public boolean isFor(String callSid) {
            return MessageDigest.isEqual(callSidHash, hash(callSid));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ticket that
                    && callId.equals(that.callId)
                    && nonce.equals(that.nonce)
                    && Arrays.equals(callSidHash, that.callSidHash);
        }

        @Override
        public int hashCode() {
            return nonce.hashCode();
        }
    }

    /** A new ticket. */
    public String issue(UUID callId, String callSid) {
        var nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        var text = ByteBuffer.allocate(SIGNED_BYTES + MAC_BYTES);
        text.putLong(callId.getMostSignificantBits()).putLong(callId.getLeastSignificantBits());
        text.putInt((int) clock.instant().plus(lifetime).getEpochSecond());
        text.put(nonce).put(hash(callSid));
        text.put(mac(keys.getFirst(), Arrays.copyOf(text.array(), SIGNED_BYTES)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.array());
    }

    /** Reads a ticket; empty when it is forged, changed or out of date. */
    public Optional<Ticket> read(String token) {
        if (token.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (bytes.length != SIGNED_BYTES + MAC_BYTES) {
            return Optional.empty();
        }
        var signed = Arrays.copyOf(bytes, SIGNED_BYTES);
        var given = Arrays.copyOfRange(bytes, SIGNED_BYTES, bytes.length);
        var genuine = false;
        for (var key : keys) {
            genuine |= MessageDigest.isEqual(mac(key, signed), given);
        }
        var text = ByteBuffer.wrap(signed);
        var callId = new UUID(text.getLong(), text.getLong());
        var expiry = Integer.toUnsignedLong(text.getInt());
        if (!genuine || clock.instant().getEpochSecond() > expiry + SKEW_SECONDS) {
            return Optional.empty();
        }
        var nonce = HexFormat.of().formatHex(signed, 20, 36);
        return Optional.of(new Ticket(callId, nonce, Arrays.copyOfRange(signed, 36, 52)));
    }

    private static byte[] hash(String callSid) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(callSid.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        return mac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(SecretKeySpec key, byte[] text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }
}
