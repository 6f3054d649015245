package centralita.gateway.call;

import java.util.List;

/**
 * One call on its way from the bridge that serves it to another, in peace ({@code docs/audio-link.md}): what comes next.
 * Pure. Whatever fails, the call stays with a bridge that has it, or goes at once to the one that stands ready.
 */
final class HandOver {
    private HandOver() {}

    /** Where it stands. Only {@link Over} is final. */
    sealed interface State {
        /** The other bridge was ordered to stand ready. @param asked whether the serving one was already told to let go */
        record Warming(boolean asked) implements State {}

        /** The other one stands ready, and the serving one was told to let go. */
        record Releasing() implements State {}

        record Over() implements State {}
    }

    /** What happened to it. */
    enum Input {
        /** The other bridge stands ready. */
        PREPARED,
        /** The other bridge refuses or is gone. */
        REFUSED,
        /** The serving bridge has let go. */
        RELEASED,
        /** The serving bridge is gone. */
        SERVING_LOST,
        /** There is no bridge left to try. */
        NO_OTHER,
        /** Nothing came of it for too long. */
        TIMED_OUT,
        /** The caller's stream is gone, or the call is over. */
        CALLER_LOST
    }

    /** What is to be done. */
    enum Effect {
        /** Tell the serving bridge to let go. */
        ASK_TO_RELEASE,
        /** Give the caller to the bridge that stands ready. */
        ATTACH,
        /** Tell the other bridge that nobody comes. */
        WITHDRAW,
        /** Order yet another bridge to stand ready; without one the call stays. */
        TRY_ANOTHER,
        /** Tell the serving bridge that it keeps the call after all. */
        ASK_TO_STAY,
        /** Another try is for another time. */
        GIVE_UP
    }

    record Decision(State to, List<Effect> effects) {
        static Decision of(State to, Effect... effects) {
            return new Decision(to, List.of(effects));
        }
    }

    static Decision decide(State state, Input input) {
        return switch (state) {
            case State.Warming(var asked) -> whileWarming(asked, input);
            case State.Releasing _ -> whileReleasing(input);
            case State.Over _ -> Decision.of(state);
        };
    }

    private static Decision whileWarming(boolean asked, Input input) {
        return switch (input) {
            case PREPARED ->
                asked ? Decision.of(new State.Releasing()) : Decision.of(new State.Releasing(), Effect.ASK_TO_RELEASE);
            case REFUSED -> Decision.of(new State.Warming(asked), Effect.TRY_ANOTHER);
            // Not configured yet, but nobody else has the call: it keeps what the caller says until it is.
            case RELEASED, SERVING_LOST -> Decision.of(new State.Over(), Effect.ATTACH);
            case NO_OTHER ->
                asked
                        ? Decision.of(new State.Over(), Effect.ASK_TO_STAY, Effect.GIVE_UP)
                        : Decision.of(new State.Over(), Effect.GIVE_UP);
            case TIMED_OUT ->
                asked
                        ? Decision.of(new State.Over(), Effect.ASK_TO_STAY, Effect.WITHDRAW, Effect.GIVE_UP)
                        : Decision.of(new State.Over(), Effect.WITHDRAW, Effect.GIVE_UP);
            case CALLER_LOST -> Decision.of(new State.Over(), Effect.WITHDRAW);
        };
    }

    private static Decision whileReleasing(Input input) {
        return switch (input) {
            // Others are looked for only when the one that stood ready is gone.
            case PREPARED, NO_OTHER -> Decision.of(new State.Releasing());
            case REFUSED -> Decision.of(new State.Warming(true), Effect.TRY_ANOTHER);
            case RELEASED, SERVING_LOST -> Decision.of(new State.Over(), Effect.ATTACH);
            case TIMED_OUT -> Decision.of(new State.Over(), Effect.ASK_TO_STAY, Effect.WITHDRAW, Effect.GIVE_UP);
            case CALLER_LOST -> Decision.of(new State.Over(), Effect.WITHDRAW);
        };
    }
}
