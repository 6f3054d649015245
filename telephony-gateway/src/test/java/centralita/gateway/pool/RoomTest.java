package centralita.gateway.pool;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.livestate.BridgeEntry.State;
import org.junit.jupiter.api.Test;

class RoomTest {
    @Test
    void whoHasTooMuchToDoHasHisCallsAndNoRoom_FR6() {
        // When
        var room = Room.NONE.with(State.READY, 500, 100).with(State.STRAINED, 500, 400);

        // Then: 400 more may come, and no count of all calls keeps them out
        assertThat(room).isEqualTo(new Room(900, 500));
    }

    @Test
    void withAllStrainedOrDrainingThereIsNone() {
        assertThat(Room.NONE.with(State.STRAINED, 500, 7).with(State.DRAINING, 500, 3))
                .isEqualTo(new Room(7, 7));
        assertThat(Room.NONE.with(State.DRAINING, 500, 3)).isEqualTo(Room.NONE);
    }
}
