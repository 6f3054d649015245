package centralita.simulators.caller;

import centralita.simulators.speech.Clip;
import centralita.simulators.speech.Clips;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads scripts line by line, and collects every error before it gives up. */
final class ScriptParser {
    private static final int DEFAULT_WITHIN_MS = 60_000;
    private static final int MAX_LINES = 500;
    private static final String TIME = "(\\d+(?:\\.\\d+)?\\s*(?:ms|s))";
    private static final String CLIP = "([a-z0-9][a-z0-9-]*)";

    private record Form(Pattern pattern, Function<MatchResult, Step> step) {}

    private static final List<Form> FORMS = List.of(
            form("say file (\\S+)", m -> new Step.SayFile(Path.of(m.group(1)))),
            form("say " + CLIP, m -> new Step.Say(m.group(1))),
            form("wait for speech within " + TIME, m -> new Step.WaitForSpeech(ms(m.group(1)))),
            form("wait for silence " + TIME, m -> new Step.WaitForSilence(ms(m.group(1)), DEFAULT_WITHIN_MS)),
            form(
                    "wait for silence " + TIME + " within " + TIME,
                    m -> new Step.WaitForSilence(ms(m.group(1)), ms(m.group(2)))),
            form("interrupt after " + TIME + " with " + CLIP, m -> new Step.Interrupt(ms(m.group(1)), m.group(2))),
            form("press ([0-9*#A-D]+)", m -> new Step.Press(m.group(1))),
            form("pause " + TIME, m -> new Step.Pause(ms(m.group(1)))),
            form("hang up", m -> new Step.HangUp()),
            form("hear " + CLIP + " within " + TIME, m -> new Step.Hear(m.group(1), ms(m.group(2)))),
            form("parrot " + TIME, m -> new Step.Parrot(ms(m.group(1)))),
            form("expect ended by assistant within " + TIME, m -> new Step.ExpectEnd(true, ms(m.group(1)))),
            form("expect ended by caller within " + TIME, m -> new Step.ExpectEnd(false, ms(m.group(1)))),
            form("expect speech", m -> new Step.ExpectSpeech()),
            form("expect dead air below " + TIME, m -> new Step.ExpectDeadAirBelow(ms(m.group(1)))),
            form("expect truncated within " + TIME, m -> new Step.ExpectTruncated(ms(m.group(1)))),
            form("expect tool call", m -> new Step.ExpectToolCall("")),
            form("expect tool call ([A-Za-z0-9_-]+)", m -> new Step.ExpectToolCall(m.group(1))));

    private static final Pattern CALL = Pattern.compile("call (\\S+)(?: from (\\S+))?");
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{5,13}[0-9#]");
    private static final Pattern CALLER_NUMBER = Pattern.compile("\\+[1-9][0-9#]{6,14}");
    private static final Pattern LANGUAGE = Pattern.compile("language (en|es)");

    private final String name;
    private final Path folder;
    private final List<String> errors = new ArrayList<>();
    private final List<CallerScript.Line> lines = new ArrayList<>();
    private @Nullable String to;
    private String from = "+14155550123";
    private String language = "en";
    private String about = "";

    private ScriptParser(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    static CallerScript parse(String name, String text, Path folder) {
        return new ScriptParser(name, folder).parse(text);
    }

    private CallerScript parse(String text) {
        int number = 0;
        for (var raw : text.split("\\R", MAX_LINES + 1)) {
            number++;
            if (number > MAX_LINES) {
                errors.add(number + ": a script has at most " + MAX_LINES + " lines");
                break;
            }
            var line = raw.strip();
            if (line.startsWith("# ") && about.isEmpty() && lines.isEmpty()) {
                about = line.substring(2);
            }
            if (!line.isEmpty() && !line.startsWith("#")) {
                read(number, line.replaceAll("\\s+", " "));
            }
        }
        if (to == null) {
            errors.add("1: a script needs a line 'call NUMBER' or 'call NUMBER from NUMBER'");
        }
        lines.forEach(this::checkClips);
        if (!errors.isEmpty() || to == null) {
            throw new ScriptException(name, errors);
        }
        return new CallerScript(name, about, to, from, language, lines, folder);
    }

    private void read(int number, String line) {
        var call = CALL.matcher(line);
        var spoken = LANGUAGE.matcher(line);
        if (call.matches()) {
            numbers(number, call.toMatchResult());
        } else if (spoken.matches()) {
            language = spoken.group(1);
        } else {
            step(number, line);
        }
    }

    private void numbers(int number, MatchResult call) {
        to = call.group(1);
        if (!NUMBER.matcher(call.group(1)).matches()) {
            errors.add(number + ": '" + call.group(1) + "' is no number like +15005550006");
        }
        if (call.group(2) != null) {
            from = call.group(2);
            if (!CALLER_NUMBER.matcher(from).matches()) {
                errors.add(number + ": '" + from + "' is no number like +14155550123 or +1415555####");
            }
        }
    }

    private void step(int number, String line) {
        for (var form : FORMS) {
            var matcher = form.pattern().matcher(line);
            if (matcher.matches()) {
                try {
                    lines.add(new CallerScript.Line(number, line, form.step().apply(matcher.toMatchResult())));
                } catch (InvalidPathException | NumberFormatException e) {
                    errors.add(number + ": '" + line + "' has a value that makes no sense");
                }
                return;
            }
        }
        errors.add(number + ": '" + line + "' is no step; " + hint(line));
    }

    private static String hint(String line) {
        var first = line.replaceAll(" .*", "");
        var similar = FORMS.stream()
                .map(form -> form.pattern().pattern())
                .filter(form -> form.startsWith(first))
                .map(form -> form.replace(TIME, "TIME").replace(CLIP, "CLIP").replaceAll("\\([^)]*\\)", "…"))
                .toList();
        return similar.isEmpty() ? "see docs/caller-scripts.md" : "known: " + String.join(" | ", similar);
    }

    private void checkClips(CallerScript.Line line) {
        switch (line.step()) {
            case Step.Say(var clip) -> checkClip(line.number(), clip, Clip.Speaker.CALLER);
            case Step.Interrupt(var ms, var clip) -> checkClip(line.number(), clip, Clip.Speaker.CALLER);
            case Step.Hear(var clip, var ms) -> checkClip(line.number(), clip, Clip.Speaker.ASSISTANT);
            default -> {}
        }
    }

    private void checkClip(int number, String clip, Clip.Speaker speaker) {
        var found = Clips.recorded().find(language, clip);
        if (found.isEmpty() || found.get().speaker() != speaker) {
            var known = Clips.recorded().all().stream()
                    .filter(other -> other.language().equals(language) && other.speaker() == speaker)
                    .map(Clip::name)
                    .filter(other -> !other.startsWith("number-"))
                    .sorted()
                    .toList();
            errors.add(number + ": no " + language + " clip '" + clip + "'; there are " + String.join(", ", known));
        }
    }

    private static Form form(String pattern, Function<MatchResult, Step> step) {
        return new Form(Pattern.compile(pattern), step);
    }

    private static int ms(String time) {
        var number = Double.parseDouble(time.replaceAll("[ms\\s]", ""));
        return (int) Math.round(time.endsWith("ms") ? number : number * 1_000);
    }
}
