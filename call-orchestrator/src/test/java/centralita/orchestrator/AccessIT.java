package centralita.orchestrator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import centralita.embedded.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets in. */
@QuarkusTest
class AccessIT {
    private static final long NOW = Instant.now().getEpochSecond();

    /** TH-7. */
    static Stream<Arguments> attacks() throws Exception {
        var good = claims("centralita", "\"centralita\"", NOW - 10, NOW + 600);
        var genuine = TestTokens.signed(good);
        var parts = genuine.split("\\.");
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var foreign = Signature.getInstance("SHA256withRSA");
        foreign.initSign(generator.generateKeyPair().getPrivate());
        foreign.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        var publicKey = System.getProperty("mp.jwt.verify.publickey");
        return Stream.of(
                Arguments.of("no signature", unsigned("{\"alg\":\"none\"}", good) + "."),
                Arguments.of("no signature, other case", unsigned("{\"alg\":\"nOnE\"}", good) + "."),
                Arguments.of("signature left out", parts[0] + "." + parts[1] + "."),
                Arguments.of("public key as HMAC key", hmac(good, publicKey)),
                Arguments.of("foreign key", parts[0] + "." + parts[1] + "." + encode(foreign.sign())),
                Arguments.of(
                        "claims exchanged",
                        parts[0] + "." + encode(good.replace("analyst", "admin").getBytes(StandardCharsets.UTF_8)) + "."
                                + parts[2]),
                Arguments.of(
                        "expired", TestTokens.signed(claims("centralita", "\"centralita\"", NOW - 900, NOW - 300))),
                Arguments.of(
                        "wrong issuer", TestTokens.signed(claims("mallory", "\"centralita\"", NOW - 10, NOW + 600))),
                Arguments.of(
                        "wrong audience", TestTokens.signed(claims("centralita", "\"other\"", NOW - 10, NOW + 600))),
                Arguments.of("no audience", TestTokens.signed(good.replace("\"aud\":\"centralita\",", ""))),
                Arguments.of("no expiry", TestTokens.signed(good.replaceFirst(",\"exp\":[0-9]+", ""))),
                Arguments.of("no issuer", TestTokens.signed(good.replace("\"iss\":\"centralita\",", ""))),
                Arguments.of("no token", "garbage"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void aTokenThatIsNotGenuineIsTurnedAway(String attack, String token) {
        var answer = given().header("Authorization", "Bearer " + token).get("/calls");

        assertThat(answer.statusCode()).as(attack).isEqualTo(401);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void aGenuineTokenIsTakenAlsoWithAClockThatIsALittleBehind() {
        var now = Instant.now().getEpochSecond();
        var token = TestTokens.signed(claims("centralita", "\"centralita\"", now - 900, now - 20));

        assertThat(given().auth().oauth2(token).get("/calls").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyGetsInWithoutAToken() {
        for (var path : new String[] {
            "/calls", "/calls/x", "/assistants", "/assistants/x", "/numbers", "/numbers/*", "/callbacks"
        }) {
            assertThat(given().get(path).statusCode()).as(path).isEqualTo(401);
        }
    }

    /** TH-8: every endpoint and every role; 1 = let in. */
    @ParameterizedTest
    @CsvSource({
        // method, path,                                 admin, manager, agent, analyst, service, other
        "GET,    /calls,                                  1, 0, 1, 1, 1, 0",
        "GET,    /calls/x,                                1, 0, 1, 1, 1, 0",
        "GET,    /assistants,                             1, 1, 1, 1, 1, 0",
        "GET,    /assistants/customer-service-en,         1, 1, 1, 1, 1, 0",
        "GET,    /assistants/customer-service-en/versions/1, 1, 1, 1, 1, 1, 0",
        "PUT,    /assistants/customer-service-en,         1, 0, 0, 0, 0, 0",
        "GET,    /numbers,                                1, 1, 1, 1, 1, 0",
        "GET,    /numbers/x,                              1, 1, 1, 1, 1, 0",
        "PUT,    /numbers/x,                              1, 0, 0, 0, 0, 0",
        "DELETE, /numbers/x,                              1, 0, 0, 0, 0, 0",
        "GET,    /callbacks,                              1, 0, 1, 1, 1, 0",
        "POST,   /callbacks/x/done,                       1, 0, 1, 0, 1, 0",
        "POST,   /callbacks/x/cancel,                     1, 0, 1, 0, 1, 0"
    })
    void rolesMayWhatTheTableSays(
            String method, String path, int admin, int manager, int agent, int analyst, int service, int other) {
        var allowed = new int[] {admin, manager, agent, analyst, service, other};
        var roles = new String[] {"admin", "campaign-manager", "agent", "analyst", "service", "janitor"};
        for (int i = 0; i < roles.length; i++) {
            var status = given().auth()
                    .oauth2(TestTokens.of(roles[i]))
                    .contentType("application/json")
                    .body("{}")
                    .request(method, path)
                    .statusCode();
            assertThat(status != 403)
                    .as(method + " " + path + " " + roles[i] + " " + status)
                    .isEqualTo(allowed[i] == 1);
        }
    }

    private static String claims(String issuer, String audience, long issuedAt, long expires) {
        return "{\"iss\":\"%s\",\"aud\":%s,\"sub\":\"t\",\"upn\":\"t\",\"groups\":[\"analyst\"],\"iat\":%d,\"exp\":%d}"
                .formatted(issuer, audience, issuedAt, expires);
    }

    private static String unsigned(String header, String claims) {
        return encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String claims, String key) throws Exception {
        var content = unsigned("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return content + "." + encode(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
