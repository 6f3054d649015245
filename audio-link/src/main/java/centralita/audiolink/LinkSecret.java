package centralita.audiolink;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What gateways and bridges of a deployment share, as one key for each use: what was made for one use is worth nothing for
 * another.
 *
 * @param passes signs passes
 * @param connections of this one come the keys of single connections
 */
record LinkSecret(HmacKey passes, HmacKey connections) {
    private static final byte[] PASSES = "centralita audio link: passes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONNECTIONS = "centralita audio link: connections".getBytes(StandardCharsets.US_ASCII);

    private static LinkSecret of(String secret) {
        var root = HmacKey.of(secret);
        return new LinkSecret(root.derive(PASSES), root.derive(CONNECTIONS));
    }

    /** @param secrets one, or several separated by commas while rotating */
    static List<LinkSecret> all(String secrets) {
        var all = Arrays.stream(secrets.split(",", -1))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .map(LinkSecret::of)
                .toList();
        if (all.isEmpty()) {
            throw new IllegalArgumentException("gateways and bridges need a secret");
        }
        return all;
    }

    /** The seal of the connection that was opened with this pass. */
    LinkSeal seal(LinkPass pass) {
        return new LinkSeal(connections.derive(pass.nonce(), pass.audience()));
    }
}
