package centralita.contracts.call;

import org.jspecify.annotations.Nullable;

/**
 * How a conversation sounded.
 *
 * @param stream what the gateway measured
 * @param talkOverMs caller and assistant sounding at once, from the model's word that the caller speaks
 * @param firstAnswerMs until the first answer's audio, as in {@link CallFact.Turn}; null when there was no answer
 * @param meanAnswerMs the same, mean of all answers
 * @param slowestAnswerMs the same, of the slowest
 * @param rFactor transmission rating of ITU-T G.107, 0 to 100: the worse of both directions, one decimal
 * @param mos what the rating means as a mean opinion score, 1 to 4.5, two decimals. An estimate from loss and delay of
 *     the way that we see; it knows nothing of the voice, the microphone or the room
 */
public record CallQuality(
        StreamQuality stream,
        long talkOverMs,
        @Nullable Long firstAnswerMs,
        @Nullable Long meanAnswerMs,
        @Nullable Long slowestAnswerMs,
        double rFactor,
        double mos) {}
