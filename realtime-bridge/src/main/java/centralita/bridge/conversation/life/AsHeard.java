package centralita.bridge.conversation.life;

/** The words of an answer that the caller has heard, when he interrupted it. The model does not tell (6.3). */
final class AsHeard {
    private AsHeard() {}

    /**
     * By share of time, to the end of the last whole word: people are cut between words more often than the estimate is
     * right to the letter.
     *
     * @return empty when nothing was heard; {@code text} when all was
     */
    static String estimate(String text, long heardMs, long madeMs) {
        if (heardMs <= 0 || madeMs <= 0) {
            return "";
        }
        if (heardMs >= madeMs) {
            return text;
        }
        var end = (int) (text.length() * heardMs / madeMs);
        if (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            while (end > 0 && !Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
        }
        return text.substring(0, end).strip();
    }
}
