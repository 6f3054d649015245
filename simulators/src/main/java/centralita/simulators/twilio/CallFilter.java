package centralita.simulators.twilio;

import io.vertx.core.MultiMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The filters of Twilio's list of calls. Times are dates or instants in UTC; a date means its whole day. */
final class CallFilter {
    private static final List<String> KNOWN =
            List.of("To", "From", "ParentCallSid", "Status", "StartTime", "StartTime<", "StartTime>");

    private final MultiMap query;

    CallFilter(MultiMap query) {
        this.query = query;
    }

    boolean matches(LiveCall call) {
        return same("To", call.plan().to())
                && same("From", call.plan().from())
                && same("ParentCallSid", call.plan().parentSid())
                && same("Status", call.status().restWord())
                && inTime(call.createdAt());
    }

    private boolean same(String name, String value) {
        var wanted = CallOrder.text(query, name);
        return wanted.isEmpty() || wanted.equals(value);
    }

    private boolean inTime(Instant started) {
        var on = CallOrder.text(query, "StartTime");
        var before = CallOrder.text(query, "StartTime<");
        var after = CallOrder.text(query, "StartTime>");
        return (on.isEmpty()
                        || !started.isBefore(TwilioTime.read(on))
                                && started.isBefore(TwilioTime.read(on).plusSeconds(86_400)))
                && (before.isEmpty() || started.isBefore(end(before)))
                && (after.isEmpty() || !started.isBefore(TwilioTime.read(after)));
    }

    private static Instant end(String time) {
        return time.contains("T")
                ? TwilioTime.read(time).plusSeconds(1)
                : TwilioTime.read(time).plusSeconds(86_400);
    }

    /** The query of another page of the same list. */
    String query(int page, int pageSize) {
        var text = new StringBuilder("PageSize=" + pageSize + "&Page=" + page);
        for (var name : KNOWN) {
            var value = CallOrder.text(query, name);
            if (!value.isEmpty()) {
                text.append('&').append(encoded(name)).append('=').append(encoded(value));
            }
        }
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
