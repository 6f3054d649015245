package centralita.local.suite;

import io.smallrye.jwt.build.Jwt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Tokens for people who use a local suite. */
public final class BearerTokens {
    static final String ISSUER = "centralita";
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
        return Jwt.issuer(ISSUER)
                .audience("centralita")
                .subject("local")
                .upn("local")
                .groups(roles)
                .expiresIn(LIFETIME)
                .sign(secrets.privateKey());
    }
}
