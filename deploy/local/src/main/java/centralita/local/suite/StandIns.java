package centralita.local.suite;

import centralita.simulators.model.ModelStandIn;
import centralita.simulators.twilio.TwilioSettings;
import centralita.simulators.twilio.TwilioStandIn;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stand-ins for Twilio and for the model, in this JVM; each only where nothing from outside takes its place. */
public final class StandIns implements AutoCloseable {
    private final @Nullable TwilioStandIn twilio;
    private final @Nullable ModelStandIn model;

    private StandIns(@Nullable TwilioStandIn twilio, @Nullable ModelStandIn model) {
        this.twilio = twilio;
        this.model = model;
    }

    /** @throws LaunchException when one does not start; the other is stopped then */
    static StandIns start(OutsideVariables outside, Wiring wiring) {
        ModelStandIn model = null;
        try {
            model = Wiring.needsModel(outside) ? ModelStandIn.start() : null;
            var twilio = Wiring.needsTwilio(outside)
                    ? TwilioStandIn.start(
                            TwilioSettings.of(wiring.twilioAccountSid(), wiring.signingToken(), wiring.publicBaseUrl()))
                    : null;
            return new StandIns(twilio, model);
        } catch (IllegalStateException | IllegalArgumentException e) {
            if (model != null) {
                model.close();
            }
            throw new LaunchException("A stand-in did not start: " + e.getMessage() + ".", e);
        }
    }

    /** Empty when Twilio itself, or something else from outside, is used. */
    public Optional<TwilioStandIn> twilio() {
        return Optional.ofNullable(twilio);
    }

    /** Empty when OpenAI, or another realtime server from outside, is used. */
    public Optional<ModelStandIn> model() {
        return Optional.ofNullable(model);
    }

    Optional<URI> twilioApi() {
        return twilio().map(TwilioStandIn::baseUrl);
    }

    Optional<URI> realtimeModel() {
        return model().map(ModelStandIn::realtimeUrl);
    }

    @Override
    public void close() {
        // Calls that are still alive are ended by their phone.
        twilio().ifPresent(TwilioStandIn::close);
        model().ifPresent(ModelStandIn::close);
    }
}
