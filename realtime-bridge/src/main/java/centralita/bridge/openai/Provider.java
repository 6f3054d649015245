package centralita.bridge.openai;

import centralita.bridge.model.ModelOrder;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who runs a model and speaks this protocol.
 *
 * @param url without query
 * @param model for orders that name none, or whose name is not this provider's
 * @param takesNames whether a model that an assistant names is one of this provider's
 * @param modelParameter under which name the model stands in the address
 * @param query what else stands there
 * @param transcription model that writes down what the caller says; null: none
 * @param voice in place of the assistant's; null: the assistant's
 * @param format of the audio, both ways
 * @param sessionLimit zero: the provider says it itself
 */
record Provider(
        String name,
        URI url,
        String key,
        Auth auth,
        Dialect dialect,
        String model,
        boolean takesNames,
        String modelParameter,
        Map<String, String> query,
        @Nullable String transcription,
        @Nullable String voice,
        AudioFormat format,
        Set<Feature> features,
        Duration sessionLimit) {

    /** How a key is shown. */
    enum Auth {
        BEARER,
        API_KEY
    }

    /** What not every provider has. */
    enum Feature {
        /** {@code reasoning.effort}; elsewhere the whole configuration would be refused. */
        REASONING,
        /** How much is kept when the context is full. */
        TRUNCATION,
        /** Words that the transcription should expect. */
        KEYWORDS,
        /** The caller's keyed hash goes along. */
        SAFETY_IDENTIFIER
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    String modelFor(ModelOrder order) {
        var named = order.assistant().model().name();
        return takesNames && named != null ? named : model;
    }

    @Nullable
    String transcriptionFor(ModelOrder order) {
        var named = order.assistant().model().transcriptionModel();
        return takesNames && named != null ? named : transcription;
    }

    String voiceFor(ModelOrder order) {
        return voice == null ? order.assistant().model().voice() : voice;
    }

    /** Redirects are not followed: the headers carry credentials. */
    WebSocketConnectOptions handshake(ModelOrder order, Duration patience) {
        var address = new StringBuilder(url.toString())
                .append('?')
                .append(modelParameter)
                .append('=')
                .append(encoded(modelFor(order)));
        query.forEach((name, value) ->
                address.append('&').append(encoded(name)).append('=').append(encoded(value)));
        var options = new WebSocketConnectOptions()
                .setAbsoluteURI(address.toString())
                .setTimeout(patience.toMillis())
                // The vendor's support asks for it; stand-ins find a call's session by it.
                .putHeader("X-Client-Request-Id", order.callId().toString());
        switch (auth) {
            case BEARER -> options.putHeader("Authorization", "Bearer " + key);
            case API_KEY -> options.putHeader("api-key", key);
        }
        var callerHash = order.callerHash();
        if (callerHash != null && has(Feature.SAFETY_IDENTIFIER)) {
            options.putHeader("OpenAI-Safety-Identifier", callerHash);
        }
        return options;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Provider[" + name + "]";
    }
}
