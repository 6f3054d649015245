package centralita.simulators.caller;

import centralita.simulators.twilio.LineEvent;
import java.util.List;

/**
 * Compares where the model's memory of its own words ends with what the caller's line has really played.
 *
 * <p>Items are played in their order, each to its end or to the moment of a {@code clear}. So the lengths of the items
 * before an interrupted one, and where it was truncated, must add up to what had been played when the buffer was
 * emptied.
 */
final class TruncationJudge {
    private TruncationJudge() {}

    /**
     * @param clears of one stream, in order
     * @param items of the model, in the order of the conversation
     * @return empty when every truncation is right and there is at least one; otherwise what is wrong
     */
    static String judge(List<LineEvent.StreamCleared> clears, List<ModelMemory.Item> items, int toleranceMs) {
        var spoken = items.stream()
                .filter(item -> item.role().equals("assistant") && item.audioMs() > 0)
                .toList();
        var truncated =
                spoken.stream().filter(item -> item.truncatedAtMs() != null).count();
        if (clears.stream().noneMatch(clear -> clear.droppedMs() > 0)) {
            return "the caller's line was never cleared while the assistant spoke";
        }
        if (truncated == 0) {
            return "the model truncated nothing";
        }
        long playedMs = 0;
        for (var item : spoken) {
            if (item.truncatedAtMs() == null) {
                playedMs += item.audioMs();
                continue;
            }
            long believedMs = playedMs + item.truncatedAtMs();
            long heardMs = nearest(clears, believedMs);
            if (Math.abs(believedMs - heardMs) > toleranceMs) {
                return "the model believes %d ms of an answer were heard, the line played %d ms of it"
                        .formatted(item.truncatedAtMs(), heardMs - playedMs);
            }
            playedMs = heardMs;
        }
        return "";
    }

    private static long nearest(List<LineEvent.StreamCleared> clears, long believedMs) {
        long nearest = clears.getFirst().playedMs();
        for (var clear : clears) {
            if (Math.abs(clear.playedMs() - believedMs) < Math.abs(nearest - believedMs)) {
                nearest = clear.playedMs();
            }
        }
        return nearest;
    }
}
