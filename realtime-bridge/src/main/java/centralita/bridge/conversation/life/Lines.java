package centralita.bridge.conversation.life;

import org.jspecify.annotations.Nullable;

/**
 * What the model is told to say when nobody but us knows that something is to be said. Instructions of a response
 * replace the session's, so the persona goes before each of them.
 */
final class Lines {
    private Lines() {}

    static String greeting(Setup setup, String order) {
        return withPersona(setup, order);
    }

    static String areYouThere(Setup setup) {
        return withPersona(
                setup,
                "The caller has said nothing for a while. Ask in one short sentence, in the language of the"
                        + " conversation (" + setup.language()
                        + " if nothing was said), whether they are still there.");
    }

    static String goodbyeForSilence(Setup setup) {
        return withPersona(
                setup,
                "The caller does not answer any more. Say in one short sentence that you cannot hear them and that"
                        + " they are welcome to call again, and say goodbye, in the language of the conversation ("
                        + setup.language() + " if nothing was said). Ask nothing.");
    }

    static String goodbyeForDuration(Setup setup) {
        return withPersona(
                setup,
                "The call has reached its longest permitted duration and ends now. Say so in one short, friendly"
                        + " sentence in the language of the conversation and say goodbye. Ask nothing.");
    }

    static String goodbye(Setup setup) {
        return withPersona(
                setup,
                "The call ends now. Say goodbye in one short, friendly sentence in the language of the conversation."
                        + " Ask nothing.");
    }

    static String afterLostLine(Setup setup) {
        return withPersona(
                setup,
                "The telephone line was interrupted for a moment and the caller missed the end of what you said. Do not"
                        + " greet again. Apologise in a few words and go on from what the caller had heard.");
    }

    /** Its last words stand last in the conversation. */
    static String goOn(Setup setup) {
        return withPersona(
                setup,
                "A technical interruption cut off your last words above in mid-sentence. Say what was still to come: go on"
                        + " with the rest of that sentence, in the same language. Do not repeat what you have said, do not"
                        + " greet, and do not mention the interruption.");
    }

    static String keys(String digits) {
        return "[The caller pressed these keys on the telephone: " + digits + "]";
    }

    private static String withPersona(Setup setup, @Nullable String order) {
        return setup.persona() + "\n\n# Now\n" + order;
    }
}
