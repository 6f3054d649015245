package centralita.bridge;

import centralita.audiolink.LinkControl;
import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.call.Direction;
import centralita.contracts.phone.MaskedNumber;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Orders and assistants as a gateway sends them. */
public final class Samples {
    static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private Samples() {}

    public static LinkControl.Prepare prepare(UUID callId, long epoch) {
        return prepare(callId, epoch, false);
    }

    /** The same, of an assistant whose turns are found in another way. */
    public static LinkControl.Prepare with(LinkControl.Prepare prepare, AssistantProfile.TurnDetection detection) {
        var a = prepare.assistant();
        var m = a.model();
        var settings = new AssistantProfile.ModelSettings(
                m.name(), m.voice(), m.speed(), m.transcriptionModel(), m.keywords(), detection);
        return new LinkControl.Prepare(
                prepare.callId(),
                prepare.epoch(),
                prepare.direction(),
                new AssistantProfile(
                        a.assistantId(),
                        a.version(),
                        a.name(),
                        a.language(),
                        a.instructions(),
                        a.greeting(),
                        a.disclosure(),
                        settings,
                        a.tools(),
                        a.limits()),
                prepare.from(),
                prepare.context(),
                prepare.resume(),
                prepare.warm(),
                prepare.traceparent());
    }

    /** @param resume whether another bridge has served the call before */
    public static LinkControl.Prepare prepare(UUID callId, long epoch, boolean resume) {
        return new LinkControl.Prepare(
                callId,
                epoch,
                Direction.INBOUND,
                assistant(),
                new MaskedNumber("0123456789abcdef0123456789abcdef", "67"),
                Map.of("SipHeader_X-Plan", "gold"),
                resume,
                false,
                TRACEPARENT);
    }

    /** To stand ready while another bridge serves. */
    public static LinkControl.Prepare warm(UUID callId, long epoch) {
        var cold = prepare(callId, epoch, true);
        return new LinkControl.Prepare(
                callId,
                epoch,
                cold.direction(),
                cold.assistant(),
                cold.from(),
                cold.context(),
                true,
                true,
                TRACEPARENT);
    }

    public static AssistantProfile assistant() {
        return assistant("get_current_time", "end_call");
    }

    public static AssistantProfile assistant(String... tools) {
        return new AssistantProfile(
                "customer-service-en",
                1,
                "Customer service",
                "en-US",
                "You are the receptionist of Acme.",
                "Greet the caller and ask how you can help.",
                null,
                new AssistantProfile.ModelSettings(
                        null,
                        "marin",
                        1.0,
                        null,
                        List.of("Acme"),
                        new AssistantProfile.TurnDetection("server_vad", 0.5, 300, 400, null)),
                Arrays.stream(tools)
                        .map(name -> new AssistantProfile.Tool("builtin", name, null, null))
                        .toList(),
                new AssistantProfile.Limits(600, 20, 2, 4, 20));
    }
}
