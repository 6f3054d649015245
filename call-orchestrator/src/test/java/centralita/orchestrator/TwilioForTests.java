package centralita.orchestrator;

import centralita.simulators.twilio.TwilioSettings;
import centralita.simulators.twilio.TwilioStandIn;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.net.URI;
import java.util.Map;

/** A Twilio of one test class's own, and an orchestrator that has little patience with open calls. */
public final class TwilioForTests implements QuarkusTestResourceLifecycleManager {
    static final String ACCOUNT = "AC00000000000000000000000000000001";
    static final String TOKEN = "fake-auth-token-primary-0000000001";

    private TwilioStandIn twilio;

    @Override
    public Map<String, String> start() {
        twilio = TwilioStandIn.start(TwilioSettings.of(ACCOUNT, TOKEN, URI.create("http://127.0.0.1:9")));
        return Map.of(
                "orchestrator.twilio.api-base-url", twilio.baseUrl().toString(),
                "orchestrator.twilio.account-sid", ACCOUNT,
                // As while rotating: Twilio takes only the second.
                "orchestrator.twilio.auth-token", "an-old-token," + TOKEN,
                "orchestrator.reconcile.every", "200ms",
                "orchestrator.reconcile.quiet-for", "1s",
                "orchestrator.reconcile.look-every", "1s",
                "orchestrator.reconcile.unknown-after", "2s",
                "orchestrator.reconcile.silent-after", "1s",
                "orchestrator.outbox.relay-every", "200ms");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(twilio, field -> field.getType() == TwilioStandIn.class);
    }

    @Override
    public void stop() {
        if (twilio != null) {
            twilio.close();
        }
    }
}
