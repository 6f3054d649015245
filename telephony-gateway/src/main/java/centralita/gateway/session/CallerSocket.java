package centralita.gateway.session;

/** The provider's end of a media stream, as a session uses it. */
public interface CallerSocket {
    /** @return false when the socket takes no more now */
    boolean media(byte[] mulaw, int offset, int length);

    void mark(String name);

    void clear();

    /** Closes the socket in order: nothing more is taken from it. */
    void close(short code, String reason);

    /**
     * Closes the socket in order, and passes on what the provider sends until it has seen that. The session hears of the
     * end then, or after a moment.
     */
    void leave(short code, String reason);
}
