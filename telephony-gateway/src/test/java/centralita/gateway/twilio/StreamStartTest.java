package centralita.gateway.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.id.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TH-4: a stream begins only for the call that its address was made for. */
class StreamStartTest {
    private static final String OURS = "AC00000000000000000000000000000001";
    private static final String OTHERS = "AC00000000000000000000000000000002";
    private static final String CALL = "CA00000000000000000000000000000001";
    private static final String STREAM = "MZ00000000000000000000000000000001";

    private final StreamToken tokens =
            new StreamToken(List.of("a-token-of-the-tests"), Clock.systemUTC(), Duration.ofMinutes(1));
    private final StreamToken.Ticket ticket =
            tokens.read(tokens.issue(UuidV7.next(), CALL)).orElseThrow();

    @ParameterizedTest
    @CsvSource({"audio/x-mulaw,8000", "'',0", "audio/x-mulaw,0", "'',8000"})
    void theCallsOwnStreamIsLetInAlsoWhenItSaysNothingOfItsSound(String encoding, int sampleRate) {
        assertThat(start(STREAM, CALL, OURS, encoding, sampleRate).complaint(ticket, OURS))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MZ00000000000000000000000000000001,CA00000000000000000000000000000002," + OURS,
        "MZ00000000000000000000000000000001,CA00000000000000000000000000000001," + OTHERS,
        "../etc,CA00000000000000000000000000000001," + OURS
    })
    void whatNamesAnotherCallAnotherAccountOrNoStreamIsRefused(String streamSid, String callSid, String accountSid) {
        assertThat(start(streamSid, callSid, accountSid, "audio/x-mulaw", 8000).complaint(ticket, OURS))
                .isEqualTo(Optional.of("start-of-another-call"));
    }

    @Test
    void withoutAnAccountOfOursAnyWillDo() {
        assertThat(start(STREAM, CALL, OTHERS, "audio/x-mulaw", 8000).complaint(ticket, ""))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"audio/x-alaw,8000", "audio/x-mulaw,16000"})
    void soundThatWeDoNotSpeakIsRefused(String encoding, int sampleRate) {
        assertThat(start(STREAM, CALL, OURS, encoding, sampleRate).complaint(ticket, OURS))
                .isEqualTo(Optional.of("encoding"));
    }

    private static MediaStreamMessage.Start start(
            String streamSid, String callSid, String accountSid, String encoding, int sampleRate) {
        return new MediaStreamMessage.Start(
                streamSid, callSid, accountSid, encoding, sampleRate, StreamParameters.read(Map.of()));
    }
}
