package centralita.simulators.twilio;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as Twilio does: HMAC-SHA1 over the URL and the sorted form fields, in Base64. Signed is the URL as it was
 * configured, byte for byte, without fragment and user info; without the port where TLS is used, with it where not.
 */
final class RequestSignature {
    private final SecretKeySpec key;

    RequestSignature(String authToken) {
        this.key = new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    /** @param fields of a form body; empty for GET and for the upgrade of a media stream */
    String of(URI url, Map<String, String> fields) {
        var text = new StringBuilder(signedUrl(url));
        new TreeMap<>(fields).forEach((name, value) -> text.append(name).append(value));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    static String signedUrl(URI url) {
        var secure = "https".equals(url.getScheme()) || "wss".equals(url.getScheme());
        var port = secure || url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + target(url);
    }

    /** Path and query as they go on the wire. */
    static String target(URI url) {
        var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
