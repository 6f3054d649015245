package centralita.gateway.session;

import centralita.audiolink.LinkControl;
import centralita.audiolink.LinkControl.HeardItem;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.EndReason;
import centralita.gateway.link.AudioLink;
import centralita.gateway.link.LinkListener;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One caller's audio between the provider's socket and a bridge, while one media stream is open. It outlives bridges: its
 * ring and its playback clock are what the next one starts from. Event loop only.
 */
public final class AudioSession implements LinkListener {
    private static final Logger LOG = Logger.getLogger(AudioSession.class);
    /** Frames come every 20 ms; the network may hold them back. */
    private static final long ALIVE_MS = 1_000;

    private final UUID callId;
    private final String streamSid;
    private final int number;
    private final CallerSocket socket;
    private final SessionOwner owner;
    private final SessionMetrics metrics;
    private final LongSupplier clock;
    private final @Nullable StreamTap tap;
    private final CallerAudio caller;
    private final AssistantAudio assistant;
    private final StreamMeter meter;
    private final long startedMs;

    private final BridgeLine line = new BridgeLine();
    private final UnheardItems unheard = new UnheardItems();

    private boolean served;
    private boolean spoken;
    private boolean leaving;
    private boolean over;
    private boolean rewound;
    private @Nullable EndReason hangUp;
    private long lastFrameMs;

    AudioSession(
            UUID callId,
            String streamSid,
            int number,
            CallerSocket socket,
            SessionOwner owner,
            SessionMetrics metrics,
            SessionConfig config,
            boolean echoGuarded,
            LongSupplier clock,
            @Nullable StreamTap tap) {
        this.callId = callId;
        this.streamSid = streamSid;
        this.number = number;
        this.socket = socket;
        this.owner = owner;
        this.metrics = metrics;
        this.clock = clock;
        this.tap = tap;
        var guard = EchoGuard.ifWanted(echoGuarded);
        this.caller = new CallerAudio(config.ringSeconds(), metrics, guard);
        this.assistant = new AssistantAudio(socket, this::heard, config, clock, tap, guard);
        this.meter = new StreamMeter(caller, assistant.playback());
        this.startedMs = clock.getAsLong();
        this.lastFrameMs = startedMs;
    }

    public UUID callId() {
        return callId;
    }

    public String streamSid() {
        return streamSid;
    }

    /** 1 for the call's first stream. */
    public int number() {
        return number;
    }

    /**
     * Gives the caller to a bridge, with what it needs to hear again when another bridge had him before: what that one
     * said when it let go of him; else all that the ring still has and that was not answered. What that one had the
     * assistant say plays on, until the new one is ready and says whether it goes on with it.
     *
     * @param epoch of the ownership under which the bridge serves
     */
    public void attach(AudioLink to, long epoch) {
        release("lost");
        var playout = served ? assistant.handOn() : null;
        // Also when the one before never answered: what it was sent, it may not have heard.
        if (!rewound) {
            caller.again();
        }
        rewound = false;
        var session = line.open(to, this);
        to.order(session, RecordKind.ATTACH, new LinkControl.Attach(callId, epoch, streamSid, number, playout));
        forward();
    }

    // From the caller.

    /** Where the next frame of at most so many bytes may be written in {@link #frameMemory}; see {@link #commit}. */
    public int reserve(int maxBytes) {
        return caller.reserve(maxBytes);
    }

    public byte[] frameMemory() {
        return caller.memory();
    }

    /** Most bytes of one frame. */
    public int maxFrameBytes() {
        return caller.maxFrameBytes();
    }

    /**
     * The caller's audio was written where {@link #reserve} said.
     *
     * @param stampMs stream time of its first sample; negative when the provider did not say
     */
    public void commit(long stampMs, int length) {
        if (length == 0 || over) {
            return;
        }
        var nowMs = clock.getAsLong();
        lastFrameMs = nowMs;
        caller.commit(nowMs, stampMs, length);
        if (tap != null) {
            caller.tell(tap, nowMs, length);
        }
        forward();
    }

    private void forward() {
        line.forward(caller);
    }

    /** The caller pressed a key. */
    public void dtmf(String digit) {
        line.say(caller.stampMs(), RecordKind.DTMF, new LinkControl.Dtmf(digit));
    }

    /** The provider returned a mark. */
    public void markReturned(String name) {
        assistant.markReturned(name);
    }

    /** The socket of the stream is gone, or the provider says that the stream is over. Only the first word counts. */
    public void ended(StreamEnd end) {
        if (over) {
            return;
        }
        over = true;
        tellHeard(assistant.end());
        release(end == StreamEnd.STOPPED || end == StreamEnd.CLOSED ? "stopped" : "lost");
        owner.over(this, end);
    }

    private void tellHeard(List<HeardItem> items) {
        items.forEach(item -> line.heard(item.item(), item.heardMs(), false));
    }

    private void release(String reason) {
        if (line.isOpen()) {
            line.close(new LinkControl.Detached(reason, meter.take(clock.getAsLong())));
        }
    }

