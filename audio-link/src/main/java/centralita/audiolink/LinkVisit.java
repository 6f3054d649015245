package centralita.audiolink;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's end of one connection to one bridge: what it shows, how it knows the bridge, and how it seals its orders.
 * A visit is for one connection, because a bridge takes each pass once; orders may be sealed before the connection is open.
 * Thread-safe.
 */
public final class LinkVisit {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final LinkSecret secret;
    private final Clock clock;
    private final byte[] nonce;
    private final byte[] audience;
    private final LinkSeal seal;

    private LinkVisit(LinkSecret secret, Clock clock, String address) {
        this.secret = secret;
        this.clock = clock;
        this.nonce = new byte[LinkPass.NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        this.audience = LinkPass.audience(address);
        this.seal = secret.seal(new LinkPass(0, nonce, audience));
    }

    /** Begins visits under the first of the secrets. Thread-safe. */
    public static final class Visits {
        private final LinkSecret secret;
        private final Clock clock;

        /** @param secrets one, or several separated by commas while rotating; a gateway signs with the first */
        public Visits(String secrets, Clock clock) {
            this.secret = LinkSecret.all(secrets).getFirst();
            this.clock = clock;
        }

        /** @param address of the bridge, exactly as the pool tells it and as it is dialled */
        public LinkVisit to(String address) {
            return new LinkVisit(secret, clock, address);
        }
    }

    /** The {@code Authorization} of the upgrade; good for a minute from now. */
    public String authorization() {
        var expiry = clock.instant().plus(LinkPass.LIFETIME).getEpochSecond();
        return LinkGate.BEARER + new LinkPass(expiry, nonce, audience).signedBy(secret);
    }

    /** Whether the bridge that answered is the one that was dialled. @param proof its {@link LinkGate#PROOF_HEADER} */
    public boolean isAnsweredBy(@Nullable String proof) {
        return proof != null
                && MessageDigest.isEqual(
                        seal.proof().getBytes(StandardCharsets.US_ASCII), proof.getBytes(StandardCharsets.UTF_8));
    }

    public LinkSeal seal() {
        return seal;
    }
}
