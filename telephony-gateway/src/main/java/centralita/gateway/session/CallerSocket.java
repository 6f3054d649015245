package centralita.gateway.session;

/** The provider's end of a media stream, as a session uses it. */
public interface CallerSocket {
    /** @return false when the socket takes no more now */
    boolean media(byte[] mulaw, int offset, int length);

    void mark(String name);

    void clear();

    /** Closes the socket in order. */
    void close(short code, String reason);
}
