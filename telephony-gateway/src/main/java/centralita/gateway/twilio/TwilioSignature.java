package centralita.gateway.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a request was signed by Twilio: HMAC-SHA1 over the public URL, byte for byte, and the decoded form.
 * Our own, because the vendor's Java helper decodes the query when it moves a port, knows no repeated fields and takes
 * 80 for the port of {@code wss}.
 *
 * <p>Immutable, any thread. Nothing here throws on hostile input: what cannot be verified is not verified.
 *
 * @see <a href="https://www.twilio.com/docs/usage/security">Twilio: security</a>
 */
public final class TwilioSignature {
    private static final String ALGORITHM = "HmacSHA1";
    private static final Pattern BODY_HASH = Pattern.compile("[?&]bodySHA256=([0-9a-fA-F]{64})(?:&|$)");

    private final List<SecretKeySpec> keys;

    /** @param tokens auth tokens, the current one first; during a rotation the signature of any is accepted */
    public TwilioSignature(List<String> tokens) {
        this.keys = tokens.stream()
                .filter(token -> !token.isBlank())
                .map(token -> new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
    }

    /**
     * Verifies a webhook.
     *
     * @param url the public URL, as Twilio was given it
     * @param fields decoded fields of a form body, in natural order of names; empty for GET
     * @param signature the header; null when there was none
     * @return which token signed, from 0; empty when none did
     */
    public OptionalInt verify(String url, SortedMap<String, List<String>> fields, @Nullable String signature) {
        return anyMatches(withPortVariants(url), formText(fields), signature);
    }

    /** Verifies a request whose body is not a form: the query carries the body's hash, and the URL is signed. */
    public OptionalInt verifyBody(String url, byte[] body, @Nullable String signature) {
        var claimed = BODY_HASH.matcher(url);
        if (!claimed.find()) {
            return OptionalInt.empty();
        }
        var hash = HexFormat.of().parseHex(claimed.group(1));
        return MessageDigest.isEqual(hash, sha256(body))
                ? anyMatches(withPortVariants(url), "", signature)
                : OptionalInt.empty();
    }

    /**
     * Verifies the upgrade of a media stream. Twilio may sign the URL with a slash added.
     *
     * @param url with the scheme {@code ws} or {@code wss}
     */
    public OptionalInt verifyUpgrade(String url, @Nullable String signature) {
        var candidates = new LinkedHashSet<>(withPortVariants(url));
        if (!url.endsWith("/") && url.indexOf('?') < 0) {
            candidates.addAll(withPortVariants(url + "/"));
        }
        return anyMatches(candidates, "", signature);
    }

    private OptionalInt anyMatches(Set<String> urls, String appendix, @Nullable String signature) {
        if (signature == null || signature.isEmpty()) {
            return OptionalInt.empty();
        }
        var given = signature.getBytes(StandardCharsets.UTF_8);
        var match = -1;
        // Every candidate is computed whatever the others gave, so that time tells nothing.
        for (var index = keys.size() - 1; index >= 0; index--) {
            for (var url : urls) {
                if (MessageDigest.isEqual(sign(keys.get(index), url + appendix), given)) {
                    match = index;
                }
            }
        }
        return match < 0 ? OptionalInt.empty() : OptionalInt.of(match);
    }

    /** As configured, without port, with the scheme's own port; by surgery on the text, so that no byte else changes. */
    static Set<String> withPortVariants(String url) {
        var variants = new LinkedHashSet<String>();
        variants.add(url);
        var hostStart = url.indexOf("://") + 3;
        if (hostStart < 3) {
            return variants;
        }
        var hostEnd = url.length();
        for (var i = hostStart; i < url.length(); i++) {
            var c = url.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                hostEnd = i;
                break;
            }
        }
        var authority = url.substring(hostStart, hostEnd);
        // An IPv6 address has colons of its own, inside brackets.
        var colon = authority.indexOf(':', authority.indexOf(']') + 1);
        var host = colon < 0 ? authority : authority.substring(0, colon);
        var scheme = url.substring(0, hostStart);
        var rest = url.substring(hostEnd);
        var secure = scheme.startsWith("https") || scheme.startsWith("wss");
        variants.add(scheme + host + rest);
        variants.add(scheme + host + (secure ? ":443" : ":80") + rest);
        return variants;
    }

    private static String formText(Map<String, List<String>> fields) {
        var text = new StringBuilder();
        fields.forEach((name, values) -> {
            // As the vendor's Node helper does with a repeated name: each value once, sorted.
            for (var value : new TreeSet<>(values)) {
                text.append(name).append(value);
            }
        });
        return text.toString();
    }

    /** The header's value for a text, by the first token. For tests and for stand-ins of the provider. */
    public String sign(String text) {
        return new String(sign(keys.getFirst(), text), StandardCharsets.US_ASCII);
    }

    private static byte[] sign(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return java.util.Base64.getEncoder().encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        }
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /** Splits the configured list. @param commaSeparated one token or several */
    public static List<String> tokens(String commaSeparated) {
        var tokens = new ArrayList<String>();
        for (var token : commaSeparated.split(",", -1)) {
            if (!token.isBlank()) {
                tokens.add(token.strip());
            }
        }
        return List.copyOf(tokens);
    }
}
