package centralita.bridge.conversation.life;

import java.util.Locale;

/** What makes the assistant speak. */
enum Trigger {
    GREETING,
    SPEECH,
    TOOL,
    SILENCE,
    DIGITS,
    LIMIT,
    /** The line or the model's session was lost and is back. */
    RESUME;

    /** As the turn's fact names it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
