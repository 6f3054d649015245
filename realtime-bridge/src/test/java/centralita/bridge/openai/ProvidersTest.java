package centralita.bridge.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.bridge.Samples;
import centralita.bridge.model.ModelOrder;
import centralita.contracts.id.UuidV7;
import centralita.oracles.OpenAiOracle;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of providers as it is configured (openai-realtime 9). */
class ProvidersTest {
    private static final String AZURE = "bridge.model.providers.azure.";
    private static final Map<String, String> GOOD = Map.of(
            AZURE + "url", "wss://ours.openai.azure.com/openai/v1/realtime",
            AZURE + "key", "azure-secret",
            AZURE + "auth", "api-key",
            AZURE + "model", "our-deployment");

    private static List<Provider> read(Map<String, String> settings) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(ProvidersConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        return Providers.of(new TestOpenAi("gpt-realtime-2.1"), config.getConfigMapping(ProvidersConfig.class));
    }

    private static Map<String, String> with(String setting, String value) {
        var settings = new HashMap<>(GOOD);
        settings.put(setting, value);
        return settings;
    }

    private static ModelOrder order() {
        return new ModelOrder(UuidV7.next(), Samples.assistant(), "caller-hash", "", List.of());
    }

    @Test
    void theProviderOfTheOpenAiVariablesIsFirstAndTheOthersFollowUnlessAnOrderSaysOtherwise() {
        assertThat(read(GOOD)).extracting(Provider::name).containsExactly("openai", "azure");
        assertThat(read(with("bridge.model.order", "azure,openai")))
                .extracting(Provider::name)
                .containsExactly("azure", "openai");
        assertThat(read(with("bridge.model.order", "azure")))
                .extracting(Provider::name)
                .containsExactly("azure");
        assertThat(read(Map.of())).extracting(Provider::name).containsExactly("openai");
    }

    @Test
    void azuresDoorIsAskedWithItsHeaderAndItsDeployment() {
        // When
        var handshake = read(GOOD).getLast().handshake(order(), Duration.ofSeconds(5));

        // Then
        assertThat(handshake.getHost()).isEqualTo("ours.openai.azure.com");
        assertThat(handshake.isSsl()).isTrue();
        assertThat(handshake.getURI()).isEqualTo("/openai/v1/realtime?model=our-deployment");
        assertThat(handshake.getHeaders().get("api-key")).isEqualTo("azure-secret");
        assertThat(handshake.getHeaders().names()).containsExactlyInAnyOrder("api-key", "X-Client-Request-Id");
    }

    @Test
    void azuresPreviewNamesTheDeploymentOtherwiseAndAsksForAVersion() {
        // Given
        var settings = with(AZURE + "model-parameter", "deployment");
        settings.put(AZURE + "query.api-version", "2025-04-01-preview");
        settings.put(AZURE + "url", "wss://ours.openai.azure.com/openai/realtime");

        // When
        var handshake = read(settings).getLast().handshake(order(), Duration.ofSeconds(5));

        // Then
        assertThat(handshake.getURI())
                .isEqualTo("/openai/realtime?deployment=our-deployment&api-version=2025-04-01-preview");
    }

    @Test
    void whatNotEverybodyHasIsSentOnlyWhereItIsNamed() {
        // Given
        var order = order();
        var first = new TestOpenAi("gpt-realtime-2.1");
        var plain = read(GOOD).getLast();
        var settings = with(AZURE + "features", "truncation,reasoning,safety-identifier");
        settings.put(AZURE + "transcription-model", "our-transcriber");
        settings.put(AZURE + "voice", "sage");
        var rich = read(settings).getLast();

        // When
        var less = SessionUpdate.of(order, plain, first).path("session");
        var more = SessionUpdate.of(order, rich, first).path("session");

        // Then
        assertThat(less.has("truncation")).isFalse();
        assertThat(less.has("reasoning")).isFalse();
        assertThat(less.at("/audio/input").has("transcription")).isFalse();
        assertThat(less.at("/audio/output/voice").textValue()).isEqualTo("marin");
        assertThat(more.has("truncation")).isTrue();
        assertThat(more.has("reasoning")).isTrue();
        assertThat(more.at("/audio/input/transcription/model").textValue()).isEqualTo("our-transcriber");
        assertThat(more.at("/audio/output/voice").textValue()).isEqualTo("sage");
        assertThat(rich.handshake(order, Duration.ofSeconds(5)).getHeaders().get("OpenAI-Safety-Identifier"))
                .isEqualTo("caller-hash");
    }

    @Test
    void aModelThatDoesNotKnowTheTelephonesAudioIsSpokenToInLinearSamplesInBothDialects() {
        // Given
        var provider = read(with(AZURE + "format", "pcm24")).getLast();

        // When
        var update = SessionUpdate.of(order(), provider, new TestOpenAi("gpt-realtime-2.1"));

        // Then
        OpenAiOracle.assertClientEvent(update.toString());
        assertThat(update.at("/session/audio/input/format/rate").intValue()).isEqualTo(24_000);
        assertThat(Dialect.BETA
                        .render(update)
                        .at("/session/output_audio_format")
                        .textValue())
                .isEqualTo("pcm16");
    }

    @Test
    void theKeyIsNeverInAText() {
        assertThat(read(GOOD).toString()).doesNotContain("secret").contains("azure");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            bridge.model.order                             | openai,openai       | bridge.model.order names a provider twice: openai, openai.
            bridge.model.order                             | openai,other        | bridge.model.order names other, but bridge.model.providers.other.url, .key and .model are not set.
            bridge.model.providers.azure.url               | https://a.test/x    | bridge.model.providers.azure.url is no ws:// or wss:// address without query.
            bridge.model.providers.azure.url               | wss://a.test/x?y=1  | bridge.model.providers.azure.url is no ws:// or wss:// address without query.
            bridge.model.providers.azure.model-parameter   | a&b                 | bridge.model.providers.azure.model-parameter is no name of a query parameter: take model or deployment.
            bridge.model.providers.azure.session-limit     | PT-1S               | bridge.model.providers.azure.session-limit is negative.
            """)
    void nonsenseIsNamedInOneSentenceWithoutAKey(String setting, String value, String sentence) {
        assertThatThrownBy(() -> read(with(setting, value)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(sentence);
    }
}
