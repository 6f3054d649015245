package centralita.gateway.ladder;

/** Something that a caller may be offered in place of the assistant. */
public enum Rung {
    /** A person at the human line. */
    PERSON,
    /** To be called back. */
    CALLBACK,
    /** To leave a message. */
    VOICEMAIL
}
