package centralita.orchestrator.twilio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where and as whom Twilio is asked. Without account and token nobody is: open calls then end by their age alone. */
@ConfigMapping(prefix = "orchestrator.twilio")
public interface TwilioConfig {
    /** {@code TWILIO_API_BASE_URL}. */
    URI apiBaseUrl();

    /** {@code TWILIO_ACCOUNT_SID}. */
    Optional<String> accountSid();

    /** {@code TWILIO_AUTH_TOKEN}: one, or several while rotating; the first that Twilio takes is used. */
    Optional<List<String>> authToken();

    /** An answer that takes longer is none. A process's lease on a call is three of these. */
    @WithDefault("5s")
    Duration requestTimeout();
}
