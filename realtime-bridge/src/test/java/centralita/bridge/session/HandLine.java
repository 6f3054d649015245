package centralita.bridge.session;

import centralita.contracts.call.EndReason;
import java.util.ArrayList;
import java.util.List;

/** The gateway's end of a call, as far as it matters; it stands still when the test says so. */
final class HandLine implements CallerLine {
    final List<String> said = new ArrayList<>();
    private final HandLoop loop;
    private long stoodStillMs;
    private long standsStillSinceMs = -1;

    HandLine(HandLoop loop) {
        this.loop = loop;
    }

    void gatewayStandsStill() {
        standsStillSinceMs = loop.nowMs();
    }

    void gatewayGoesOn() {
        stoodStillMs += loop.nowMs() - standsStillSinceMs;
        standsStillSinceMs = -1;
    }

    @Override
    public void ready(long epoch, boolean goesOn) {
        said.add("ready goesOn=" + goesOn);
    }

    @Override
    public void play(int item, byte[] mulaw) {
        if (!said.getLast().equals("play " + item)) {
            said.add("play " + item);
        }
    }

    @Override
    public void endItem(int item) {
        said.add("end " + item);
    }

    @Override
    public void clear(int order) {
        said.add("clear " + order);
    }

    @Override
    public void fill() {
        said.add("fill");
    }

    @Override
    public void hangUp(EndReason reason, boolean afterPlayout) {
        said.add("hang up " + reason);
    }

    @Override
    public void giveAway(String reason) {}

    @Override
    public void released(long replayMs) {
        said.add("released");
    }

    @Override
    public void refused(Calls.Refusal why) {
        said.add("refused " + why);
    }

    @Override
    public void free() {}

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public long gatewayLivedMs() {
        return (standsStillSinceMs < 0 ? loop.nowMs() : standsStillSinceMs) - stoodStillMs;
    }
}
