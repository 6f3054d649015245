package centralita.local.chaos;

/**
 * A fault that took place. Times are milliseconds of {@link System#nanoTime()}.
 *
 * @param fault its name in the plan
 * @param detail which process, how long
 * @param liveCalls on the line at that moment
 * @param overMs when it was healed
 * @param note what else was seen, such as how long a drain took; empty for nothing
 */
record Strike(String fault, String detail, int liveCalls, long atMs, long overMs, String note) {}
