package centralita.bridge.session;

import centralita.bridge.conversation.life.Input;
import centralita.bridge.tool.SendDigits;
import centralita.bridge.tool.ToolBox;
import centralita.contracts.assistant.AssistantProfile;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Runs the functions that the model calls; every one is answered, on the media event loop. */
final class ToolRuns {
    private static final Logger LOG = Logger.getLogger(ToolRuns.class);

    private final AssistantProfile assistant;
    private final ToolBox tools;
    private final MediaLoop loop;
    private final Consumer<Input> inputs;

    ToolRuns(AssistantProfile assistant, ToolBox tools, MediaLoop loop, Consumer<Input> inputs) {
        this.assistant = assistant;
        this.tools = tools;
        this.loop = loop;
        this.inputs = inputs;
    }

    void run(String toolCallId, String name, String arguments) {
        var beganMs = loop.nowMs();
        tools.run(assistant, name, arguments)
                .subscribe()
                .with(
                        answer -> {
                            press(name, arguments, answer.outcome());
                            finished(toolCallId, beganMs, answer.outcome(), answer.output());
                        },
                        failure -> {
                            LOG.errorf(
                                    "A function broke its promise. tool=%s why=%s",
                                    name, failure.getClass().getSimpleName());
                            finished(toolCallId, beganMs, "failed", "{\"error\":\"failed\"}");
                        });
    }

    /** Before the answer: what the model says about the keys comes behind them. */
    private void press(String name, String arguments, String outcome) {
        if (name.equals(SendDigits.NAME) && outcome.equals("ok")) {
            var digits = SendDigits.digits(arguments);
            loop.soon(() -> inputs.accept(new Input.DigitsWanted(loop.nowMs(), digits)));
        }
    }

    private void finished(String toolCallId, long beganMs, String outcome, String output) {
        loop.soon(() -> {
            var nowMs = loop.nowMs();
            inputs.accept(new Input.ToolFinished(nowMs, toolCallId, outcome, output, nowMs - beganMs));
        });
    }
}
