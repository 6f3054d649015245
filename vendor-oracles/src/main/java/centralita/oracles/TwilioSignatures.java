package centralita.oracles;

import com.twilio.security.RequestValidator;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as Twilio does and asks Twilio's own Java helper whether a signature is right. Thread-safe.
 *
 * <p>The helper is a judge with known errors; where it must not be asked, compare with recorded vectors instead: it
 * decodes a percent-encoded query when it adds or removes a port, it has no repeated fields, and it takes 80 for the
 * default port of {@code wss}.
 *
 * @see <a href="https://www.twilio.com/docs/usage/security#validating-requests">Twilio, validating requests</a>
 */
public final class TwilioSignatures {
    /** The header that carries the signature. */
    public static final String HEADER = "X-Twilio-Signature";

    private final String authToken;
    private final RequestValidator helper;

    /** @param authToken of the account that owns the number */
    public TwilioSignatures(String authToken) {
        this.authToken = authToken;
        this.helper = new RequestValidator(authToken);
    }

    /**
     * Signs a form POST; a GET or a WebSocket upgrade is signed without parameters.
     *
     * @param url as the provider was given it, byte for byte, {@code wss} for upgrades
     * @param parameters decoded; empty values belong to the signature
     * @return 28 characters of base64
     */
    public String sign(String url, Map<String, String> parameters) {
        var text = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> text.append(name).append(value));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA1", e);
        }
    }

    /** Signs a GET or a WebSocket upgrade. */
    public String sign(String url) {
        return sign(url, Map.of());
    }

    /** The verdict of Twilio's own helper. */
    public boolean helperAccepts(String url, Map<String, String> parameters, String signature) {
        return helper.validate(url, parameters, signature);
    }

    /**
     * The verdict of Twilio's own helper on a request with a body that is no form.
     *
     * @param url with the {@code bodySHA256} that the provider adds to the query
     * @param body as it came
     */
    public boolean helperAcceptsBody(String url, String body, String signature) {
        try {
            return helper.validate(url, body, signature);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + url, e);
        }
    }
}
