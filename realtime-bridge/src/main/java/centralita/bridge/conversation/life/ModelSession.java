package centralita.bridge.conversation.life;

/**
 * One session of a model, as far as a conversation needs to know it.
 *
 * @param sessionId the model's own id
 * @param provider who runs the model
 * @param transcribes whether what the caller says is written down
 * @param lifeMs how long it may last from its beginning; 0: it does not say
 */
public record ModelSession(String sessionId, String provider, String model, boolean transcribes, long lifeMs) {
    static final ModelSession NONE = new ModelSession("", "", "", false, 0);
}
