package centralita.bridge.session;

import centralita.bridge.conversation.life.JournalEntry;
import centralita.bridge.model.ModelCommand;
import centralita.bridge.model.ModelCommand.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What was said in a call so far, as a new model session is told it (openai-realtime 6.4). Bounded: the oldest goes
 * first. On the media event loop only.
 */
final class History {
    private static final int MOST = 400;
    private static final String RESUMED =
            "The connection to you was interrupted and is back. What stands above was said before, as far as the caller"
                    + " heard it. Go on from there in the same language. Do not greet again and do not mention this.";

    private final LinkedHashMap<String, JournalEntry> entries = new LinkedHashMap<>();

    void add(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.CallerSaid said -> entries.put("item:" + said.itemId(), entry);
            case JournalEntry.AssistantSaid said -> entries.put("item:" + said.itemId(), entry);
            case JournalEntry.ToolAnswered tool -> entries.put("tool:" + tool.toolCallId(), entry);
            case JournalEntry.Unknown _ -> {}
        }
        if (entries.size() > MOST) {
            entries.pollFirstEntry();
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether the last word is the caller's. */
    boolean callerWaits() {
        var last = entries.lastEntry();
        return last != null && !(last.getValue() instanceof JournalEntry.AssistantSaid);
    }

    /** All of it. */
    List<ModelCommand> replay() {
        return replayAfter(Set.of());
    }

    /**
     * Tells what is sure to stay as it is: up to the first words of the caller whose text is not known yet.
     *
     * @return what was told, for {@link #replayAfter}
     */
    Set<String> tellSoFar(Consumer<ModelCommand> to) {
        var told = new HashSet<String>();
        for (var entry : entries.entrySet()) {
            if (entry.getValue() instanceof JournalEntry.CallerSaid said
                    && said.text().isEmpty()) {
                break;
            }
            told.add(entry.getKey());
            commands(entry.getValue()).forEach(to);
        }
        return told;
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

    private static List<ModelCommand> commands(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.CallerSaid said ->
                said.text().isEmpty() ? List.of() : List.of(new ModelCommand.Tell(Role.CALLER, said.text()));
            case JournalEntry.AssistantSaid said ->
                List.of(new ModelCommand.Tell(Role.ASSISTANT, said.interrupted() ? said.text() + " …" : said.text()));
            case JournalEntry.ToolAnswered(var toolCallId, var tool, var arguments, var output) ->
                List.of(
                        new ModelCommand.RecallTool(toolCallId, tool, arguments),
                        new ModelCommand.AnswerTool(toolCallId, output));
            case JournalEntry.Unknown _ -> List.of();
        };
    }
}
