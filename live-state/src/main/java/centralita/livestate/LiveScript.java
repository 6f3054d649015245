package centralita.livestate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The Lua scripts that change live state. Each is one step that nothing interrupts; its keys and arguments stand at its
 * head. Nothing in them is newer than Redis 6.2.
 */
public enum LiveScript {
    /** Creates a call with epoch 1, or tells which call already has this provider's id. */
    RECEIVE_CALL("receive-call.lua"),
    /** Gives a call a new owner and a higher epoch. */
    OWN_CALL("own-call.lua"),
    /** Sets fields of a call, if the writer's epoch is not stale. */
    UPDATE_CALL("update-call.lua"),
    /** Marks a call as ending; the first reason stays. */
    END_CALL("end-call.lua"),
    /** Appends to a call's journal, if the writer's epoch is not stale. */
    APPEND_JOURNAL("append-journal.lua");

    private final String text;

    LiveScript(String file) {
        try (var in = LiveScript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the script " + file + " is not in the jar");
            }
            this.text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the script " + file, e);
        }
    }

    public String text() {
        return text;
    }
}
