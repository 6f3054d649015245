package centralita.simulators.model.scenario;

import centralita.simulators.model.scenario.Reply.Part;
import centralita.simulators.speech.Clip;
import centralita.simulators.speech.Clips;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides what is answered: a scenario's rules applied to a situation. Pure. */
public final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Pattern CLOCK_TIME = Pattern.compile("(?<![\\d:])([01]?\\d|2[0-3]):([0-5]\\d)");

    private Answers() {}

    public static Reply decide(Scenario scenario, Situation situation) {
        if (situation.mustCall() && !situation.functions().isEmpty()) {
            var function = situation.functions().values().iterator().next();
            return new Reply(List.of(call(function, Map.of())), false);
        }
        var rest = situation.trigger() instanceof Situation.Trigger.CutOff(var spoken)
                ? rest(spoken, situation)
                : List.<Clip>of();
        if (!rest.isEmpty() && instructed(scenario, situation).isEmpty()) {
            return new Reply(List.of(new Part.Speech(rest)), false);
        }
        return ruleFor(scenario, situation)
                .map(rule -> apply(rule, situation))
                .orElseGet(() ->
                        new Reply(List.of(new Part.Speech(clips(List.of("not-understood"), situation))), false));
    }

    private static Optional<Rule> ruleFor(Scenario scenario, Situation situation) {
        return switch (situation.trigger()) {
            case Situation.Trigger.Understood(var clip) -> scenario.rule(clip).or(() -> scenario.rule("anything"));
            case Situation.Trigger.NotUnderstood _ -> scenario.rule("anything");
            case Situation.Trigger.Silence _ -> scenario.rule("silence");
            case Situation.Trigger.ToolResult result ->
                scenario.rule("result " + result.tool()).or(() -> scenario.rule("nothing-new"));
            case Situation.Trigger.OutOfBand(var purpose) ->
                scenario.rule("out-of-band " + purpose).or(() -> scenario.rule("out-of-band"));
            case Situation.Trigger.Start _ -> instructed(scenario, situation).or(() -> scenario.rule("start"));
            case Situation.Trigger.NothingNew _, Situation.Trigger.CutOff _ ->
                instructed(scenario, situation).or(() -> scenario.rule("nothing-new"));
        };
    }

    private static Optional<Rule> instructed(Scenario scenario, Situation situation) {
        // The order stands last: before it comes the whole persona, which speaks of everything.
        var whole = situation.instructions().toLowerCase(Locale.ROOT).strip();
        var instructions = whole.substring(whole.lastIndexOf("\n\n") + 1);
        return scenario.first(rule -> rule.on().startsWith("instructions ")
                && instructions.contains(rule.on().substring("instructions ".length())));
    }

    private static Reply apply(Rule rule, Situation situation) {
        var parts = new ArrayList<Part>();
        if (rule.text() != null) {
            return new Reply(List.of(new Part.Writing(rule.text())), false);
        }
        speak(parts, rule.firstSay(), situation);
        if (rule.call() != null) {
            var function = situation.functions().get(rule.call());
            if (function == null && !rule.evenIfNotOffered()) {
                parts.clear();
                speak(parts, rule.withoutTool(), situation);
            }
            for (int time = 0; time < rule.times() && (function != null || rule.evenIfNotOffered()); time++) {
                parts.add(call(rule, function));
            }
        }
        speak(parts, rule.say(), situation);
        if (rule.thenCall() != null && situation.functions().containsKey(rule.thenCall())) {
            parts.add(call(situation.functions().get(rule.thenCall()), rule.arguments()));
        }
        return new Reply(List.copyOf(parts), rule.parrot());
    }

    private static Part.Call call(Rule rule, @Nullable JsonNode function) {
        if (rule.rawArguments() != null) {
            return new Part.Call(rule.call() == null ? "" : rule.call(), rule.rawArguments());
        }
        if (function == null) {
            return new Part.Call(rule.call() == null ? "" : rule.call(), "{}");
        }
        return call(function, rule.arguments());
    }

    /** A call whose arguments fit the function's own parameters. */
    private static Part.Call call(JsonNode function, Map<String, Object> wished) {
        var schema = function.path("parameters");
        var arguments = JSON.createObjectNode();
        wished.forEach((name, value) -> {
            if (schema.path("properties").has(name)) {
                arguments.set(name, JSON.valueToTree(value));
            }
        });
        schema.path("required").forEach(name -> {
            if (!arguments.has(name.asText())) {
                addExample(arguments, name.asText(), schema.path("properties").path(name.asText()));
            }
        });
        return new Part.Call(function.get("name").textValue(), arguments.toString());
    }

    private static void addExample(ObjectNode arguments, String name, JsonNode property) {
        if (property.path("enum").isArray() && !property.get("enum").isEmpty()) {
            arguments.set(name, property.get("enum").get(0));
            return;
        }
        switch (property.path("type").asText("string")) {
            case "integer", "number" -> arguments.put(name, 1);
            case "boolean" -> arguments.put(name, true);
            case "array" -> arguments.putArray(name);
            case "object" -> arguments.putObject(name);
            default -> arguments.put(name, "asked by the caller");
        }
    }

    private static void speak(List<Part> parts, List<String> names, Situation situation) {
        if (!names.isEmpty()) {
            parts.add(new Part.Speech(clips(names, situation)));
        }
    }

    private static List<Clip> clips(List<String> names, Situation situation) {
        var clips = new ArrayList<Clip>();
        for (var name : names) {
            switch (name) {
                case "$time" -> clips.addAll(time(situation));
                case "$time-again" -> clips.addAll(timeAgain(situation));
                case "$code-word" ->
                    clips.add(clip(situation, situation.codeWordKnown() ? "code-word-was" : "code-word-unknown"));
                default -> clips.add(clip(situation, name));
            }
        }
        return List.copyOf(clips);
    }

    private static List<Clip> time(Situation situation) {
        if (situation.trigger() instanceof Situation.Trigger.ToolResult result) {
            return timeIn(result.output())
                    .map(told -> spoken(told, situation))
                    .orElseGet(() -> List.of(clip(situation, "tool-failed")));
        }
        return spoken(situation.now(), situation);
    }

    private static List<Clip> timeAgain(Situation situation) {
        return timeIn(situation.toldTime())
                .map(told -> spoken(told, situation))
                .orElseGet(() -> List.of(clip(situation, "time-unknown")));
    }

    /** What is left of an answer of which the beginning was said; empty when it is none, or no single one, that we know. */
    private static List<Clip> rest(String spoken, Situation situation) {
        var time = timeIn(situation.toldTime()).map(told -> spoken(told, situation));
        if (time.isPresent() && begins(time.get(), spoken)) {
            return rest(time.get(), spoken.length());
        }
        var fitting = Clips.recorded().all().stream()
                .filter(clip -> clip.speaker() == Clip.Speaker.ASSISTANT
                        && clip.language().equals(situation.language()))
                .map(List::of)
                .filter(answer -> begins(answer, spoken))
                .toList();
        return fitting.size() == 1 ? rest(fitting.getFirst(), spoken.length()) : List.of();
    }

    private static boolean begins(List<Clip> answer, String spoken) {
        return new Part.Speech(answer).text().startsWith(spoken);
    }

    /** As much of the sound as of the text: that is how it is reckoned how far a caller has heard. */
    private static List<Clip> rest(List<Clip> answer, int spokenLetters) {
        var whole = new Part.Speech(answer);
        long skip = (long) whole.lengthMs() * spokenLetters / whole.text().length();
        var left = new ArrayList<Clip>();
        for (var clip : answer) {
            if (skip < clip.lengthMs()) {
                left.add(clip.from((int) skip));
            }
            skip = Math.max(0, skip - clip.lengthMs());
        }
        return left;
    }

    private static Optional<LocalTime> timeIn(String result) {
        var found = CLOCK_TIME.matcher(result);
        return found.find()
                ? Optional.of(LocalTime.of(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    private static List<Clip> spoken(LocalTime time, Situation situation) {
        return List.of(
                clip(situation, "time-is"),
                clip(situation, "number-" + time.getHour()),
                clip(situation, "hours-and"),
                clip(situation, "number-" + time.getMinute()),
                clip(situation, "minutes"));
    }

    private static Clip clip(Situation situation, String name) {
        return Clips.recorded().get(situation.language(), name);
    }
}
