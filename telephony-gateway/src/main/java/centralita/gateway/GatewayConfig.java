package centralita.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What an operator may set of the gateway as a whole; what one feature alone reads is beside it. Times are milliseconds
 * where the name says so.
 */
@ConfigMapping(prefix = "gateway")
public interface GatewayConfig {
    /** Where the provider reaches us ({@code PUBLIC_BASE_URL}). */
    URI publicBaseUrl();

    /**
     * How the provider repeats a request for what comes next in a call, as {@code rc=3&rp=ct,rt,5xx&rt=4000}. Without it
     * an answer of 5xx from a load balancer whose gateway has just gone ends the call.
     */
    Optional<String> connectionOverrides();

    /** The provider's account ({@code TWILIO_ACCOUNT_SID}); when set, streams and webhooks of others are refused. */
    Optional<String> accountSid();

    /** {@code TWILIO_AUTH_TOKEN}: one, or several separated by commas while rotating. */
    String authToken();

    /** {@code CENTRALITA_LINK_SECRET}: one, or several separated by commas while rotating; this gateway signs with the first. */
    String linkSecret();

    /** {@code CENTRALITA_NUMBER_HASH_KEY}. */
    String numberHashKey();

    /**
     * SIP headers ({@code SipHeader_…} of the webhook) that are kept on the call and told to the model. What is not
     * named here never leaves the webhook.
     */
    Optional<List<String>> contextHeaders();

    /**
     * Other fields of the webhook that are kept in the same way: what a client's application or an address of ours adds,
     * as {@code CallerName} or {@code customerTier}.
     */
    Optional<List<String>> contextParameters();

    /** Calls that this gateway holds at most; more are answered with an apology. */
    @WithDefault("2000")
    @Min(1)
    int maxCalls();

    /**
     * While there is much to do, at least this time passes from one look at the sockets to the next, and what came
     * meanwhile is read in one go. More saves system calls, and delays audio by half of it on the average. 0: never.
     */
    @WithDefault("0")
    @Min(0)
    @Max(5000)
    int gatherMicros();

    /** Media streams that one call may have, one after another, before the caller is told that it does not work. */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int maxStreams();

    /** A lost stream may come back for so long; a bridge keeps its model session as long. */
    @WithDefault("30000")
    @Min(100)
    long comeBackMs();

    /** After the answer to the webhook the stream must come within this time; a long disclosure is spoken before it. */
    @WithDefault("90000")
    @Min(100)
    long firstStreamMs();

    /**
     * A stream token is good for so long, and for 60 s more, because the clocks of two gateways may differ; the disclosure is
     * spoken before the provider uses it.
     */
    @WithDefault("60")
    @Min(1)
    @Max(300)
    int streamTokenSeconds();

    /**
     * A gateway that drains or stops has closed all its streams after this time, of which the notice is a part; another gateway
     * takes the calls over. It waits for a quiet moment of each while there is time to close the others one every 50 ms: less
     * than the notice, 50 ms for each stream and some seconds, and sentences are cut. Longer than the process is given to stop,
     * and streams break.
     */
    @WithDefault("8000")
    @Min(0)
    @Max(600_000)
    long drainPatienceMs();

    /**
     * A gateway that stops answers at least so long after it has said that it is not ready. Shorter than a load
     * balancer needs to notice, and webhooks meet a closed door, which ends calls.
     */
    @WithDefault("1500")
    @Min(0)
    @Max(60_000)
    long drainNoticeMs();

    /**
     * The head of a request must be here within this time after its first byte; else its connection is closed. Shorter than
     * a bad line needs for a few packets, and the provider's webhooks are cut off.
     */
    @WithDefault("10000")
    @Min(100)
    long headTimeoutMs();

    /** The body of a webhook must be here within this time. */
    @WithDefault("10000")
    @Min(100)
    long bodyTimeoutMs();

    /** Where events wait for Kafka ({@code CENTRALITA_SPOOL_DIRECTORY}). */
    String spoolDirectory();
}
