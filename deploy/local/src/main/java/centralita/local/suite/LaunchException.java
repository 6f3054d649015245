package centralita.local.suite;

import org.jspecify.annotations.Nullable;

/** The suite could not start. The message is one sentence for whoever typed the command: what, and what to do. */
public final class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LaunchException(String sentence) {
        super(sentence);
    }

    public LaunchException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
