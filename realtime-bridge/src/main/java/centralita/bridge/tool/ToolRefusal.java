package centralita.bridge.tool;

/** A tool cannot do what it was asked for, by the model's fault. The model is told why and may try again. */
public final class ToolRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason stable, for the model @param message for the model; no personal data */
    public ToolRefusal(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
