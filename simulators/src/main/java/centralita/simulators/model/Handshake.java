package centralita.simulators.model;

import centralita.simulators.model.scenario.Scenario;

/**
 * What a session is opened with.
 *
 * @param clientRequestId empty when the client gave none
 * @param betaHeader whether the client asked for the beta protocol
 */
record Handshake(
        String sessionId,
        String model,
        Scenario scenario,
        String clientRequestId,
        String safetyIdentifier,
        boolean betaHeader) {}
