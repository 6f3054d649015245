package centralita.simulators.model;

import centralita.simulators.model.scenario.Scenario;
import centralita.simulators.model.scenario.Scenarios;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a stand-in is started.
 *
 * @param host address to listen on
 * @param port 0 for a free one
 * @param scenario of sessions that do not ask for another
 * @param apiKey the only key that is accepted; empty: every key except ones that contain {@code invalid}
 * @param sessionLimit after which a session expires
 * @param speed one second of audio is sent in 1/speed seconds; infinite: at once
 * @param deltaMs how much audio an event carries; smaller ones cost more
 * @param sentFrames sees every text frame that is sent, on the event loop: for tests
 * @param witness sees what sessions hear and say
 */
public record ModelStandInOptions(
        String host,
        int port,
        Scenario scenario,
        Optional<String> apiKey,
        Duration sessionLimit,
        double speed,
        int deltaMs,
        Optional<Consumer<String>> sentFrames,
        SessionWitness witness) {

    public static ModelStandInOptions defaults() {
        return new ModelStandInOptions(
                "127.0.0.1",
                0,
                Scenarios.named("receptionist"),
                Optional.empty(),
                Duration.ofMinutes(60),
                8,
                100,
                Optional.empty(),
                SessionWitness.NONE);
    }

    public ModelStandInOptions withHost(String value) {
        return new ModelStandInOptions(
                value, port, scenario, apiKey, sessionLimit, speed, deltaMs, sentFrames, witness);
    }

    public ModelStandInOptions withPort(int value) {
        return new ModelStandInOptions(
                host, value, scenario, apiKey, sessionLimit, speed, deltaMs, sentFrames, witness);
    }

    public ModelStandInOptions withScenario(Scenario value) {
        return new ModelStandInOptions(host, port, value, apiKey, sessionLimit, speed, deltaMs, sentFrames, witness);
    }

    /** @param name of a scenario that comes with the module */
    public ModelStandInOptions withScenario(String name) {
        return withScenario(Scenarios.named(name));
    }

    public ModelStandInOptions withApiKey(String value) {
        return new ModelStandInOptions(
                host, port, scenario, Optional.of(value), sessionLimit, speed, deltaMs, sentFrames, witness);
    }

    public ModelStandInOptions withSessionLimit(Duration value) {
        return new ModelStandInOptions(host, port, scenario, apiKey, value, speed, deltaMs, sentFrames, witness);
    }

    public ModelStandInOptions withSpeed(double value) {
        return new ModelStandInOptions(host, port, scenario, apiKey, sessionLimit, value, deltaMs, sentFrames, witness);
    }

    public ModelStandInOptions withDeltaMs(int value) {
        return new ModelStandInOptions(host, port, scenario, apiKey, sessionLimit, speed, value, sentFrames, witness);
    }

    public ModelStandInOptions withSentFrames(Consumer<String> value) {
        return new ModelStandInOptions(
                host, port, scenario, apiKey, sessionLimit, speed, deltaMs, Optional.of(value), witness);
    }

    public ModelStandInOptions withWitness(SessionWitness value) {
        return new ModelStandInOptions(host, port, scenario, apiKey, sessionLimit, speed, deltaMs, sentFrames, value);
    }
}
