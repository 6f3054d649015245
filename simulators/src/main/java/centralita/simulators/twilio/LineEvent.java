package centralita.simulators.twilio;

import java.net.URI;

/** What happened on a line, in the order in which it happened. */
public sealed interface LineEvent {
    /** @param text of a {@code <Say>} that begins now */
    record Announced(String text) implements LineEvent {}

    /** @param twiml of an accepted document, as it was sent */
    record Fetched(URI url, String twiml) implements LineEvent {}

    record StreamOpened(String streamSid) implements LineEvent {}

    /**
     * Our side emptied the buffer.
     *
     * @param playedMs audio of this stream that has sounded until now, silence from an empty buffer not counted
     * @param droppedMs audio that will never be heard
     */
    record StreamCleared(String streamSid, long playedMs, long droppedMs) implements LineEvent {}

    /** @param closedByUs whether our server closed the socket, and not the call */
    record StreamClosed(String streamSid, boolean closedByUs) implements LineEvent {}
}
