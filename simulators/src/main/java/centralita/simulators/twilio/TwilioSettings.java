package centralita.simulators.twilio;

import java.net.URI;
import java.time.Duration;

/**
 * What one stand-in needs to know.
 *
 * @param accountSid {@code AC} and 32 hexadecimal digits
 * @param authToken signs every request to us, and is the password of the REST API
 * @param publicBaseUrl where our side is reached from outside, without trailing slash; relative webhook paths resolve
 *     against it
 * @param listenPort of the REST API; 0 takes a free one
 * @param maxCalls calls alive at a time; one more is refused. Each holds at most about 2 MB.
 * @param webhookLimit hard limit on the answer to one webhook, retries included; Twilio: 15 s
 */
public record TwilioSettings(
        String accountSid, String authToken, URI publicBaseUrl, int listenPort, int maxCalls, Duration webhookLimit) {
    private static final Duration TWILIOS_LIMIT = Duration.ofSeconds(15);

    public TwilioSettings {
        if (!accountSid.matches("AC[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException("account sid must be AC and 32 hexadecimal digits");
        }
        if (authToken.isBlank()) {
            throw new IllegalArgumentException("auth token must not be blank");
        }
        if (publicBaseUrl.getHost() == null
                || !String.valueOf(publicBaseUrl.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("public base URL must be http or https with a host: " + publicBaseUrl);
        }
    }

    /** Twilio's own limits, a free port, at most 1,000 calls at a time. */
    public static TwilioSettings of(String accountSid, String authToken, URI publicBaseUrl) {
        return new TwilioSettings(accountSid, authToken, publicBaseUrl, 0, 1_000, TWILIOS_LIMIT);
    }

    public TwilioSettings withListenPort(int port) {
        return new TwilioSettings(accountSid, authToken, publicBaseUrl, port, maxCalls, webhookLimit);
    }

    public TwilioSettings withWebhookLimit(Duration limit) {
        return new TwilioSettings(accountSid, authToken, publicBaseUrl, listenPort, maxCalls, limit);
    }

    @Override
    public String toString() {
        return "TwilioSettings[accountSid=" + accountSid + ", publicBaseUrl=" + publicBaseUrl + "]";
    }
}
