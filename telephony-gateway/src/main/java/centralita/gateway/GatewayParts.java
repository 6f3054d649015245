package centralita.gateway;

import centralita.contracts.phone.NumberMask;
import centralita.edge.strain.ProcessStrain;
import centralita.gateway.admission.StrainConfig;
import centralita.gateway.twilio.PublicUrl;
import centralita.gateway.twilio.StreamToken;
import centralita.gateway.twilio.TwilioSignature;
import centralita.gateway.twilio.Twiml;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Makes the parts that know nothing of the framework from the settings. */
@Singleton
class GatewayParts {
    private final GatewayConfig config;

    GatewayParts(GatewayConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    PublicUrl publicUrl() {
        return new PublicUrl(
                config.publicBaseUrl(), config.connectionOverrides().orElse(""));
    }

    @Produces
    @Singleton
    TwilioSignature signature() {
        return new TwilioSignature(TwilioSignature.tokens(config.authToken()));
    }

    @Produces
    @Singleton
    StreamToken streamToken() {
        return new StreamToken(
                TwilioSignature.tokens(config.authToken()),
                Clock.systemUTC(),
                Duration.ofSeconds(config.streamTokenSeconds()));
    }

    @Produces
    @Singleton
    Twiml twiml(PublicUrl publicUrl) {
        return new Twiml(publicUrl);
    }

    /** Watched from the start on: what takes calls asks for it. */
    @Produces
    @Singleton
    ProcessStrain strain(StrainConfig strain, Vertx vertx, MeterRegistry meters) {
        var watched = new ProcessStrain(strain.lateMs(), strain.fullHeap(), meters);
        watched.watch(vertx);
        return watched;
    }

    @Produces
    @Singleton
    NumberMask numberMask() {
        return new NumberMask(config.numberHashKey());
    }
}
