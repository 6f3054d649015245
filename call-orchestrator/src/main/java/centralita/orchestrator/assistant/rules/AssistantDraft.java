package centralita.orchestrator.assistant.rules;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.assistant.AssistantProfile.Disclosure;
import centralita.contracts.assistant.AssistantProfile.Limits;
import centralita.contracts.assistant.AssistantProfile.ModelSettings;
import centralita.contracts.assistant.AssistantProfile.Recording;
import centralita.contracts.assistant.AssistantProfile.Tool;
import centralita.contracts.assistant.AssistantProfile.TurnDetection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An assistant as somebody writes it: any part may be missing until {@link AssistantRules} has looked at it. Fields are
 * those of {@link AssistantProfile}.
 *
 * @param tools null for none
 * @param limits null for {@link #DEFAULT_LIMITS}
 * @param recording null for none: calls are not recorded
 */
public record AssistantDraft(
        @Nullable String name,
        @Nullable String language,
        @Nullable String instructions,
        @Nullable String greeting,
        @Nullable Disclosure disclosure,
        @Nullable ModelSettings model,
        @Nullable List<Tool> tools,
        @Nullable Limits limits,
        @Nullable Recording recording) {
    public static final Limits DEFAULT_LIMITS = new Limits(900, 10, 2, 5, 50);
    /** Set explicitly: the vendor's text and its examples differ about the silence. */
    public static final TurnDetection DEFAULT_TURN_DETECTION = new TurnDetection("server_vad", 0.5, 300, 500, null);

    /** The version that this becomes. Only for a draft without errors. */
    @SuppressWarnings("NullAway") // A record's accessors say null, JSON may leave anything out.
    public AssistantProfile toProfile(String assistantId, int version) {
        var settings = Objects.requireNonNull(model);
        return new AssistantProfile(
                assistantId,
                version,
                Objects.requireNonNull(name),
                Objects.requireNonNull(language),
                Objects.requireNonNull(instructions),
                greeting,
                disclosure,
                new ModelSettings(
                        settings.name(),
                        settings.voice(),
                        settings.speed(),
                        settings.transcriptionModel(),
                        settings.keywords() == null ? List.of() : settings.keywords(),
                        settings.turnDetection() == null ? DEFAULT_TURN_DETECTION : settings.turnDetection()),
                tools == null ? List.of() : tools,
                limits == null ? DEFAULT_LIMITS : limits,
                recording);
    }
}