    /** Ends the stream from our side, on purpose or not. */
    public void close(StreamEnd end, short code, String reason) {
        ended(end);
        socket.close(code, reason);
    }

    /**
     * Has the provider go on elsewhere. Nothing more is said here, and what was not heard yet will not be; what the caller
     * says until the provider has noticed goes to the bridge.
     */
    void leave(short code, String reason) {
        if (!over && !leaving) {
            leaving = true;
            socket.leave(code, reason);
            // The provider forgets with the stream what it has not played.
            tellHeard(assistant.forget());
        }
    }

    /** Whether the provider was asked to go on elsewhere. */
    public boolean isLeaving() {
        return leaving;
    }

    // From the bridge.

    @Override
    public void ready(long epoch, boolean goesOn) {
        served = true;
        if (!goesOn) {
            unheard.forget();
        }
        assistant.served(goesOn);
        owner.ready(this, epoch);
    }

    @Override
    public void refused(String reason) {
        line.broken();
        assistant.bridgeGone();
        owner.refused(this, reason);
    }

    @Override
    public void callIsOver(EndReason ended) {
        line.broken();
        hangUp(ended, false);
    }

    @Override
    public void lost() {
        line.broken();
        assistant.bridgeGone();
        owner.bridgeLost(this);
    }

    @Override
    public void giveAway(String reason) {
        owner.giveAway(this, reason);
    }

    /** Tells the bridge to let go of the call, for another that stands ready. */
    public void handOver(LinkControl.HandOver order) {
        line.say(0, RecordKind.HAND_OVER, order);
    }

    @Override
    public void released(long replayMs) {
        line.broken();
        caller.rewind(replayMs);
        rewound = true;
        assistant.bridgeGone();
        owner.released(this);
    }

    @Override
    public void play(int item, ByteBuf mulaw) {
        if (leaving) {
            return;
        }
        served = true;
        if (!spoken) {
            spoken = true;
            owner.spoke(this);
        }
        unheard.plays(item, caller.next());
        if (!assistant.play(item, mulaw)) {
            metrics.playbackOverrun();
            LOG.warnf("A model is too far ahead of its caller; its answer is cut. callId=%s", callId);
        }
    }

    @Override
    public void itemEnd(int item) {
        // Of what the provider forgot the end is not heard.
        if (!leaving) {
            assistant.itemEnd(item);
        }
    }

    @Override
    public void clear(int order) {
        var items = assistant.forget();
        caller.settled(unheard.cleared());
        line.say(0, RecordKind.CLEARED, new LinkControl.Cleared(order, items));
    }

    /** Words are late: the model's, or those of the bridge that takes the call over. */
    @Override
    public void filler() {
        assistant.fill();
    }

    /** Whether the caller's frames come: a stream of which the provider knows the end sends none. */
    public boolean lives(long nowMs) {
        return !over && !leaving && nowMs - lastFrameMs < ALIVE_MS;
    }

    /** Whether nobody would notice it, if the stream were another one from now on. @param quietMs that nobody has spoken */
    boolean atRest(long nowMs, long quietMs) {
        return !over && !leaving && hangUp == null && assistant.silentFor(nowMs, quietMs) && caller.quiet(quietMs);
    }

    /** Whether the call is meant to end when its last words are heard. */
    boolean isHangingUp() {
        return hangUp != null;
    }

    /** Whether the caller has said nothing for so long; his words could be lost between two streams, the assistant's not. */
    boolean callerQuiet(long quietMs) {
        return caller.quiet(quietMs);
    }

    long startedMs() {
        return startedMs;
    }

    @Override
    public void hangUp(EndReason reason, boolean afterPlayout) {
        owner.hangingUp(this, reason);
        hangUp = reason;
        if (afterPlayout) {
            assistant.lastWords();
            closeWhenSilent();
        } else {
            assistant.forget();
            close(StreamEnd.CLOSED, (short) 1000, "the call is over");
        }
    }

    @Override
    public void writable() {
        forward();
    }

    private void closeWhenSilent() {
        if (hangUp != null && !over && assistant.allHeard()) {
            close(StreamEnd.CLOSED, (short) 1000, "the call is over");
        }
    }

    private void heard(int item, long heardMs, boolean toItsEnd) {
        if (toItsEnd) {
            // The caller's words before it need no other answer.
            caller.settled(unheard.over(item));
        }
        line.heard(item, heardMs, toItsEnd);
    }

    /** Some times a second: what no message sets off. */
    void tick(long nowMs) {
        assistant.tick(nowMs, caller);
        if (tap != null && !over) {
            tap.tick(nowMs);
        }
        closeWhenSilent();
        if (assistant.stalled(nowMs)) {
            metrics.writeStall();
            LOG.warnf("A peer takes nothing; its stream ends. callId=%s", callId);
            close(StreamEnd.LOST, (short) 1008, "the peer does not read");
        }
    }

    public long durationMs() {
        return clock.getAsLong() - startedMs;
    }

    public long framesIn() {
        return caller.framesIn();
    }

    public long missingFrames() {
        return caller.missingFrames();
    }

    public long playedMs() {
        return assistant.playback().playedMs(clock.getAsLong());
    }
}
