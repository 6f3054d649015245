package centralita.simulators.twilio;

/** Twilio's words for where a call stands (twilio.md 4.2). */
enum CallStatus {
    QUEUED("queued"),
    INITIATED("initiated"),
    RINGING("ringing"),
    IN_PROGRESS("in-progress"),
    COMPLETED("completed"),
    BUSY("busy"),
    NO_ANSWER("no-answer"),
    FAILED("failed"),
    CANCELED("canceled");

    private final String word;

    CallStatus(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** REST never shows {@code initiated}. */
    String restWord() {
        return this == INITIATED ? QUEUED.word : word;
    }

    boolean over() {
        return compareTo(COMPLETED) >= 0;
    }

    /** The event of a status callback. */
    String event() {
        return switch (this) {
            case IN_PROGRESS -> "answered";
            case COMPLETED, BUSY, NO_ANSWER, FAILED, CANCELED -> "completed";
            default -> word;
        };
    }
}
