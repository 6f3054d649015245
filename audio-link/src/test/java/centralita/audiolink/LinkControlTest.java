package centralita.audiolink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.assistant.AssistantProfile.Limits;
import centralita.contracts.assistant.AssistantProfile.ModelSettings;
import centralita.contracts.assistant.AssistantProfile.TurnDetection;
import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.StreamQuality;
import centralita.contracts.json.ContractsJson;
import centralita.contracts.phone.MaskedNumber;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinkControlTest {
    private static final UUID CALL = UUID.fromString("01930000-0000-7000-8000-00000000000a");

    @ParameterizedTest
    @MethodSource("controls")
    void everyControlRecordIsWrittenAsThePageSaysAndReadBack(LinkControl control, String json) {
        // When
        var written = ContractsJson.write(control);

        // Then
        assertThat(ContractsJson.mapper().valueToTree(control).toString()).isEqualTo(written);
        assertThat(written).isEqualTo(json);
        assertThat(ContractsJson.read(written, control.getClass())).isEqualTo(control);
    }

    static Stream<Arguments> controls() {
        return Stream.of(
                Arguments.of(
                        new LinkControl.Attach(CALL, 7, "MZ1", 2),
                        "{\"callId\":\"" + CALL + "\",\"epoch\":7,\"streamSid\":\"MZ1\",\"stream\":2}"),
                Arguments.of(
                        new LinkControl.Attach(
                                CALL,
                                7,
                                "MZ1",
                                2,
                                new LinkControl.Playout(4, List.of(new LinkControl.PlayedItem(4, 860, 2_140, true)))),
                        "{\"callId\":\"" + CALL + "\",\"epoch\":7,\"streamSid\":\"MZ1\",\"stream\":2,"
                                + "\"playout\":{\"lastItem\":4,\"items\":[{\"item\":4,\"heardMs\":860,"
                                + "\"leftMs\":2140,\"complete\":true}]}}"),
                Arguments.of(new LinkControl.Dtmf("#"), "{\"digit\":\"#\"}"),
                Arguments.of(
                        new LinkControl.Cleared(
                                1, List.of(new LinkControl.HeardItem(3, 860), new LinkControl.HeardItem(4, 0))),
                        "{\"order\":1,\"items\":[{\"item\":3,\"heardMs\":860},{\"item\":4,\"heardMs\":0}]}"),
                Arguments.of(new LinkControl.Cleared(2, List.of()), "{\"order\":2,\"items\":[]}"),
                Arguments.of(new LinkControl.Detached("lost", null), "{\"reason\":\"lost\"}"),
                Arguments.of(
                        new LinkControl.Detached(
                                "stopped", new StreamQuality(100, 900, 1, 40, 61, 1500, 2, 20, 1, 30, 80L)),
                        "{\"reason\":\"stopped\",\"quality\":{\"framesIn\":100,\"playedMs\":900,\"holes\":1,"
                                + "\"missingMs\":40,\"longestGapMs\":61,\"jitterMicros\":1500,\"lateFrames\":2,"
                                + "\"droppedMs\":20,\"underruns\":1,\"underrunMs\":30,\"wayMs\":80}}"),
                Arguments.of(
                        new LinkControl.HangUp(EndReason.SILENCE_LIMIT, true),
                        "{\"reason\":\"SILENCE_LIMIT\",\"afterPlayout\":true}"),
                Arguments.of(new LinkControl.Ready(1_795_341_782_140L), "{\"epoch\":1795341782140,\"goesOn\":false}"),
                Arguments.of(new LinkControl.Ready(7, true), "{\"epoch\":7,\"goesOn\":true}"),
                Arguments.of(new LinkControl.Refused("stale-epoch", null), "{\"reason\":\"stale-epoch\"}"),
                Arguments.of(
                        new LinkControl.Refused("over", EndReason.ASSISTANT_HUNG_UP),
                        "{\"reason\":\"over\",\"ended\":\"ASSISTANT_HUNG_UP\"}"),
                Arguments.of(
                        new LinkControl.HandOver("draining", 6_000), "{\"reason\":\"draining\",\"withinMs\":6000}"),
                Arguments.of(new LinkControl.GiveAway("draining"), "{\"reason\":\"draining\"}"));
    }

    @Test
    void aBridgeThatDoesNotSayThatItGoesOnDoesNot() {
        assertThat(ContractsJson.read("{\"epoch\":7}", LinkControl.Ready.class)).isEqualTo(new LinkControl.Ready(7));
    }

    @Test
    void anOrderToPrepareTravelsWithoutLoss() {
        // Given
        var prepare = new LinkControl.Prepare(
                CALL,
                7,
                Direction.INBOUND,
                new AssistantProfile(
                        "customer-service-es",
                        3,
                        "Atención",
                        "es-ES",
                        "Sé amable.",
                        null,
                        null,
                        new ModelSettings(
                                null,
                                "marin",
                                null,
                                null,
                                List.of(),
                                new TurnDetection("server_vad", 0.5, 300, 500, null)),
                        List.of(),
                        new Limits(900, 15, 2, 3, 20)),
                new MaskedNumber("9f86d081884c7d659a2feaa0c55ad015", "67"),
                Map.of("SipHeader_X-Order", "A-17"),
                true,
                false,
                61_000,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        // When
        var read = ContractsJson.read(ContractsJson.write(prepare), LinkControl.Prepare.class);

        // Then
        assertThat(read).isEqualTo(prepare);
    }

    /** TH-11: a gateway of an older version does not say how long the call has lasted. */
    @Test
    void aCallOfWhichNobodySaysHowLongItHasLastedBegins() {
        // When
        var prepare = ContractsJson.read(
                "{\"callId\":\"" + CALL + "\",\"epoch\":7,\"direction\":\"INBOUND\",\"resume\":true,\"warm\":false}",
                LinkControl.Prepare.class);

        // Then
        assertThat(prepare.lastedMs()).isZero();
        assertThat(prepare.resume()).isTrue();
    }

    @Test
    void whatANewerPeerAddsIsIgnored() {
        // When
        var hangUp = ContractsJson.read(
                "{\"reason\":\"BORED\",\"afterPlayout\":false,\"farewell\":{\"clip\":1}}", LinkControl.HangUp.class);

        // Then
        assertThat(hangUp).isEqualTo(new LinkControl.HangUp(EndReason.UNKNOWN, false));
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        // When, then
        assertThatThrownBy(() -> ContractsJson.read("{\"epoch\":", LinkControl.Ready.class))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
