package centralita.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bearer tokens for tests, signed with a key that this test JVM made for itself and that the application under test
 * trusts. The key travels in a system property, so the class works in any class loader.
 */
public final class TestTokens {
    /** The {@code iss} of the tokens. */
    public static final String ISSUER = "centralita";

    private static final String PRIVATE_KEY = "centralita.test.private-key";
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private TestTokens() {}

    /**
     * @param role one of {@code admin}, {@code campaign-manager}, {@code agent}, {@code analyst}, {@code service}, or
     *     anything else for a token that may nothing
     * @return a JWT (RS256) that is good for an hour
     */
    public static String of(String role, String... furtherRoles) {
        var roles = Stream.concat(Stream.of(role), Arrays.stream(furtherRoles))
                .map(word -> "\"" + word + "\"")
                .collect(Collectors.joining(","));
        var now = Instant.now();
        return signed("""
                {"iss":"%s","aud":"centralita","sub":"test","upn":"test","jti":"%s","groups":[%s],"iat":%d,"exp":%d}""".formatted(
                        ISSUER,
                        UUID.randomUUID(),
                        roles,
                        now.getEpochSecond(),
                        now.plus(LIFETIME).getEpochSecond()));
    }

    /** A token with these claims, right or wrong: for tests of what must be refused. */
    public static String signed(String claimsJson) {
        var content = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encode(claimsJson);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a test token", e);
        }
    }

    /** Makes this JVM's keys and tells MicroProfile JWT which to trust. */
    static void makeKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            var base64 = Base64.getEncoder();
            System.setProperty(
                    PRIVATE_KEY, base64.encodeToString(pair.getPrivate().getEncoded()));
            System.setProperty(
                    "mp.jwt.verify.publickey",
                    "-----BEGIN PUBLIC KEY-----\n"
                            + base64.encodeToString(pair.getPublic().getEncoded())
                            + "\n-----END PUBLIC KEY-----");
            System.setProperty("mp.jwt.verify.issuer", ISSUER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make test keys", e);
        }
    }

    private static PrivateKey privateKey() throws GeneralSecurityException {
        var key = System.getProperty(PRIVATE_KEY);
        if (key == null) {
            throw new IllegalStateException("no test keys: this JVM was not started by JUnit's launcher");
        }
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
    }

    private static String encode(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
