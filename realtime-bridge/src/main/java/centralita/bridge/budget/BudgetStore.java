package centralita.bridge.budget;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where all bridges count together. */
public interface BudgetStore {
    /**
     * What the calls of this bridge used of one model since the last time.
     *
     * @param callMs time of calls, all together
     * @param limit tokens per minute; 0 when nobody says a limit
     * @param left tokens by the provider's word; -1 when it said nothing new
     */
    record Spending(String provider, String model, long tokens, long callMs, long limit, long left) {}

    /** One write for all. Completes on the media event loop; fails when it may not have been counted. */
    Uni<Void> spend(List<Spending> spendings);
}
