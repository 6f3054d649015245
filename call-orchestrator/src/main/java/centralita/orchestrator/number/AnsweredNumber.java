package centralita.orchestrator.number;

/**
 * Which assistant answers a number.
 *
 * @param number E.164, one of ours; {@code *} for all that are not named
 */
public record AnsweredNumber(String number, String assistantId) {}
