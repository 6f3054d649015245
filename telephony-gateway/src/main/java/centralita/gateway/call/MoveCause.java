package centralita.gateway.call;

import java.util.Locale;

/** Why a call changes its bridge. */
enum MoveCause {
    /** The bridge is dead, or cannot be reached. */
    LOST,
    /** The bridge did not take the caller. */
    REFUSED,
    /** The bridge is to be empty. */
    DRAINING,
    /** The bridge carries much more than others. */
    REBALANCE;

    /** As events and meters name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
