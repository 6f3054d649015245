package centralita.simulators.twilio;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** How Twilio writes times: RFC 2822 with a numeric zone in answers and callbacks, ISO 8601 in queries. */
final class TwilioTime {
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private TwilioTime() {}

    static String write(Instant instant) {
        return RFC_2822.format(instant.atOffset(ZoneOffset.UTC));
    }

    /**
     * @param query a date, which means its midnight in UTC, or a time, in UTC unless it names its zone
     * @throws ApiRefusal when it is neither
     */
    static Instant read(String query) {
        try {
            if (!query.contains("T")) {
                return LocalDate.parse(query).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            var time = DateTimeFormatter.ISO_DATE_TIME.parseBest(query, ZonedDateTime::from, LocalDateTime::from);
            return time instanceof ZonedDateTime zoned
                    ? zoned.toInstant()
                    : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new ApiRefusal(400, 20001, "not a date or time: " + query);
        }
    }
}
