package centralita.bridge.conversation.life;

/**
 * A moment of what the caller said.
 *
 * @param streamSid the provider's id of his stream. Not its number: a gateway that Redis does not answer counts from what it
 *     knows, and two streams of a call may have the same
 * @param ms since that stream's beginning
 */
public record StreamTime(String streamSid, long ms) {}
