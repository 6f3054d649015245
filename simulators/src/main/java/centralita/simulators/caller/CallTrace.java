package centralita.simulators.caller;

import centralita.simulators.twilio.LineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a call's documents and streams tell beside the audio. */
final class CallTrace {
    private static final Pattern AFTER_STREAM =
            Pattern.compile("/after-stream/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");
    private static final int MAX_CLEARS = 1_000;

    private final List<LineEvent.StreamCleared> clears = new ArrayList<>();
    private final List<String> announcements = new ArrayList<>();
    private String callId = "";

    void add(LineEvent event) {
        switch (event) {
            case LineEvent.Fetched(var url, var twiml) -> {
                var after = AFTER_STREAM.matcher(twiml);
                if (after.find()) {
                    callId = after.group(1);
                }
            }
            case LineEvent.StreamCleared cleared -> {
                if (clears.size() < MAX_CLEARS) {
                    clears.add(cleared);
                }
            }
            case LineEvent.Announced(var text) -> announcements.add(text);
            case LineEvent.StreamOpened _, LineEvent.StreamClosed _ -> {}
        }
    }

    /** Our id of the call; empty until a document has told it. */
    String callId() {
        return callId;
    }

    List<LineEvent.StreamCleared> clears() {
        return List.copyOf(clears);
    }

    List<String> announcements() {
        return List.copyOf(announcements);
    }
}
