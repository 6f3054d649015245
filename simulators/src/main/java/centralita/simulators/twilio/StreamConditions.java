package centralita.simulators.twilio;

import java.time.Duration;
import java.util.List;

/**
 * How a call's media streams behave, in particular where Twilio's behaviour is not documented or the network is bad.
 * The default is a good line.
 *
 * @param nextVerbAfterServerClose whether TwiML goes on after our server closed the socket; otherwise the call ends
 * @param nextVerbAfterFailure the same after a refused handshake or an abnormal close
 * @param connectActionRuns whether {@code <Connect action>} is asked after a stream
 * @param holes frames that are lost, so that time stamps jump
 * @param stopMessage whether {@code stop} is sent when the caller hangs up
 * @param abruptEnd whether the TCP connection is cut instead of closed
 * @param readPause how long the stream does not read what we send, once, after its start
 * @param delay of every message, one way, both ways
 * @param jitter added to the delay at random, order kept
 */
public record StreamConditions(
        boolean nextVerbAfterServerClose,
        boolean nextVerbAfterFailure,
        boolean connectActionRuns,
        List<Hole> holes,
        boolean stopMessage,
        boolean abruptEnd,
        Duration readPause,
        Duration delay,
        Duration jitter) {
    /** Frames from {@code fromFrame} (counted from 0), {@code frames} of them, are not sent. */
    public record Hole(long fromFrame, long frames) {
        boolean contains(long frame) {
            return frame >= fromFrame && frame < fromFrame + frames;
        }
    }

    public static final StreamConditions GOOD =
            new StreamConditions(true, true, true, List.of(), true, false, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public StreamConditions withNextVerbAfterServerClose(boolean runs) {
        return new StreamConditions(
                runs, runs, connectActionRuns, holes, stopMessage, abruptEnd, readPause, delay, jitter);
    }

    public StreamConditions withConnectActionRuns(boolean runs) {
        return new StreamConditions(
                nextVerbAfterServerClose,
                nextVerbAfterFailure,
                runs,
                holes,
                stopMessage,
                abruptEnd,
                readPause,
                delay,
                jitter);
    }

    public StreamConditions withHoles(List<Hole> lost) {
        return new StreamConditions(
                nextVerbAfterServerClose,
                nextVerbAfterFailure,
                connectActionRuns,
                List.copyOf(lost),
                stopMessage,
                abruptEnd,
                readPause,
                delay,
                jitter);
    }

    /** @param stop whether {@code stop} is sent; @param abrupt whether TCP is cut */
    public StreamConditions withEnd(boolean stop, boolean abrupt) {
        return new StreamConditions(
                nextVerbAfterServerClose,
                nextVerbAfterFailure,
                connectActionRuns,
                holes,
                stop,
                abrupt,
                readPause,
                delay,
                jitter);
    }

    public StreamConditions withNetwork(Duration pause, Duration oneWayDelay, Duration maxJitter) {
        return new StreamConditions(
                nextVerbAfterServerClose,
                nextVerbAfterFailure,
                connectActionRuns,
                holes,
                stopMessage,
                abruptEnd,
                pause,
                oneWayDelay,
                maxJitter);
    }

    boolean lost(long frame) {
        for (var hole : holes) {
            if (hole.contains(frame)) {
                return true;
            }
        }
        return false;
    }
}
