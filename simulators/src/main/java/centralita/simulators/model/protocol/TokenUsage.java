package centralita.simulators.model.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/**
 * Tokens of one response, always the same for the same conversation: the caller's audio 1 for 100 ms, the model's 1
 * for 50 ms (the vendor's rules of thumb), text 1 for 4 characters. Cached tokens are part of the input tokens.
 */
public record TokenUsage(
        int inputText, int inputAudio, int cachedText, int cachedAudio, int outputText, int outputAudio) {

    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0, 0);
    /** The service caches whole blocks. */
    private static final int CACHE_BLOCK = 64;

    /**
     * The input side of a response.
     *
     * @param fixedText characters of instructions and tools
     * @param before the response before it in the same conversation, whose input is now in the cache
     */
    public static TokenUsage ofInput(int fixedText, Collection<Item> context, TokenUsage before) {
        int text = textTokens(fixedText);
        int audio = 0;
        for (var item : context) {
            text += textTokens(item.textLength());
            audio += item.isAnswer() ? outputAudioTokens(item.keptAudioMs()) : inputAudioTokens(item.audioMs());
        }
        return new TokenUsage(
                text,
                audio,
                inBlocks(Math.min(text, before.inputText)),
                inBlocks(Math.min(audio, before.inputAudio)),
                0,
                0);
    }

    public TokenUsage withOutput(int textTokens, int audioTokens) {
        return new TokenUsage(inputText, inputAudio, cachedText, cachedAudio, textTokens, audioTokens);
    }

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                inputText + other.inputText,
                inputAudio + other.inputAudio,
                cachedText + other.cachedText,
                cachedAudio + other.cachedAudio,
                outputText + other.outputText,
                outputAudio + other.outputAudio);
    }

    public int total() {
        return inputText + inputAudio + outputText + outputAudio;
    }

    public static int textTokens(int characters) {
        return (characters + 3) / 4;
    }

    public static int inputAudioTokens(int ms) {
        return (ms + 99) / 100;
    }

    public static int outputAudioTokens(int ms) {
        return (ms + 49) / 50;
    }

    private static int inBlocks(int tokens) {
        return tokens / CACHE_BLOCK * CACHE_BLOCK;
    }

    public ObjectNode json() {
        var usage = JsonNodeFactory.instance.objectNode();
        usage.put("total_tokens", total());
        usage.put("input_tokens", inputText + inputAudio);
        usage.put("output_tokens", outputText + outputAudio);
        var input = usage.putObject("input_token_details");
        input.put("text_tokens", inputText).put("audio_tokens", inputAudio).put("image_tokens", 0);
        input.put("cached_tokens", cachedText + cachedAudio);
        input.putObject("cached_tokens_details")
                .put("text_tokens", cachedText)
                .put("audio_tokens", cachedAudio)
                .put("image_tokens", 0);
        usage.putObject("output_token_details").put("text_tokens", outputText).put("audio_tokens", outputAudio);
        return usage;
    }
}
