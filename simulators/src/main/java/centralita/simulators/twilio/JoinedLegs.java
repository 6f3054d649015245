package centralita.simulators.twilio;

import centralita.simulators.speech.Mulaw;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Arrays;

/** Two legs that hear one another. Each side keeps at most a second for the other; the oldest goes first. */
final class JoinedLegs {
    private static final int MAX_FRAMES = 50;

    private final Promise<Void> parted = Promise.promise();
    private final Side one = new Side();
    private final Side other = new Side();

    Stage one() {
        return new Leg(one, other);
    }

    Stage other() {
        return new Leg(other, one);
    }

    /** Completed when either leg has left. */
    Future<Void> parted() {
        return parted.future();
    }

    private static final class Side {
        final ArrayDeque<byte[]> said = new ArrayDeque<>();
    }

    private final class Leg implements Stage {
        private final Side mine;
        private final Side theirs;

        Leg(Side mine, Side theirs) {
            this.mine = mine;
            this.theirs = theirs;
        }

        @Override
        public int play(byte[] frame) {
            var next = theirs.said.pollFirst();
            if (next == null) {
                Arrays.fill(frame, Mulaw.SILENCE);
                return 0;
            }
            System.arraycopy(next, 0, frame, 0, frame.length);
            return frame.length;
        }

        @Override
        public void take(byte[] frame) {
            if (mine.said.size() >= MAX_FRAMES) {
                mine.said.removeFirst();
            }
            mine.said.addLast(frame.clone());
        }

        @Override
        public void stop() {
            parted.tryComplete();
        }
    }
}
