package centralita.livestate;

import java.util.Map;

/**
 * What a model may be used for, as all bridges know it together: {@code spend-tokens.lua} writes it.
 *
 * @param limit tokens per minute; 0 when nobody said one
 * @param level tokens left at {@code atMs}; meaningless without a limit
 * @param atMs Unix milliseconds by Redis' clock
 * @param spent tokens of the last minutes, the older the less
 * @param callMs time of calls in which they were spent
 */
public record ModelBudget(long limit, long level, long atMs, double spent, double callMs) {
    /** Nobody has said or used anything. */
    public static final ModelBudget UNKNOWN = new ModelBudget(0, 0, 0, 0, 0);

    /** @return {@link #UNKNOWN} for an empty hash @throws IllegalArgumentException when a field is no number */
    public static ModelBudget of(Map<String, String> fields) {
        return new ModelBudget(
                (long) number(fields, "limit"),
                (long) number(fields, "level"),
                (long) number(fields, "at"),
                number(fields, "spent"),
                number(fields, "callMs"));
    }

    private static double number(Map<String, String> fields, String name) {
        return Double.parseDouble(fields.getOrDefault(name, "0"));
    }

    /** Tokens left at a later time: the provider fills the bucket evenly. @param nowMs by the clock of {@code atMs} */
    public long leftAt(long nowMs) {
        return Math.min(limit, level + Math.max(0, nowMs - atMs) * limit / 60_000);
    }

    /**
     * What one minute of one call uses.
     *
     * @param otherwise while fewer than {@code enoughCallMs} of calls are known
     */
    public double tokensPerCallMinute(double otherwise, long enoughCallMs) {
        return callMs < enoughCallMs || spent <= 0 ? otherwise : spent / callMs * 60_000;
    }
}
