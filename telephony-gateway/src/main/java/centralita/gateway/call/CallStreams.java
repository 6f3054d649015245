package centralita.gateway.call;

import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.gateway.GatewayConfig;
import centralita.gateway.MediaLoop;
import centralita.gateway.recording.Recordings;
import centralita.gateway.session.AudioSession;
import centralita.gateway.session.AudioSessions;
import centralita.gateway.session.CallerSocket;
import centralita.gateway.session.SessionOwner;
import centralita.gateway.session.StreamEnd;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The media streams of calls: lets each in, and carries what its session and its bridge say to where it is decided. Event
 * loop only.
 */
@Singleton
public class CallStreams implements SessionOwner {
    private static final Logger LOG = Logger.getLogger(CallStreams.class);

    private final HeldCalls held;
    private final CallAdoption adoption;
    private final CallEnding ending;
    private final AudioSessions sessions;
    private final Recordings recordings;
    private final BridgeOwnership ownership;
    private final HandOvers handOvers;
    private final CallFacts facts;
    private final GatewayPresence presence;
    private final MediaLoop loop;
    private final GatewayConfig config;

    CallStreams(
            HeldCalls held,
            CallAdoption adoption,
            CallEnding ending,
            AudioSessions sessions,
            Recordings recordings,
            BridgeOwnership ownership,
            HandOvers handOvers,
            CallFacts facts,
            GatewayPresence presence,
            MediaLoop loop,
            GatewayConfig config) {
        this.held = held;
        this.adoption = adoption;
        this.ending = ending;
        this.sessions = sessions;
        this.recordings = recordings;
        this.ownership = ownership;
        this.handOvers = handOvers;
        this.facts = facts;
        this.presence = presence;
        this.loop = loop;
        this.config = config;
    }

    /**
     * A stream of the call has begun.
     *
     * @param incoming the call as the stream tells it
     * @param standing of the call, with this stream
     * @return the session, or empty when the call is unknown or over
     */
    public Future<Optional<AudioSession>> attach(
            UUID callId, IncomingCall incoming, Standing standing, String streamSid, CallerSocket socket) {
        return adoption.adopt(callId, incoming, standing.beforeItsStream())
                .map(found -> found.filter(call -> call.intended == null
                                && !call.ended
                                && call.incoming.callSid().equals(incoming.callSid()))
                        .map(call -> attach(call, streamSid, socket)));
    }

    private AudioSession attach(HeldCall call, String streamSid, CallerSocket socket) {
        var older = call.session;
        if (older != null) {
            older.close(StreamEnd.REPLACED, (short) 1000, "another stream has taken over");
        }
        ending.streamCame(call);
        call.streams++;
        var tap = recordings.begin(call.callId, call.assistant, call.streams, call.incoming.traceparent());
        var session = sessions.open(
                call.callId,
                streamSid,
                call.streams,
                socket,
                this,
                tap,
                call.assistant.model().turnDetection().guardsEcho());
        call.session = session;
        if (!call.moving) {
            ownership.attach(call);
        }
        facts.streamStarted(call, session);
        facts.remember(
                call,
                Map.of("phase", "talking", "streams", Integer.toString(call.streams), "gateway", presence.gatewayId()));
        return session;
    }

    /** Whether a stream of the call lives here: then no second one is let in, whoever brings it (TH-4). */
    public boolean streaming(UUID callId) {
        var call = held.byId(callId);
        return call != null && call.session != null && call.session.lives(loop.nowMs());
    }

    // From sessions.

    @Override
    public void ready(AudioSession session, long epoch) {
        var call = held.byId(session.callId());
        if (call == null) {
            return;
        }
        var move = call.move;
        if (move != null && call.session == session) {
            call.move = null;
            facts.moved(call, move, loop.nowMs() - move.sinceMs());
        }
    }

    @Override
    public void spoke(AudioSession session) {
        var call = held.byId(session.callId());
        if (call != null) {
            call.served = true;
        }
    }

    @Override
    public void refused(AudioSession session, String reason) {
        LOG.infof("A bridge refuses a stream. callId=%s reason=%s", session.callId(), reason);
        withoutBridge(session, MoveCause.REFUSED, HandOver.Input.SERVING_LOST);
    }

    @Override
    public void bridgeLost(AudioSession session) {
        withoutBridge(session, MoveCause.LOST, HandOver.Input.SERVING_LOST);
    }

    @Override
    public void released(AudioSession session) {
        withoutBridge(session, MoveCause.DRAINING, HandOver.Input.RELEASED);
    }

    /** The caller has no bridge: the one that stands ready takes him, or another is found. */
    private void withoutBridge(AudioSession session, MoveCause cause, HandOver.Input input) {
        var call = held.byId(session.callId());
        // When the provider is to go on elsewhere, whoever has the next stream sees to it.
        if (call == null || call.session != session || session.isLeaving()) {
            return;
        }
        var passage = call.passage;
        call.unserved(passage == null || input != HandOver.Input.RELEASED ? cause : passage.cause(), loop.nowMs());
        if (passage == null || !passage.on(input)) {
            ownership.move(call);
        }
    }

    @Override
    public void giveAway(AudioSession session, String reason) {
        var call = held.byId(session.callId());
        if (call != null && call.session == session) {
            handOvers.asked(call, reason);
        }
    }

    @Override
    public void hangingUp(AudioSession session, EndReason reason) {
        var call = held.byId(session.callId());
        if (call != null && call.intended == null) {
            call.intended = reason;
            facts.ending(call, reason);
        }
    }

    @Override
    public void over(AudioSession session, StreamEnd end) {
        sessions.forget(session);
        var call = held.byId(session.callId());
        if (call == null) {
            facts.streamEnded(session, end, Optional.empty());
            return;
        }
        facts.streamEnded(session, end, Optional.ofNullable(call.incoming.traceparent()));
        if (call.session == session) {
            call.session = null;
            call.move = null;
            var passage = call.passage;
            if (passage != null) {
                passage.on(HandOver.Input.CALLER_LOST);
            }
        }
        switch (end) {
            case STOPPED -> ending.end(call, Outcome.COMPLETED);
            case CLOSED, LOST -> ending.expectStream(call, config.comeBackMs());
            case REPLACED -> LOG.infof("A stream was replaced. callId=%s", call.callId);
        }
    }
}
