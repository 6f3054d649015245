package centralita.simulators.caller;

import java.nio.file.Path;

/** One line of a caller's script. Times in milliseconds of telephone time. */
public sealed interface Step {
    /** Says a recorded clip of the script's language. */
    record Say(String clip) implements Step {}

    /** @param wav relative to the script's folder */
    record SayFile(Path wav) implements Step {}

    record WaitForSpeech(int withinMs) implements Step {}

    /** Waits until the assistant has said nothing for so long. */
    record WaitForSilence(int quietMs, int withinMs) implements Step {}

    /** Speaks when so much of the assistant has been heard, counted from the beginning of the step. */
    record Interrupt(int afterMs, String clip) implements Step {}

    record Press(String digits) implements Step {}

    record Pause(int ms) implements Step {}

    record HangUp() implements Step {}

    /** Waits until most of a clip has been heard; what an earlier {@code hear} has found does not count again. */
    record Hear(String clip, int withinMs) implements Step {}

    /** Sends audio that nobody else sends, and wants exactly that back. */
    record Parrot(int ms) implements Step {}

    record ExpectEnd(boolean byAssistant, int withinMs) implements Step {}

    record ExpectSpeech() implements Step {}

    record ExpectDeadAirBelow(int ms) implements Step {}

    /** The model's memory of what it said ends where the caller stopped hearing it. */
    record ExpectTruncated(int withinMs) implements Step {}

    /** @param name empty: any */
    record ExpectToolCall(String name) implements Step {}

    /** Whether it is judged when the call is over, and takes no time within it. */
    default boolean judgedAfterwards() {
        return switch (this) {
            case ExpectSpeech _, ExpectDeadAirBelow _, ExpectTruncated _, ExpectToolCall _ -> true;
            case Say _,
                    SayFile _,
                    WaitForSpeech _,
                    WaitForSilence _,
                    Interrupt _,
                    Press _,
                    Pause _,
                    HangUp _,
                    Hear _,
                    Parrot _,
                    ExpectEnd _ -> false;
        };
    }
}
