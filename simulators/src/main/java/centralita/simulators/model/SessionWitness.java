package centralita.simulators.model;

/**
 * Sees what the sessions of a stand-in hear and say, as it happens, and may sign what they say. On the stand-in's event
 * loop: must not block.
 */
public interface SessionWitness {
    /** Sees nothing. */
    SessionWitness NONE = (_, _) -> new Watch() {};

    /** A session was opened; what it does from now on is told to the watch. */
    Watch opened(String sessionId, String clientRequestId);

    /** One session's witness. */
    interface Watch {
        /** @param mulaw the caller's audio as it came, any length; must not be kept */
        default void heard(byte[] mulaw) {}

        /** @return μ-law that is sent before each spoken item, so that who hears it knows who speaks; may be empty */
        default byte[] signature() {
            return new byte[0];
        }

        /** The session is over, by whoever's doing. Once. */
        default void closed(int closeCode) {}
    }
}
