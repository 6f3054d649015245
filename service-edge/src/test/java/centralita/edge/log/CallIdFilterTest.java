package centralita.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class CallIdFilterTest {
    private static final String CALL_ID = "01930000-0000-7000-8000-00000000000a";

    private final CallIdFilter filter = new CallIdFilter();

    @Test
    void theCallIdOfALineBecomesItsField() {
        // Given
        var line = line("A call has ended. callId=%s outcome=%s", CALL_ID, "COMPLETED");

        // When
        var shown = filter.isLoggable(line);

        // Then
        assertThat(shown).isTrue();
        assertThat(line.getMdc("callId")).isEqualTo(CALL_ID);
    }

    @Test
    void aLineWithoutOneOrWithSomethingElseInItsPlaceHasNoField() {
        // Given
        var without = line("The pool is empty.");
        var other = line("A stream was refused. callId=%s", "+34600111222");

        // When
        filter.isLoggable(without);
        filter.isLoggable(other);

        // Then
        assertThat(without.getMdc("callId")).isNull();
        assertThat(other.getMdc("callId")).isNull();
    }

    private static ExtLogRecord line(String format, Object... values) {
        var line = new ExtLogRecord(Level.INFO, format, ExtLogRecord.FormatStyle.PRINTF, "test");
        line.setParameters(values);
        return line;
    }
}
