package centralita.simulators.model.scenario;

import centralita.simulators.model.protocol.Conversation;
import centralita.simulators.model.protocol.Item;
import centralita.simulators.model.protocol.SessionSettings;
import centralita.simulators.model.scenario.Situation.Trigger;
import centralita.simulators.speech.Clip;
import centralita.simulators.speech.Clips;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a conversation as far as the stand-in can: caller clips, spoken or as text. Memory is nothing but the items,
 * so a new session to which they are replayed remembers as much.
 */
public final class Understanding {
    private static final String CUT_OFF = "…";
    /** Of fewer nobody can tell which answer they begin. */
    private static final int FEW_LETTERS = 8;

    private static final Pattern CODE_WORD = Pattern.compile("\\b(tangerine|mandarina)\\b");
    private static final Pattern SPANISH = Pattern.compile("[¿¡ñáéíóú]|\\b(spanish|espanol|responde|eres|usted)\\b");
    private static final Pattern NOT_WORDS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    private record Phrase(String words, Clip clip) {}

    /** Longest first, so that "thank you, goodbye" is not taken for "goodbye". */
    private static final List<Phrase> PHRASES = Clips.recorded().all().stream()
            .filter(clip -> clip.speaker() == Clip.Speaker.CALLER)
            .map(clip -> new Phrase(normalized(clip.text()), clip))
            .sorted(Comparator.comparingInt((Phrase phrase) -> phrase.words().length())
                    .reversed()
                    .thenComparing(phrase -> phrase.clip().toString()))
            .toList();

    private Understanding() {}

    /** What there is to answer now: the newest item that is not answered yet. An answer of which hardly anything was heard is none. */
    public static Trigger trigger(Conversation conversation) {
        for (var item : conversation.items().reversed()) {
            switch (item.type()) {
                case "function_call_output" -> {
                    return new Trigger.ToolResult(toolOf(conversation, item.field("call_id")), item.field("output"));
                }
                case "message" -> {
                    if (item.isAnswer() && item.truncatedAtMs().isEmpty()) {
                        return answered(item.words().strip());
                    }
                    if (item.isAnswer() && item.keptWords().length() >= FEW_LETTERS) {
                        return new Trigger.CutOff(item.keptWords());
                    }
                    if (item.role().equals("user")) {
                        return said(item)
                                .<Trigger>map(clip -> new Trigger.Understood(clip.name()))
                                .orElseGet(Trigger.NotUnderstood::new);
                    }
                }
                default -> {}
            }
        }
        return new Trigger.Start();
    }

    /** Who tells a new session what was said before marks so what the caller did not hear the end of. */
    private static Trigger answered(String words) {
        return words.endsWith(CUT_OFF) && words.length() > CUT_OFF.length()
                ? new Trigger.CutOff(
                        words.substring(0, words.length() - CUT_OFF.length()).strip())
                : new Trigger.NothingNew();
    }

    /** The last caller clip in an item, spoken or written. */
    static Optional<Clip> said(Item item) {
        for (var clip : item.heard().reversed()) {
            if (clip.speaker() == Clip.Speaker.CALLER) {
                return Optional.of(clip);
            }
        }
        var words = " " + normalized(item.words()) + " ";
        return PHRASES.stream()
                .filter(phrase -> words.contains(" " + phrase.words() + " "))
                .map(Phrase::clip)
                .findFirst();
    }

    private static String toolOf(Conversation conversation, String callId) {
        return conversation.items().stream()
                .filter(item -> item.type().equals("function_call")
                        && item.field("call_id").equals(callId))
                .map(item -> item.field("name"))
                .findFirst()
                .orElse("");
    }

    public static boolean codeWordKnown(Conversation conversation) {
        return conversation.items().stream()
                .anyMatch(item ->
                        item.heard().stream().anyMatch(clip -> clip.name().equals("code-word-is"))
                                || CODE_WORD.matcher(normalized(item.words())).find());
    }

    /** The last tool result that holds a time of day, whole; empty when the conversation has none. */
    public static String toldTime(Conversation conversation) {
        return conversation.items().reversed().stream()
                .filter(item -> item.type().equals("function_call_output"))
                .map(item -> item.field("output"))
                .filter(output -> Answers.CLOCK_TIME.matcher(output).find())
                .findFirst()
                .orElse("");
    }

    /** The language that was understood last, or else that of the transcription setting or the instructions. */
    public static String language(Conversation conversation, SessionSettings settings, String responseInstructions) {
        for (var item : conversation.items().reversed()) {
            if (item.role().equals("user")) {
                var said = said(item);
                if (said.isPresent()) {
                    return said.get().language();
                }
            }
        }
        var wanted =
                settings.transcription().map(t -> t.path("language").asText("")).orElse("");
        if (wanted.startsWith("es") || wanted.startsWith("en")) {
            return wanted.substring(0, 2);
        }
        var instructions = settings.instructions() + " " + responseInstructions;
        return SPANISH.matcher(instructions.toLowerCase(Locale.ROOT)).find() ? "es" : "en";
    }

    private static String normalized(String text) {
        var plain =
                ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return NOT_WORDS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
