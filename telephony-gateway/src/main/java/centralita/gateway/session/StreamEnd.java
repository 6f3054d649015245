package centralita.gateway.session;

/** How a media stream ended. */
public enum StreamEnd {
    /** The provider said so: the call is over. */
    STOPPED,
    /** By us, on purpose. */
    CLOSED,
    /** By something that nobody meant. */
    LOST,
    /** Another stream of the same call took its place. */
    REPLACED;

    /** As events name it. */
    public String word() {
        return switch (this) {
            case STOPPED -> "stopped";
            case CLOSED -> "closed";
            case LOST, REPLACED -> "lost";
        };
    }
}
