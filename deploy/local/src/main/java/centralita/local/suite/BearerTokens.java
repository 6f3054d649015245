package centralita.local.suite;

import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** Tokens for people who use a local suite. */
public final class BearerTokens {
    static final String ISSUER = "centralita";
    private static final String AUDIENCE = "centralita";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Duration LIFETIME = Duration.ofHours(12);

    private BearerTokens() {}

    /**
     * A token for the suite whose state is in this folder, running or not.
     *
     * @return a JWT (RS256), good for twelve hours
     * @throws LaunchException when no suite was ever started there
     */
    public static String sign(Path state, Set<String> roles) {
        var folder = state.resolve("secrets");
        if (!Secrets.existIn(folder)) {
            throw new LaunchException("There is no key to sign a token with yet: run ./centralita up first.");
        }
        return sign(Secrets.in(folder), roles);
    }

    static String sign(Secrets secrets, Set<String> roles) {
        var now = Instant.now();
        var claims = Map.of(
                "iss",
                ISSUER,
                "aud",
                AUDIENCE,
                "sub",
                "local",
                "upn",
                "local",
                "jti",
                UuidV7.next().toString(),
                "groups",
                roles,
                "iat",
                now.getEpochSecond(),
                "exp",
                now.plus(LIFETIME).getEpochSecond());
        var content = encode(Map.of("alg", "RS256", "typ", "JWT")) + "." + encode(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(secrets.privateKey());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    private static String encode(Map<String, ?> json) {
        return BASE64.encodeToString(ContractsJson.write(json).getBytes(StandardCharsets.UTF_8));
    }
}
