package centralita.local.ingress;

import java.util.Optional;

/** Who owns a path. */
public enum Owner {
    GATEWAY,
    ORCHESTRATOR,
    CAMPAIGN,
    ANALYTICS;

    /**
     * @param path as it came, neither decoded nor normalized: a service must see what was signed
     * @return empty when nobody owns it
     */
    static Optional<Owner> of(String path) {
        if (path.startsWith("/webhook/") || path.startsWith("/media-stream/") || isUnder(path, "/recordings")) {
            return Optional.of(GATEWAY);
        }
        if (isUnder(path, "/calls")
                || path.startsWith("/call/")
                || isUnder(path, "/callbacks")
                || isUnder(path, "/assistants")
                || isUnder(path, "/numbers")) {
            return Optional.of(ORCHESTRATOR);
        }
        if (isUnder(path, "/campaigns")) {
            return Optional.of(CAMPAIGN);
        }
        if (isUnder(path, "/analytics")) {
            return Optional.of(ANALYTICS);
        }
        return Optional.empty();
    }

    private static boolean isUnder(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
