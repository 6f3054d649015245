package centralita.simulators.twilio;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request to create a call (twilio.md 6.1).
 *
 * @param twiml used when {@code document} has no URL
 * @param detection {@code Enable}, {@code DetectMessageEnd} or empty
 * @param detectionCallback told the verdict when detection runs beside the call
 */
record CallOrder(
        String to,
        String from,
        Verb.Action document,
        String twiml,
        Verb.Action fallback,
        Verb.Action statusCallback,
        Set<String> events,
        Duration timeout,
        Duration timeLimit,
        String detection,
        boolean asynchronousDetection,
        Verb.Action detectionCallback) {
    private static final Map<String, Integer> REFUSED_NUMBERS = Map.of(
            "+15005550001", 21211,
            "+15005550002", 21214,
            "+15005550003", 21215,
            "+15005550004", 21216);

    /** @throws ApiRefusal with Twilio's code when something is missing or wrong */
    static CallOrder read(MultiMap form) {
        var to = text(form, "To");
        var from = text(form, "From");
        if (to.isEmpty()) {
            throw new ApiRefusal(400, 21201, "No 'To' number is specified");
        }
        if (from.isEmpty()) {
            throw new ApiRefusal(400, 21213, "No 'From' number is specified");
        }
        var refused = REFUSED_NUMBERS.get(to);
        if (refused != null) {
            throw new ApiRefusal(400, refused, "The 'To' number is refused");
        }
        if (!to.matches("\\+[1-9][0-9]{6,14}|client:.+|sips?:.+")) {
            throw new ApiRefusal(400, 21211, "The 'To' number is not a valid phone number");
        }
        if (!from.matches("\\+[1-9][0-9]{6,14}|client:.+|sips?:.+")) {
            throw new ApiRefusal(400, 21212, "The 'From' number is not a valid phone number");
        }
        if (text(form, "Url").isEmpty() && text(form, "Twiml").isEmpty()) {
            throw new ApiRefusal(400, 21205, "Url or Twiml must be given");
        }
        var events = new TreeSet<String>();
        for (var value : form.getAll("StatusCallbackEvent")) {
            events.addAll(Set.of(value.split("[ ,]+", 10)));
        }
        return new CallOrder(
                to,
                from,
                action(form, "Url", "Method"),
                text(form, "Twiml"),
                action(form, "FallbackUrl", "FallbackMethod"),
                action(form, "StatusCallback", "StatusCallbackMethod"),
                events.isEmpty() ? Set.of("completed") : Set.copyOf(events),
                seconds(form, "Timeout", 60, 600),
                seconds(form, "TimeLimit", 14_400, 86_400),
                text(form, "SendDigits").isEmpty() ? text(form, "MachineDetection") : "",
                Boolean.parseBoolean(text(form, "AsyncAmd")),
                action(form, "AsyncAmdStatusCallback", "AsyncAmdStatusCallbackMethod"));
    }

    CallPlan plan(String sid, StreamConditions streams, CallbackConditions callbacks) {
        return new CallPlan(
                sid,
                from,
                to,
                "outbound-api",
                "",
                fallback,
                statusCallback,
                events,
                Map.of(),
                streams,
                callbacks,
                timeLimit);
    }

    static Verb.Action action(MultiMap form, String url, String method) {
        var verb = text(form, method);
        return new Verb.Action(text(form, url), verb.isEmpty() ? "POST" : verb);
    }

    static String text(MultiMap form, String name) {
        var value = form.get(name);
        return value == null ? "" : value.strip();
    }

    private static Duration seconds(MultiMap form, String name, int otherwise, int most) {
        var value = text(form, name);
        try {
            return Duration.ofSeconds(value.isEmpty() ? otherwise : Math.clamp(Integer.parseInt(value), 1, most));
        } catch (NumberFormatException e) {
            throw new ApiRefusal(400, 20001, name + " is not a number");
        }
    }
}
