package centralita.local.ingress;

import java.util.Optional;

/**
 * A service behind the ingress.
 *
 * @param owner which paths it owns; empty for a service that is not reached from outside, but must be ready
 * @param port on the loopback address
 */
public record Upstream(String name, Optional<Owner> owner, int port) {}
