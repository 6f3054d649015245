package centralita.bridge.conversation.life;

import java.util.List;

/** What an input does to a conversation. @param effects to be carried out in this order */
public record Decision(Conversation to, List<Effect> effects) {}
