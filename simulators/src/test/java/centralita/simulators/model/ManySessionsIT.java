package centralita.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import centralita.simulators.model.RealtimeClient.Judge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ManySessionsIT {
    private static final int SESSIONS = 200;

    @Test
    void twoHundredParrotsGiveEachCallerItsOwnBytesBack() {
        try (var standIn = ModelStandIn.start(ModelStandInOptions.defaults().withScenario("parrot"))) {
            // Given
            var clients = new ArrayList<RealtimeClient>();
            for (int number = 0; number < SESSIONS; number++) {
                clients.add(RealtimeClient.connect(
                        standIn, "gpt-realtime-2.1", Judge.NONE, Map.of("X-Client-Request-Id", "call-" + number)));
            }
            clients.forEach(client -> client.send("""
                    {"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/pcmu"}},"output":{"format":{"type":"audio/pcmu"}}}}}"""));
            clients.forEach(client -> client.await("session.updated"));

            // When
            for (int number = 0; number < SESSIONS; number++) {
                clients.get(number).say(audioOf(number));
            }

            // Then
            for (int number = 0; number < SESSIONS; number++) {
                var client = clients.get(number);
                await().atMost(RealtimeClient.PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .until(() ->
                                client.events("response.output_audio.delta").size() == 20);
                var itemId = client.events("response.output_audio.delta")
                        .getFirst()
                        .get("item_id")
                        .asText();
                assertThat(client.audio(itemId)).as("call %d", number).isEqualTo(audioOf(number));
            }
            assertThat(standIn.sessions())
                    .hasSize(SESSIONS)
                    .allMatch(session -> session.audioReceivedCrc32c().equals(session.audioSentCrc32c()));
            clients.forEach(RealtimeClient::close);
        }
    }

    private static byte[] audioOf(int number) {
        var audio = new byte[20 * 160];
        new Random(number).nextBytes(audio);
        return audio;
    }
}
