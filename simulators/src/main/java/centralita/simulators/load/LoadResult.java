package centralita.simulators.load;

import centralita.simulators.load.FrameIntake.Account;
import java.util.List;
import java.util.Map;

/**
 * What one run of the load measured.
 *
 * @param calls that were asked for
 * @param heard calls in which the caller heard the model
 * @param failures why the others did not, with how many each
 * @param windowSeconds length of the measured window
 * @param webhook from request to TwiML, one per call; none where there is no webhook
 * @param firstAudio from the stream's start to the first frame heard, one per call
 * @param toModel caller to model
 * @param toCaller model to caller
 * @param bargeIn from the model's {@code speech_started} to the {@code clear} that the caller gets
 * @param stale frames of an interrupted answer that came after its {@code clear}
 * @param generatorLate how late the generator itself sent; where this is not far below the delays, the generator was
 *     the bottleneck and the delays are not the relay's
 */
public record LoadResult(
        int calls,
        int heard,
        Map<String, Integer> failures,
        double windowSeconds,
        Percentiles webhook,
        Percentiles firstAudio,
        Direction toModel,
        Direction toCaller,
        Percentiles bargeIn,
        long stale,
        Percentiles generatorLate) {

    /**
     * One direction.
     *
     * @param delay from right before the frame was written to right after it was read, in the window
     * @param sent frames over the whole run
     * @param received intact ones
     * @param unheard sent before the first that arrived, per call: the relay was not ready yet
     * @param lost frames that should have arrived and did not
     * @param corrupted pieces that were no intact frame
     * @param crossed frames of another call
     * @param disordered frames twice or out of order
     * @param silenceBytes silence that the relay put in
     */
    public record Direction(
            Percentiles delay,
            long sent,
            long received,
            long unheard,
            long lost,
            long corrupted,
            long crossed,
            long disordered,
            long silenceBytes) {
        static Direction of(Percentiles delay, long sent, List<Account> accounts) {
            return new Direction(
                    delay,
                    sent,
                    accounts.stream().mapToLong(Account::received).sum(),
                    accounts.stream().mapToLong(Account::unheard).sum(),
                    accounts.stream().mapToLong(Account::lost).sum(),
                    accounts.stream().mapToLong(Account::corrupted).sum(),
                    accounts.stream().mapToLong(Account::crossed).sum(),
                    accounts.stream().mapToLong(Account::disordered).sum(),
                    accounts.stream().mapToLong(Account::silenceBytes).sum());
        }

        /** Frames that did not arrive as they were sent. */
        public long faulty() {
            return lost + corrupted + crossed + disordered;
        }
    }

    /** Whether something was measured and every frame arrived once, whole, in order, where it belonged. */
    public boolean clean() {
        return heard == calls
                && failures.isEmpty()
                && toModel.received() > 0
                && toCaller.received() > 0
                && toModel.faulty() == 0
                && toCaller.faulty() == 0
                && stale == 0;
    }
}
