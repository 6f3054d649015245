package centralita.orchestrator.assistant.rules;

import centralita.contracts.assistant.AssistantProfile.Disclosure;
import centralita.contracts.assistant.AssistantProfile.Limits;
import centralita.contracts.assistant.AssistantProfile.ModelSettings;
import centralita.contracts.assistant.AssistantProfile.Recording;
import centralita.contracts.assistant.AssistantProfile.Tool;
import centralita.contracts.assistant.AssistantProfile.TurnDetection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether an assistant can work. What the model's vendor refuses is refused here, while somebody looks, and not in the
 * first call.
 *
 * <p>Ranges and words: OpenAI Realtime API (GA), {@code session.update}.
 */
public final class AssistantRules {
    /** The vendor's voices; its own ones begin with {@code voice_}. */
    static final List<String> VOICES =
            List.of("alloy", "ash", "ballad", "cedar", "coral", "echo", "marin", "sage", "shimmer", "verse");
    /** Tools that every bridge has. */
    static final List<String> BUILTIN_TOOLS = List.of("end_call", "get_current_time", "send_digits");

    private static final Pattern ASSISTANT_ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern OWN_VOICE = Pattern.compile("voice_[A-Za-z0-9]{1,64}");
    private static final List<String> EAGERNESS = List.of("auto", "high", "low", "medium");
    private static final int MAX_INSTRUCTIONS = 32_000;
    private static final int MAX_LINE = 2_000;

    private final List<Wrong> wrongs = new ArrayList<>();

    private AssistantRules() {}

    /** Lower-case words with hyphens, at most 64 characters. */
    public static boolean isAssistantId(String text) {
        return text.length() <= 64 && ASSISTANT_ID.matcher(text).matches();
    }

    /** Everything that is wrong, in the order of the fields; empty for a draft that can become a version. */
    public static List<Wrong> check(AssistantDraft draft) {
        var rules = new AssistantRules();
        rules.text("/name", draft.name(), 100);
        rules.language(draft.language());
        rules.text("/instructions", draft.instructions(), MAX_INSTRUCTIONS);
        rules.optionalText("/greeting", draft.greeting(), MAX_LINE);
        if (draft.disclosure() != null) {
            rules.disclosure(draft.disclosure());
        }
        if (draft.model() == null) {
            rules.missing("/model");
        } else {
            rules.model(draft.model());
        }
        rules.tools(draft.tools() == null ? List.of() : draft.tools());
        if (draft.limits() != null) {
            rules.limits(draft.limits());
        }
        if (draft.recording() != null) {
            rules.recording(draft.recording(), draft.disclosure());
        }
        return List.copyOf(rules.wrongs);
    }

    private void language(@Nullable String language) {
        if (language == null || language.isBlank()) {
            missing("/language");
            return;
        }
        try {
            var locale = new Locale.Builder().setLanguageTag(language).build();
            var letters = locale.getLanguage().length();
            // Five to eight letters are well formed, too, but no such language was ever registered.
            if (!locale.toLanguageTag().equals(language) || letters < 2 || letters > 3) {
                wrong("/language", "INVALID", "BCP 47, as en-US or es-ES");
            }
        } catch (IllformedLocaleException e) {
            wrong("/language", "INVALID", "BCP 47, as en-US or es-ES");
        }
    }

    private void disclosure(Disclosure disclosure) {
        text("/disclosure/text", disclosure.text(), 500);
        optionalText("/disclosure/voice", disclosure.voice(), 100);
    }

    /** CR-14: nothing is recorded of a caller who was not told before. Whether the line says so, its author must see to. */
    private void recording(Recording recording, @Nullable Disclosure disclosure) {
        if (!Recording.ANNOUNCED.equals(recording.ground())) {
            wrong("/recording/ground", "UNKNOWN", "announced");
        }
        if (disclosure == null) {
            wrong("/disclosure", "MISSING", "a line that tells the caller of the recording");
        }
    }

    private void model(ModelSettings model) {
        optionalText("/model/name", model.name(), 100);
        if (isNull(model.voice())) {
            missing("/model/voice");
        } else if (!VOICES.contains(model.voice())
                && !OWN_VOICE.matcher(model.voice()).matches()) {
            wrong("/model/voice", "UNKNOWN", "one of " + String.join(", ", VOICES) + ", or a voice_… of your own");
        }
        range("/model/speed", model.speed(), 0.25, 1.5);
        optionalText("/model/transcriptionModel", model.transcriptionModel(), 100);
        keywords(model.keywords());
        if (!isNull(model.turnDetection())) {
            turnDetection(model.turnDetection());
        }
    }

