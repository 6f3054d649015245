package centralita.bridge.journal;

import centralita.bridge.conversation.life.JournalEntry;
import centralita.contracts.json.ContractsJson;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Journal entries as JSON: {@code {"kind": "caller" | "speaking" | "assistant" | "tool-begun" | "tool" | "used" | "let-go", …}}. Thread-safe. */
public final class JournalForm {
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = JournalEntry.Unknown.class)
    @JsonSubTypes({
        @Type(value = JournalEntry.CallerSaid.class, name = "caller"),
        // The script that appends to a journal knows this name (append-journal).
        @Type(value = JournalEntry.AssistantSpeaks.class, name = "speaking"),
        @Type(value = JournalEntry.AssistantSaid.class, name = "assistant"),
        @Type(value = JournalEntry.ToolBegun.class, name = "tool-begun"),
        @Type(value = JournalEntry.ToolAnswered.class, name = "tool"),
        // The script knows this one, too.
        @Type(value = JournalEntry.Used.class, name = "used"),
        @Type(value = JournalEntry.LetGo.class, name = "let-go")
    })
    private interface Kinds {}

    private static final JsonMapper MAPPER = ContractsJson.mapper()
            .rebuild()
            .addMixIn(JournalEntry.class, Kinds.class)
            .build();

    private JournalForm() {}

    public static String write(JournalEntry entry) {
        try {
            return MAPPER.writerFor(JournalEntry.class).writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot write a journal entry", e);
        }
    }

    /** An entry that cannot be read is {@link JournalEntry.Unknown}: the rest of the journal is worth having. */
    public static JournalEntry read(String json) {
        try {
            return MAPPER.readValue(json, JournalEntry.class);
        } catch (JsonProcessingException e) {
            return new JournalEntry.Unknown();
        }
    }
}
