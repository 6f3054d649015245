package centralita.livestate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The Lua scripts that change live state. Each is one step that nothing interrupts; its keys and arguments stand at its
 * head. Nothing in them is newer than Redis 6.2.
 */
public enum LiveScript {
    /** Creates a call with epoch 1, or tells which call already has this provider's id. */
    RECEIVE_CALL("receive-call.lua"),
    /** Writes a call that a gateway holds, when Redis has forgotten it, never heard of it or knows less of it. */
    RESTORE_CALL("restore-call.lua"),
    /** Gives a call a new owner and a higher epoch. */
    OWN_CALL("own-call.lua"),
    /** Sets fields of a call, if the writer's epoch is not stale. */
    UPDATE_CALL("update-call.lua"),
    /** Marks a call as ending; the first reason stays. */
    END_CALL("end-call.lua"),
    /** Appends to a call's journal, if the writer's epoch is not stale. */
    APPEND_JOURNAL("append-journal.lua"),
    /** Writes all that a bridge knows of a call's journal, if its epoch is not stale, when Redis may have lost some of it. */
    RESTORE_JOURNAL("restore-journal.lua"),
    /** Adds what a bridge has seen of a provider of models, and tells whether it may be asked. */
    REPORT_MODEL("report-model.lua"),
    /** Reserves room for a call, unless a limit is reached. */
    ADMIT_CALL("admit-call.lua"),
    /** Writes a call's reservation, when Redis has forgotten it or never heard of it; no limit is asked. */
    READMIT_CALL("readmit-call.lua"),
    /** Gives a call's reservations back. */
    RELEASE_CALL("release-call.lua"),
    /** Takes what a bridge has used from the budget of a model. */
    SPEND_TOKENS("spend-tokens.lua");

    private final String text;
    private final String sha1;

    LiveScript(String file) {
        try (var in = LiveScript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the script " + file + " is not in the jar");
            }
            this.text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the script " + file, e);
        }
        this.sha1 = sha1(text);
    }

    private static String sha1(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-1", e);
        }
    }

    public String text() {
        return text;
    }

    /** The name under which Redis knows the script once it was loaded or run ({@code EVALSHA}). */
    public String sha1() {
        return sha1;
    }
}
