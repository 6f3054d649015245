package centralita.simulators.twilio;

/** A request of Twilio's to us that came to nothing. */
final class WebhookFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a retry policy can name; the word is the one of the connection override {@code rp}. */
    enum Kind {
        CONNECT("ct"),
        READ_TIMEOUT("rt"),
        CLIENT_ERROR("4xx"),
        SERVER_ERROR("5xx"),
        OTHER("");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private final Kind kind;
    private final int code;
    private final int status;

    private WebhookFailure(Kind kind, int code, int status, String text) {
        super(text, null, false, false);
        this.kind = kind;
        this.code = code;
        this.status = status;
    }

    /** @param code of Twilio's error list */
    static WebhookFailure of(int code, String text) {
        return new WebhookFailure(Kind.OTHER, code, 0, text);
    }

    static WebhookFailure connect(int code, String text) {
        return new WebhookFailure(Kind.CONNECT, code, 0, text);
    }

    static WebhookFailure readTimeout() {
        return new WebhookFailure(Kind.READ_TIMEOUT, 11205, 0, "no first byte in time");
    }

    static WebhookFailure answered(int status) {
        var kind = switch (status / 100) {
            case 4 -> Kind.CLIENT_ERROR;
            case 5 -> Kind.SERVER_ERROR;
            default -> Kind.OTHER;
        };
        return new WebhookFailure(kind, 11217, status, "answered " + status);
    }

    Kind kind() {
        return kind;
    }

    int code() {
        return code;
    }

    /** HTTP status, or 0 when there was no answer. */
    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
