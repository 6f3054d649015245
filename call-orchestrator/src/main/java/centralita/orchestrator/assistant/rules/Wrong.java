package centralita.orchestrator.assistant.rules;

/**
 * One wrong part of a draft.
 *
 * @param pointer RFC 6901
 * @param code stable, upper snake case
 * @param expected what would be right
 */
public record Wrong(String pointer, String code, String expected) {}
