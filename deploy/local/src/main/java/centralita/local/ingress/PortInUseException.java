package centralita.local.ingress;

/** Somebody listens on the port already. The message is one sentence with what to do. */
public final class PortInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortInUseException(int port, Throwable cause) {
        super(
                "Port " + port + " is in use by another program: end that one, or choose another port with --port.",
                cause);
    }
}
