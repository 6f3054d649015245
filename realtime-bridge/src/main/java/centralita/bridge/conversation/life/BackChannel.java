package centralita.bridge.conversation.life;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether what was heard asks for nothing: a cough, a laugh, or the little words by which a listener says that he is
 * still there. "Yes" and "no" are not among them: they may answer a question.
 */
final class BackChannel {
    private static final int MOST_WORDS = 3;
    /** English and Spanish, without accents; a word that means something in one of them is missing. */
    private static final Set<String> WORDS = Set.of(
            "ah", "aha", "aham", "aja", "claro", "eh", "ehm", "er", "hm", "hmm", "huh", "mh", "mhm", "mhmm", "mm",
            "mmhm", "mmhmm", "mmm", "oh", "ok", "okay", "right", "uh", "uhhuh", "um", "vale", "ya", "yeah");

    /** How transcriptions write down what is no word. */
    private static final Pattern ASIDE = Pattern.compile("\\[[^]]*]|\\([^)]*\\)|\\*[^*]*\\*");
    /** "Mm-hm" is one word. */
    private static final Pattern WITHIN_WORDS = Pattern.compile("[\\p{M}'’-]");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private BackChannel() {}

    /** @param transcript as the model wrote it; null or blank when it heard no words */
    static boolean is(@Nullable String transcript) {
        if (transcript == null) {
            return true;
        }
        var plain = Normalizer.normalize(transcript.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        var joined = WITHIN_WORDS.matcher(ASIDE.matcher(plain).replaceAll(" ")).replaceAll("");
        var words = Arrays.stream(BETWEEN_WORDS.split(joined))
                .filter(word -> !word.isEmpty())
                .toList();
        return words.size() <= MOST_WORDS && WORDS.containsAll(words);
    }
}
