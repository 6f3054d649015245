package centralita.contracts.event;

/**
 * An event that no producer of ours writes: not JSON, without its envelope, or without a field that its kind was born
 * with. Reading it again gives the same: it belongs to the dead letters. The message names fields, never values.
 */
public final class MalformedEventException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public MalformedEventException(String message) {
        super(message);
    }
}
