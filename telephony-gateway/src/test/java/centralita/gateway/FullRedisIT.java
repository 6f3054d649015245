package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.RecordKind;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.ProviderStream;
import centralita.gateway.testing.RunningGateway;
import centralita.livestate.LiveKeys;
import io.quarkus.test.junit.QuarkusTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** F-S3: a Redis that is full, and refuses to write anything more. */
@QuarkusTest
class FullRedisIT extends RunningGateway {
    @Test
    void callsAreAnsweredAndConnectedMeanwhileAndWrittenAfterwards() {
        // Given
        bridge.keepQuiet();
        redis.execute("CONFIG", "SET", "maxmemory", "1");
        var callSid = newCall();
        Provider.Answer answer;
        ProviderStream stream;
        try {
            // When
            answer = provider.post("/webhook/twilio", Provider.fields(callSid));
            stream = provider.open(answer.streamUrl()).start(callSid);

            // Then
            bridge.await(RecordKind.ATTACH, answer.callId());
            assertThat(redis.key().exists(LiveKeys.call(answer.callId()))).isFalse();
        } finally {
            redis.execute("CONFIG", "SET", "maxmemory", "0");
        }
        Awaitility.await()
                .until(() -> callSid.equals(redis.hash(String.class).hget(LiveKeys.call(answer.callId()), "callSid")));
        stream.stop(callSid);
        events.awaitEnd(answer.callId());
    }
}
