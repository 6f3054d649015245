package centralita.gateway.call;

/**
 * When a gateway that leaves closes its next stream. No more at a look than must be, so that the gateways which take the calls
 * up are not asked for all of them in one moment: every caller would wait until the last one is served. Pure.
 *
 * @param noticeMs load balancers need so long to see that this gateway is not ready
 * @param patienceMs after this no stream is waited for
 * @param lookMs from one look to the next
 */
record DrainPace(long noticeMs, long patienceMs, long lookMs) {
    /** Which stream may be closed now. */
    enum Next {
        NONE,
        /** One where nobody has spoken for a while: hardly anybody is about to. */
        WELL_RESTED,
        /** One in a pause between two sentences: time runs short. */
        RESTED,
        /** Any, those first that are least disturbed: there is just time for all that are left. */
        ANY
    }

    /** @param sinceMs since it began to leave @param left streams that have not been asked to go */
    Next next(long sinceMs, int left) {
        if (sinceMs < noticeMs || left == 0) {
            return Next.NONE;
        }
        if (left * lookMs >= patienceMs - sinceMs) {
            return Next.ANY;
        }
        return sinceMs < patienceMs / 2 ? Next.WELL_RESTED : Next.RESTED;
    }

    /** How many at this look, when it may be {@link Next#ANY}: 1 while there is time to close one after another. */
    int many(long sinceMs, int left) {
        var looks = Math.max(1, (patienceMs - sinceMs) / lookMs);
        return (int) Math.ceilDiv(left, looks);
    }
}
