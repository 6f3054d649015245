package centralita.embedded;

import org.jspecify.annotations.Nullable;

/** A server could not be started or reached. The message is one sentence for whoever runs the command. */
public final class InfrastructureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InfrastructureException(String sentence) {
        super(sentence);
    }

    public InfrastructureException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
