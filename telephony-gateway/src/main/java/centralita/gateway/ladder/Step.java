package centralita.gateway.ladder;

import java.util.List;
import java.util.Optional;

/**
 * One step of the ladder: what the caller hears, and what is done.
 *
 * @param at where on the ladder it is; the next step is asked for with one more
 */
public record Step(int at, Doing doing) {
    /** What is done; the document that does it always says where to go on. */
    public sealed interface Doing {
        /** @param line E.164, {@code sip:…} or {@code client:…} */
        record ConnectPerson(String line) implements Doing {}

        /** One key, and we call back. */
        record AskForCallback() implements Doing {}

        /** We call back. The end. */
        record PromiseCallback() implements Doing {}

        record TakeMessage() implements Doing {}

        /** Nothing more can be done. The end. */
        record SayGoodbye() implements Doing {}
    }

    /** Whether the call is over after it. */
    public boolean last() {
        return doing instanceof Doing.PromiseCallback || doing instanceof Doing.SayGoodbye;
    }

    /**
     * What there is to offer to one caller.
     *
     * @param humanLine empty when there is none
     * @param callable whether the caller's number can be called
     * @param ask whether he is asked before a callback is booked
     */
    public record Means(Optional<String> humanLine, boolean callable, boolean ask) {}

    /**
     * The next step that can be offered. Pure.
     *
     * @param rungs in their order
     * @param from the first one that has not been tried
     */
    public static Step next(List<Rung> rungs, int from, Means means) {
        for (var at = Math.max(0, from); at < rungs.size(); at++) {
            switch (rungs.get(at)) {
                case PERSON -> {
                    if (means.humanLine.isPresent()) {
                        return new Step(at, new Doing.ConnectPerson(means.humanLine.get()));
                    }
                }
                case CALLBACK -> {
                    if (means.callable) {
                        return new Step(at, means.ask ? new Doing.AskForCallback() : new Doing.PromiseCallback());
                    }
                }
                case VOICEMAIL -> {
                    return new Step(at, new Doing.TakeMessage());
                }
            }
        }
        return new Step(rungs.size(), new Doing.SayGoodbye());
    }
}
