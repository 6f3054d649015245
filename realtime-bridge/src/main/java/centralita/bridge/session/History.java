package centralita.bridge.session;

import centralita.bridge.conversation.life.Input;
import centralita.bridge.conversation.life.JournalEntry;
import centralita.bridge.conversation.life.StreamTime;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelCommand.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was said in a call so far, as a new model session is told it (openai-realtime 6.4). Bounded: the oldest goes
 * first. On the media event loop only.
 */
final class History {
    private static final int MOST = 400;
    private static final int MOST_SOUNDS = 4;
    /** Of less nobody understands anything: a tenth of a second. */
    private static final int FEWEST_SOUND_BYTES = 800;

    private static final String RESUMED =
            "The connection to you was interrupted and is back. What stands above was said before, as far as the caller"
                    + " heard it; an answer that ends with … was cut off there. Go on from there in the same language: say the"
                    + " rest of a sentence that was cut off, do not begin it again. Do not greet again and do not mention this.";

    private final LinkedHashMap<String, JournalEntry> entries = new LinkedHashMap<>();
    /** Words of the caller that nobody wrote down, as they sounded: μ-law by item. The oldest are forgotten. */
    private final LinkedHashMap<String, byte[]> sounds = new LinkedHashMap<>();
    /** Not among the entries: it has no place in what was said, and is not to be pushed out. */
    private JournalEntry.Used used = JournalEntry.Used.NOTHING;

