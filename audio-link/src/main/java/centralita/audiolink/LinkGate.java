package centralita.audiolink;

import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bridge's door: reads what gateways show before the upgrade. Not thread-safe: one event loop. */
public final class LinkGate {
    /** Of the answer to an upgrade: the bridge, too, says who it is. */
    public static final String PROOF_HEADER = "Centralita-Link-Proof";

    static final String BEARER = "Bearer ";
    /**
     * Passes that are remembered until they expire. Only genuine ones are: so many in a minute and a half are no gateways
     * that connect, but one that is mad.
     */
    static final int MAX_REMEMBERED = 10_000;

    private final List<LinkSecret> secrets;
    private final Clock clock;
    private final Map<String, Long> expiryByNonce = new HashMap<>();

    /** @param secrets one, or several separated by commas while rotating; gateways may sign with any */
    public LinkGate(String secrets, Clock clock) {
        this.secrets = LinkSecret.all(secrets);
        this.clock = clock;
    }

    /** What becomes of one who knocks. */
    public sealed interface Entry {
        /**
         * @param seal of the orders on this connection
         * @param proof for the answer's {@link #PROOF_HEADER}
         */
        record Admitted(LinkSeal seal, String proof) implements Entry {}

        record Refused(Refusal why) implements Entry {}
    }

    /** Why a pass is not taken. */
    public enum Refusal {
        /** There is none. */
        MISSING("missing"),
        /** Not made with one of our secrets, or changed since. */
        FORGED("forged"),
        /** Made for another bridge. */
        WRONG_AUDIENCE("wrong-audience"),
        /** Out of date, or from a time to come: also when clocks are more than half a minute apart. */
        EXPIRED("expired"),
        /** It was shown before. */
        REPLAYED("replayed"),
        /** More came lately than can be remembered. */
        CROWDED("crowded");

        private final String word;

        Refusal(String word) {
            this.word = word;
        }

        /** As a label of a meter. */
        public String word() {
            return word;
        }
    }

    /**
     * Reads a pass, which can be used once.
     *
     * @param authorization the header of that name
     * @param address of this bridge, exactly as it tells the pool
     */
    public Entry admit(@Nullable String authorization, String address) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return new Entry.Refused(Refusal.MISSING);
        }
        var shown = LinkPass.read(authorization.substring(BEARER.length()));
        var signer = shown == null ? null : signer(shown);
        if (shown == null || signer == null) {
            return new Entry.Refused(Refusal.FORGED);
        }
        var pass = shown.pass();
        if (!pass.isFor(address)) {
            return new Entry.Refused(Refusal.WRONG_AUDIENCE);
        }
        var now = clock.instant().getEpochSecond();
        var skew = LinkPass.CLOCK_SKEW.toSeconds();
        if (now > pass.expiry() + skew || pass.expiry() > now + LinkPass.LIFETIME.toSeconds() + skew) {
            return new Entry.Refused(Refusal.EXPIRED);
        }
        var nonce = HexFormat.of().formatHex(pass.nonce());
        if (expiryByNonce.containsKey(nonce)) {
            return new Entry.Refused(Refusal.REPLAYED);
        }
        if (expiryByNonce.size() >= MAX_REMEMBERED) {
            expiryByNonce.values().removeIf(expiry -> now > expiry + skew);
            if (expiryByNonce.size() >= MAX_REMEMBERED) {
                return new Entry.Refused(Refusal.CROWDED);
            }
        }
        expiryByNonce.put(nonce, pass.expiry());
        var seal = signer.seal(pass);
        return new Entry.Admitted(seal, seal.proof());
    }

    private @Nullable LinkSecret signer(LinkPass.Shown shown) {
        LinkSecret signer = null;
        for (var secret : secrets) {
            // All of them, whichever fits: how long it takes says nothing.
            signer = shown.isSignedBy(secret) ? secret : signer;
        }
        return signer;
    }
}
