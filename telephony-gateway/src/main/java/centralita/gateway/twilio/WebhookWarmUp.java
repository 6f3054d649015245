package centralita.gateway.twilio;

import centralita.audiolink.LinkControl;
import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.call.Direction;
import centralita.contracts.id.UuidV7;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.NumberMask;
import centralita.gateway.call.Standing;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does what a webhook needs some times before the server listens: the first one in a fresh process would take a fifth of a
 * second, most of it for classes that are loaded, and a caller waits for it.
 */
@Singleton
class WebhookWarmUp {
    private static final Logger LOG = Logger.getLogger(WebhookWarmUp.class);
    private static final int ROUNDS = 200;
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final String URL = "https://warm-up.invalid/webhook/twilio";
    private static final String FORM =
            "AccountSid=AC0&CallSid=CA0&CallStatus=ringing&Direction=inbound&From=%2B10&To=%2B11";
    private static final AssistantProfile NOBODY = new AssistantProfile(
            "nobody",
            1,
            "Nobody",
            "en-US",
            "",
            "",
            new AssistantProfile.Disclosure("Hello", null),
            new AssistantProfile.ModelSettings(
                    null,
                    "marin",
                    null,
                    null,
                    List.of(),
                    new AssistantProfile.TurnDetection("server_vad", 0.5, 300, 500, null)),
            List.of(),
            new AssistantProfile.Limits(900, 10, 2, 5, 50));

    private final TwilioSignature signature;
    private final StreamToken tokens;
    private final Twiml twiml;
    private final NumberMask mask;

    WebhookWarmUp(TwilioSignature signature, StreamToken tokens, Twiml twiml, NumberMask mask) {
        this.signature = signature;
        this.tokens = tokens;
        this.twiml = twiml;
        this.mask = mask;
    }

    void start(@Observes StartupEvent started) {
        var began = System.nanoTime();
        var rounds = 0;
        var bytes = 0L;
        while (rounds < ROUNDS && System.nanoTime() - began < LONGEST_NANOS) {
            bytes += round();
            rounds++;
        }
        LOG.infof(
                "Webhooks are warm. rounds=%d ms=%d bytes=%d",
                rounds, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began), bytes);
    }

    private long round() {
        var fields = Fields.of(FORM);
        var signed = signature.verify(URL, fields.values(), signature.sign(URL)).isPresent();
        var callId = UuidV7.next();
        var token = tokens.issue(callId, fields.get("CallSid"));
        var caller = mask.mask(fields.get("From"));
        var prepare =
                new LinkControl.Prepare(callId, 1, Direction.INBOUND, NOBODY, caller, Map.of(), signed, false, null);
        var event = CallEvent.of(
                "telephony-gateway",
                callId,
                Instant.now(),
                null,
                new CallFact.Received(
                        Direction.INBOUND,
                        "CA0",
                        NOBODY.assistantId(),
                        NOBODY.version(),
                        NOBODY.language(),
                        caller,
                        caller));
        var parameters = new StreamParameters(Direction.INBOUND, "", "", new Standing(1, "", 1));
        return twiml.connect(callId, token, parameters, NOBODY.disclosure(), NOBODY.language())
                        .length()
                + tokens.read(token).map(it -> it.nonce().length()).orElse(0)
                + ContractsJson.write(prepare).getBytes(StandardCharsets.UTF_8).length
                + ContractsJson.write(event).length();
    }
}