    void add(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.CallerSaid said -> {
                // He said it now, or it has its text now.
                sounds.remove(said.itemId());
                entries.put("item:" + said.itemId(), entry);
            }
            case JournalEntry.AssistantSpeaks speaks -> {
                if (!(entries.get("item:" + speaks.itemId()) instanceof JournalEntry.AssistantSaid)) {
                    entries.put("item:" + speaks.itemId(), entry);
                }
            }
            case JournalEntry.AssistantSaid said -> {
                if (said.text().isEmpty()) {
                    entries.remove("item:" + said.itemId());
                } else {
                    entries.put("item:" + said.itemId(), entry);
                }
            }
            case JournalEntry.ToolBegun tool -> entries.putIfAbsent("tool:" + tool.toolCallId(), entry);
            case JournalEntry.ToolAnswered tool -> entries.put("tool:" + tool.toolCallId(), entry);
            // An entry that was written twice may come late; what is used grows only.
            case JournalEntry.Used(var toolCalls, var tokens) ->
                used = new JournalEntry.Used(Math.max(used.toolCalls(), toolCalls), Math.max(used.tokens(), tokens));
            case JournalEntry.LetGo _ -> {
                // Only the last one counts, and where it stands.
                entries.remove("let-go");
                entries.put("let-go", entry);
            }
            case JournalEntry.Unknown _ -> {}
        }
        if (entries.size() > MOST) {
            entries.pollFirstEntry();
        }
    }

    /** What the caller said, in place of the text that will not come. @param mulaw kept, not copied */
    void recall(String itemId, byte[] mulaw) {
        if (mulaw.length >= FEWEST_SOUND_BYTES) {
            sounds.put(itemId, mulaw);
        }
        if (sounds.size() > MOST_SOUNDS) {
            sounds.pollFirstEntry();
        }
    }

    /**
     * All entries, oldest first. That a bridge let go says nothing any more when something was said after it; written again it
     * would stand last.
     */
    List<JournalEntry> all() {
        var all = new ArrayList<JournalEntry>();
        if (!used.equals(JournalEntry.Used.NOTHING)) {
            all.add(used);
        }
        var last = entries.lastEntry();
        entries.values().stream()
                .filter(entry -> !(entry instanceof JournalEntry.LetGo) || last != null && entry == last.getValue())
                .forEach(all::add);
        return List.copyOf(all);
    }

    /** What the call had used before; tools that are run again are counted when they are. */
    JournalEntry.Used usedBefore() {
        return new JournalEntry.Used(Math.max(0, used.toolCalls() - toolsLeft().size()), used.tokens());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Whether the assistant is to speak next: the last word is the caller's, or the bridge before said so when it let go. Not
     * when an answer was left in the middle: what becomes of that decides who it is.
     */
    boolean callerWaits() {
        var last = entries.lastEntry();
        if (last == null) {
            return false;
        }
        return last.getValue() instanceof JournalEntry.LetGo(var answerOwed)
                ? answerOwed
                : !(last.getValue() instanceof JournalEntry.AssistantSaid
                        || last.getValue() instanceof JournalEntry.AssistantSpeaks);
    }

    /** What the assistant was saying, and nobody has told how it ended; oldest first. */
    List<JournalEntry.AssistantSpeaks> answersLeft() {
        return entries.values().stream()
                .filter(JournalEntry.AssistantSpeaks.class::isInstance)
                .map(JournalEntry.AssistantSpeaks.class::cast)
                .toList();
    }

    /** Whether the caller has said something after the last of {@link #answersLeft}. */
    boolean callerSpokeAfterThem() {
        var spoke = false;
        for (var entry : entries.values()) {
            spoke = entry instanceof JournalEntry.CallerSaid
                    || (spoke && !(entry instanceof JournalEntry.AssistantSpeaks));
        }
        return spoke;
    }

    /** Until when in a stream the caller's words are known; 0 when none are. */
    long callerKnownUntilMs(String streamSid) {
        return entries.values().stream()
                .filter(JournalEntry.CallerSaid.class::isInstance)
                .map(JournalEntry.CallerSaid.class::cast)
                .filter(said -> !said.text().isEmpty())
                .map(JournalEntry.CallerSaid::until)
                .filter(until -> until != null && streamSid.equals(until.streamSid()))
                .mapToLong(StreamTime::ms)
                .max()
                .orElse(0);
    }

    /** Calls of tools that were begun and not answered. */
    List<Input.FunctionCall> toolsLeft() {
        return entries.values().stream()
                .filter(JournalEntry.ToolBegun.class::isInstance)
                .map(JournalEntry.ToolBegun.class::cast)
                .map(begun -> new Input.FunctionCall(begun.toolCallId(), begun.tool(), begun.arguments()))
                .toList();
    }

    /** All of it. */
    List<ModelCommand> replay() {
        return replayAfter(Set.of());
    }

    /**
     * Tells what is sure to stay as it is: up to the first words of the caller whose text is still to come, the first
     * answer that is still being heard, or the first tool that is not answered. Words whose text has not come when later
     * ones have are not waited for.
     *
     * @return what was told, for {@link #replayAfter}
     */
    Set<String> tellSoFar(Consumer<ModelCommand> to) {
        var told = new HashSet<String>();
        var lastKnown = lastKnownWords();
        var laterAreKnown = lastKnown != null;
        for (var entry : entries.entrySet()) {
            if (entry.getValue() instanceof JournalEntry.ToolBegun
                    || entry.getValue() instanceof JournalEntry.AssistantSpeaks) {
                break;
            }
            if (entry.getValue() instanceof JournalEntry.CallerSaid said
                    && said.text().isEmpty()
                    && !sounds.containsKey(said.itemId())) {
                if (laterAreKnown) {
                    continue;
                }
                break;
            }
            laterAreKnown = laterAreKnown && entry.getValue() != lastKnown;
            told.add(entry.getKey());
            commands(entry.getValue()).forEach(to);
        }
        return told;
    }

    private @Nullable JournalEntry lastKnownWords() {
        JournalEntry last = null;
        for (var entry : entries.values()) {
            if (entry instanceof JournalEntry.CallerSaid said && !said.text().isEmpty()) {
                last = entry;
            }
        }
        return last;
    }

    /** What was not told before, and how to go on. */
    List<ModelCommand> replayAfter(Set<String> told) {
        var commands = new ArrayList<ModelCommand>();
        entries.forEach((key, entry) -> {
            if (!told.contains(key)) {
                commands.addAll(commands(entry));
            }
        });
        commands.add(new ModelCommand.Tell(Role.SYSTEM, RESUMED));
        return commands;
    }

    private List<ModelCommand> commands(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.CallerSaid said -> {
                var sound = sounds.get(said.itemId());
                yield !said.text().isEmpty()
                        ? List.of(new ModelCommand.Tell(Role.CALLER, said.text()))
                        : sound == null ? List.of() : List.of(new ModelCommand.LetHear(sound));
            }
            case JournalEntry.AssistantSaid said ->
                List.of(new ModelCommand.Tell(Role.ASSISTANT, said.interrupted() ? said.text() + " …" : said.text()));
            case JournalEntry.ToolAnswered(var toolCallId, var tool, var arguments, var output) ->
                List.of(
                        new ModelCommand.RecallTool(toolCallId, tool, arguments),
                        new ModelCommand.AnswerTool(toolCallId, output));
            // A tool is told of when it is answered, for a call without its answer would stop the model; what is being
            // said, when it is known how much of it was heard.
            case JournalEntry.ToolBegun _,
                    JournalEntry.AssistantSpeaks _,
                    JournalEntry.Used _,
                    JournalEntry.LetGo _,
                    JournalEntry.Unknown _ -> List.of();
        };
    }
}
