package centralita.local.chaos;

import java.time.Duration;

/** The network between gateways and a bridge swallows everything, and nobody tells TCP. */
record LinkSwallowed(int bridge, Duration lasts) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.LINK_SWALLOWED;
    }

    @Override
    public String detail() {
        return "bridge " + bridge + " for " + lasts.toMillis() + " ms";
    }

    @Override
    public String happen(Arena arena) {
        var link = arena.linkTo(arena.bridge(bridge));
        link.swallow();
        arena.struck();
        try {
            arena.wait(lasts);
        } finally {
            link.open();
        }
        return "";
    }
}