    private void keywords(@Nullable List<String> keywords) {
        if (keywords == null) {
            return;
        }
        if (keywords.size() > 100) {
            wrong("/model/keywords", "TOO_MANY", "at most 100");
        }
        for (int i = 0; i < Math.min(keywords.size(), 100); i++) {
            text("/model/keywords/" + i, keywords.get(i), 100);
        }
    }

    private void turnDetection(TurnDetection detection) {
        var at = "/model/turnDetection";
        if (isNull(detection.type())) {
            missing(at + "/type");
            return;
        }
        switch (detection.type()) {
            case "server_vad" -> {
                range(at + "/threshold", detection.threshold(), 0, 1);
                range(at + "/prefixPaddingMs", detection.prefixPaddingMs(), 0, 5_000);
                range(at + "/silenceDurationMs", detection.silenceDurationMs(), 100, 5_000);
                absent(at + "/eagerness", detection.eagerness());
            }
            case "semantic_vad" -> {
                if (detection.eagerness() != null && !EAGERNESS.contains(detection.eagerness())) {
                    wrong(at + "/eagerness", "UNKNOWN", "one of " + String.join(", ", EAGERNESS));
                }
                absent(at + "/threshold", detection.threshold());
                absent(at + "/prefixPaddingMs", detection.prefixPaddingMs());
                absent(at + "/silenceDurationMs", detection.silenceDurationMs());
            }
            default -> wrong(at + "/type", "UNKNOWN", "server_vad or semantic_vad");
        }
    }

    private void tools(List<Tool> tools) {
        if (tools.size() > 50) {
            wrong("/tools", "TOO_MANY", "at most 50");
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tools.size(); i++) {
            var at = "/tools/" + i;
            var tool = tools.get(i);
            if (isNull(tool)) {
                missing(at);
                continue;
            }
            if (!"builtin".equals(tool.kind())) {
                wrong(at + "/kind", "UNKNOWN", "builtin");
            } else if (!BUILTIN_TOOLS.contains(tool.name())) {
                wrong(at + "/name", "UNKNOWN", "one of " + String.join(", ", BUILTIN_TOOLS));
            } else if (!names.add(tool.name())) {
                wrong(at + "/name", "REPEATED", "each tool once");
            }
            optionalText(at + "/description", tool.description(), MAX_LINE);
            // A built-in tool's arguments are what its code reads.
            absent(at + "/parameters", tool.parameters());
        }
    }

    private void limits(Limits limits) {
        // The vendor ends a session after 60 minutes.
        range("/limits/maxDurationSeconds", limits.maxDurationSeconds(), 10, 3_600);
        range("/limits/silencePromptSeconds", limits.silencePromptSeconds(), 3, 120);
        range("/limits/silencePrompts", limits.silencePrompts(), 0, 10);
        range("/limits/toolCallsPerTurn", limits.toolCallsPerTurn(), 0, 50);
        range("/limits/toolCallsPerCall", limits.toolCallsPerCall(), 0, 1_000);
    }

    private void text(String pointer, @Nullable String text, int maxLength) {
        if (text == null || text.isBlank()) {
            missing(pointer);
        } else {
            optionalText(pointer, text, maxLength);
        }
    }

    private void optionalText(String pointer, @Nullable String text, int maxLength) {
        if (text == null) {
            return;
        }
        if (text.isBlank() || text.length() > maxLength) {
            wrong(pointer, "LENGTH", "1 to " + maxLength + " characters");
        } else if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t')) {
            wrong(pointer, "CONTROL_CHARACTER", "no control characters");
        }
    }

    private void range(String pointer, @Nullable Number number, double min, double max) {
        if (number != null && !(number.doubleValue() >= min && number.doubleValue() <= max)) {
            var whole = number instanceof Integer;
            wrong(pointer, "OUT_OF_RANGE", whole ? (long) min + " to " + (long) max : min + " to " + max);
        }
    }

    private void absent(String pointer, @Nullable Object value) {
        if (value != null) {
            wrong(pointer, "NOT_HERE", "nothing: it means nothing here");
        }
    }

    /** JSON leaves out what records promise. */
    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    private void missing(String pointer) {
        wrong(pointer, "MISSING", "a value");
    }

    private void wrong(String pointer, String code, String expected) {
        wrongs.add(new Wrong(pointer, code, expected));
    }
}
