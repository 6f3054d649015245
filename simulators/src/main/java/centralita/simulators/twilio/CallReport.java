package centralita.simulators.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What is known of a call when it is over.
 *
 * @param status Twilio's last word: {@code completed busy no-answer failed canceled}
 * @param endedBy who ended it
 * @param talkTime from answer to end; zero when nobody answered
 * @param incidents what Twilio's debugger would show, oldest first; at most 100
 * @param webhooks what Twilio asked of us, oldest first; at most 200
 */
public record CallReport(
        String callSid,
        String from,
        String to,
        String status,
        EndedBy endedBy,
        Duration talkTime,
        List<Incident> incidents,
        List<Webhook> webhooks,
        List<Stream> streams) {
    /** Who ended a call. */
    public enum EndedBy {
        CALLER,
        /** TwiML ran out, or said so. */
        TWIML,
        /** Our REST request. */
        API,
        /** Nobody could be reached, or nothing could be run. */
        NETWORK
    }

    /** @param code of Twilio's error list, such as 11200 */
    public record Incident(int code, String text) {}

    /** @param status HTTP status, or 0 when there was no answer */
    public record Webhook(URI url, int status, long tookMs) {}

    /**
     * A media stream whose socket was open, or was about to be. Times are milliseconds of {@link System#nanoTime()}.
     *
     * @param openedAtMs -1 when it never was
     * @param closeCode our server's; {@value #NO_CODE} when the socket broke without one, 0 when it was not our server who
     *     ended the stream
     * @param refusedMessages messages of ours that Twilio would not take (31924)
     */
    public record Stream(
            String streamSid,
            long openedAtMs,
            long endedAtMs,
            int closeCode,
            long framesSent,
            long playedMs,
            long droppedMs,
            long marks,
            long refusedMessages) {
        /** No close frame came: never sent by anybody (RFC 6455 7.4.1). */
        static final int NO_CODE = 1006;

        /** Whether our side was gone without a word. */
        public boolean brokeOff() {
            return closeCode == NO_CODE;
        }
    }
}
