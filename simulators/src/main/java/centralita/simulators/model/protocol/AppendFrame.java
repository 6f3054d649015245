package centralita.simulators.model.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code input_audio_buffer.append} without making a tree: fifty such events a second and call are nearly all
 * that arrives. It knows only a flat object of plain texts; whatever is otherwise goes the ordinary way.
 */
public final class AppendFrame {
    private static final byte[] TYPE = ascii("type");
    private static final byte[] AUDIO = ascii("audio");
    private static final byte[] EVENT_ID = ascii("event_id");
    private static final byte[] APPEND = ascii("input_audio_buffer.append");
    private static final int LONGEST_EVENT_ID = 512;

    private final byte[] json;
    private int at;
    private int textFrom;
    private int textTo;

    private AppendFrame(byte[] json) {
        this.json = json;
    }

    /**
     * @param json the whole frame, UTF-8
     * @return the audio; null when this is another event, or one that must be read with care
     */
    public static byte @Nullable [] audioOf(byte[] json) {
        return new AppendFrame(json).audio();
    }

    private byte @Nullable [] audio() {
        if (!skipped('{')) {
            return null;
        }
        boolean append = false;
        int audioFrom = -1;
        int audioTo = -1;
        do {
            if (!text()) {
                return null;
            }
            int nameFrom = textFrom;
            int nameTo = textTo;
            if (!skipped(':') || !text()) {
                return null;
            }
            if (is(TYPE, nameFrom, nameTo)) {
                append = is(APPEND, textFrom, textTo);
                if (!append) {
                    return null;
                }
            } else if (is(AUDIO, nameFrom, nameTo)) {
                audioFrom = textFrom;
                audioTo = textTo;
            } else if (!is(EVENT_ID, nameFrom, nameTo) || textTo - textFrom > LONGEST_EVENT_ID) {
                return null;
            }
        } while (skipped(','));
        if (!append || audioFrom < 0 || !skipped('}') || nextNonBlank() != -1) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(Arrays.copyOfRange(json, audioFrom, audioTo));
        } catch (IllegalArgumentException e) {
            // The ordinary way says what is wrong with it.
            return null;
        }
    }

    /** Reads a text without escapes. */
    private boolean text() {
        if (!skipped('"')) {
            return false;
        }
        textFrom = at;
        while (at < json.length && json[at] != '"') {
            if (json[at] == '\\') {
                return false;
            }
            at++;
        }
        textTo = at++;
        return at <= json.length;
    }

    private boolean skipped(char wanted) {
        if (nextNonBlank() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private int nextNonBlank() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at < json.length ? json[at] : -1;
    }

    private boolean is(byte[] word, int from, int to) {
        return Arrays.equals(json, from, to, word, 0, word.length);
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
