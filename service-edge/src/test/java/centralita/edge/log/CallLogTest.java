package centralita.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.id.UuidV7;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class CallLogTest {
    @Test
    void anInnerCallDoesNotLoseTheOuterOne() {
        var outer = UuidV7.next();
        var inner = UuidV7.next();

        try (var _ = CallLog.within(outer)) {
            CallLog.run(inner, () -> assertThat(MDC.get("callId")).isEqualTo(inner.toString()));
            assertThat(MDC.get("callId")).isEqualTo(outer.toString());
        }
        assertThat(MDC.get("callId")).isNull();
    }
}
