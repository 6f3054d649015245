package centralita.bridge.conversation.life;

/** A moment of what the caller said. @param stream 1 for the call's first stream @param ms since that stream's beginning */
public record StreamTime(int stream, long ms) {}
