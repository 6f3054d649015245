package centralita.bridge.link;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.bridge.session.CallerLine;
import centralita.bridge.session.Calls;
import centralita.contracts.call.EndReason;

/** One audio session of a link, as its call sees it. On the media event loop only. */
final class LinkLine implements CallerLine {
    private final int session;
    private final LinkOutlet outlet;
    private final GatewayPulse pulse;
    private final Runnable whenFree;
    private boolean free;

    LinkLine(int session, LinkOutlet outlet, GatewayPulse pulse, Runnable whenFree) {
        this.session = session;
        this.outlet = outlet;
        this.pulse = pulse;
        this.whenFree = whenFree;
    }

    @Override
    public void ready(long epoch, boolean goesOn) {
        outlet.control(session, RecordKind.READY, new LinkControl.Ready(epoch, goesOn));
    }

    @Override
    public void play(int item, byte[] mulaw) {
        outlet.play(session, item, mulaw);
    }

    @Override
    public void endItem(int item) {
        outlet.empty(session, item, RecordKind.ITEM_END);
    }

    @Override
    public void clear(int order) {
        outlet.empty(session, order, RecordKind.CLEAR);
    }

    @Override
    public void fill() {
        outlet.empty(session, 0, RecordKind.FILLER);
    }

    @Override
    public void hangUp(EndReason reason, boolean afterPlayout) {
        outlet.control(session, RecordKind.HANG_UP, new LinkControl.HangUp(reason, afterPlayout));
    }

    @Override
    public void giveAway(String reason) {
        outlet.control(session, RecordKind.GIVE_AWAY, new LinkControl.GiveAway(reason));
    }

    @Override
    public void released(long replayMs) {
        outlet.empty(session, Math.toIntExact(Math.min(replayMs, Integer.MAX_VALUE)), RecordKind.RELEASED);
    }

    @Override
    public void refused(Calls.Refusal why) {
        outlet.control(session, RecordKind.REFUSED, new LinkControl.Refused(why.word(), why.ended()));
    }

    @Override
    public void free() {
        if (!free) {
            free = true;
            whenFree.run();
        }
    }

    boolean isFree() {
        return free;
    }

    @Override
    public boolean full() {
        return outlet.full();
    }

    @Override
    public long gatewayLivedMs() {
        return pulse.livedMs();
    }
}
