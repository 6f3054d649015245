package centralita.gateway.recording;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call that this gateway records, as it stands. Event loop only. */
final class RecordedCall {
    final UUID callId;

    @Nullable
    StereoTrack track;

    int lastStream;
    /** Objects on their way to the storage. */
    int pending;
    /** Whether the call has ended here. */
    boolean over;

    boolean paused;
    /** Raised with every word on pausing, so that an answer to an older question is known as old. */
    int words;
    /** Whether others have yet to be told the last word. */
    boolean untold;
    /** Whether nobody here knows yet if others paused it. */
    boolean unknown;
    /** Whether a loss was logged already: one line for each call. */
    boolean lossLogged;

    RecordedCall(UUID callId) {
        this.callId = callId;
    }
}
