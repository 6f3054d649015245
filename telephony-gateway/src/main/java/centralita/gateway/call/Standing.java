package centralita.gateway.call;

/**
 * How a call stood when the provider was last answered. The provider brings it back with the stream that it was told to
 * open, and when it asks what comes after that one: so a gateway that never had the call finds the bridge that keeps the
 * conversation, also when Redis says nothing of it.
 *
 * @param streams that the call has had, with the one that was asked for
 * @param bridgeId the bridge that had the call; empty when nobody says
 * @param epoch of that ownership; 0 when nobody says
 */
public record Standing(int streams, String bridgeId, long epoch) {
    /** Whether it names an owner that came after the one under that epoch. */
    boolean isLaterThan(long other) {
        return !bridgeId.isEmpty() && epoch > other;
    }

    /** The same before the stream that was asked for. */
    Standing beforeItsStream() {
        return new Standing(Math.max(0, streams - 1), bridgeId, epoch);
    }
}
