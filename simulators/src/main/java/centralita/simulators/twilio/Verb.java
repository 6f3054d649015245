package centralita.simulators.twilio;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** One instruction of a TwiML document (twilio.md 2). Empty text: attribute absent. Durations in seconds. */
sealed interface Verb {
    /** Where to go on after a verb; an empty URL means that nothing is asked. */
    record Action(String url, String method) {
        boolean present() {
            return !url.isEmpty();
        }
    }

    record Say(String text, String language, int loop) implements Verb {}

    /** @param digits pressed by Twilio instead of playing */
    record Play(String url, String digits, int loop) implements Verb {}

    record Pause(int seconds) implements Verb {}

    /** @param numDigits 0: no limit */
    record Gather(Action action, int timeout, String finishOnKey, int numDigits, boolean onEmpty, List<Verb> prompts)
            implements Verb {}

    record Record(Action action, int timeout, String finishOnKey, int maxLength, boolean beep, Action recordingCallback)
            implements Verb {}

    record Redirect(Action to) implements Verb {}

    record Hangup() implements Verb {}

    record Reject(String reason) implements Verb {}

    record Dial(Action action, int timeout, int timeLimit, boolean answerOnBridge, List<Target> targets)
            implements Verb {}

    /**
     * Somebody to dial.
     *
     * @param address number, client name or SIP URI
     * @param whisper runs on the called leg before both are joined
     * @param events of {@code initiated ringing answered completed}
     */
    record Target(String kind, String address, Action whisper, Action statusCallback, Set<String> events) {}

    record Enqueue(Action action, Action waiting, String queue) implements Verb {}

    record Leave() implements Verb {}

    /** @param parameters in document order */
    record ConnectStream(Action action, String url, String name, Action statusCallback, Map<String, String> parameters)
            implements Verb {}

    /** Nothing that this stand-in can run; it is reported and skipped. */
    record Unsupported(String name) implements Verb {}
}
