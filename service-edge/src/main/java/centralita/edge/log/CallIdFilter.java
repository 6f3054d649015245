package centralita.edge.log;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Lifts the callId out of a line's {@code callId=…} into the field of that name, so that the lines of one call are found
 * by a field and not by searching in text, whoever wrote them. Lines that have the field already stay as they are.
 */
@LoggingFilter(name = "call-id")
public final class CallIdFilter implements Filter {
    private static final String MARK = CallLog.CALL_ID + "=";
    private static final Pattern CALL_ID =
            Pattern.compile("\\b" + MARK + "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\b");

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord record
                && record.getMessage() != null
                && record.getMessage().contains(MARK)
                && record.getMdc(CallLog.CALL_ID) == null) {
            var found = CALL_ID.matcher(record.getFormattedMessage());
            if (found.find()) {
                record.putMdc(CallLog.CALL_ID, found.group(1));
            }
        }
        return true;
    }
}
