package centralita.gateway.pool;

import centralita.livestate.BridgeEntry;

/**
 * Sessions of the bridges that take calls, and how many are taken. Pure.
 *
 * @param sessions 0 when there is no such bridge
 */
public record Room(int sessions, int taken) {
    static final Room NONE = new Room(0, 0);

    /** And a bridge more: one that has too much to do has its calls, and no room besides. */
    Room with(BridgeEntry.State state, int capacity, int takenThere) {
        return switch (state) {
            case READY -> new Room(sessions + capacity, taken + takenThere);
            case STRAINED -> new Room(sessions + takenThere, taken + takenThere);
            case DRAINING -> this;
        };
    }
}
