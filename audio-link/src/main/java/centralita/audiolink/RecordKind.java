package centralita.audiolink;

import org.jspecify.annotations.Nullable;

/** The kinds of records on the audio link. Gateway to bridge is below 64, bridge to gateway from 64 on. */
public enum RecordKind {
    /** Caller audio. Stamp: stream time of the first sample in ms. Body: μ-law. */
    CALLER_AUDIO(1),
    /** {@link LinkControl.Prepare}: open and configure a model session for a call that will come. */
    PREPARE(2),
    /** {@link LinkControl.Attach}: the caller is here. */
    ATTACH(3),
    /** {@link LinkControl.Dtmf}. Stamp: stream time in ms. */
    DTMF(4),
    /** How far an item was heard. Stamp: item number. Body: u32 ms, u8 1 when it was heard to its end. */
    HEARD(5),
    /** {@link LinkControl.Cleared}: the answer to CLEAR. */
    CLEARED(6),
    /** {@link LinkControl.Detached}: the caller's stream is over. */
    DETACHED(7),
    /** {@link LinkControl.HandOver}: another bridge is warm, let go at the next turn boundary. */
    HAND_OVER(8),

    /** Assistant audio. Stamp: item number. Body: μ-law. */
    PLAY(64),
    /** An item has all its audio. Stamp: item number. Body: empty. */
    ITEM_END(65),
    /** Stop playing, forget what waits. Stamp: number of this order, counted from 1. Body: empty. */
    CLEAR(66),
    /** {@link LinkControl.HangUp}: end the call. */
    HANG_UP(67),
    /** {@link LinkControl.Ready}: the answer to ATTACH. */
    READY(68),
    /** {@link LinkControl.Refused}: the answer to PREPARE or ATTACH; the session number is free again. */
    REFUSED(69),
    /** Reserved: {@code transfer}. */
    TRANSFER(70),
    /** {@link LinkControl.GiveAway}: the bridge asks the gateway to find the call another bridge; it serves on until then. */
    GIVE_AWAY(71),
    /** The answer to a PREPARE whose model session is configured, under the number of PREPARE. Body: empty. */
    PREPARED(72),
    /**
     * The answer to HAND_OVER: all that was said is in the journal, nothing more comes; the number is free. Stamp: ms of the
     * caller's last audio that the next bridge is to hear. Body: empty.
     */
    RELEASED(73),
    /** The caller waits for words that are late: the gateway fills the silence until the next PLAY or CLEAR. Body: empty. */
    FILLER(74);

    private static final @Nullable RecordKind[] BY_CODE = new RecordKind[256];

    static {
        for (var kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether it names a call, and so stands under a {@link LinkSeal}; all others speak of what an order has opened. */
    public boolean isOrder() {
        return this == PREPARE || this == ATTACH;
    }

    /** The kind of a code, or null for one from a newer peer: skip such a record. */
    public static @Nullable RecordKind of(int code) {
        return BY_CODE[code & 0xFF];
    }
}
