package centralita.contracts.call;

/**
 * Tokens that one model response was billed for. Cached tokens are a part of the input tokens of their kind, never an
 * addition.
 *
 * @param textIn input text tokens, cached ones included
 * @param textCached of {@code textIn}, read from the cache
 * @param audioIn input audio tokens, cached ones included
 * @param audioCached of {@code audioIn}, read from the cache
 * @param textOut output text tokens, reasoning included
 * @param audioOut output audio tokens
 */
public record Tokens(long textIn, long textCached, long audioIn, long audioCached, long textOut, long audioOut) {
    public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0, 0);

    public Tokens plus(Tokens other) {
        return new Tokens(
                textIn + other.textIn,
                textCached + other.textCached,
                audioIn + other.audioIn,
                audioCached + other.audioCached,
                textOut + other.textOut,
                audioOut + other.audioOut);
    }
}
