package centralita.bridge.conversation.life;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order, some things hold. A failure prints its seed. */
class RandomWalkTest {
    private static final int CONVERSATIONS = 400;
    private static final int STEPS = 250;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20_261_123, 77, 4_242})
    void whateverHappensTheConversationKeepsItsPromises(long seed) {
        for (var i = 0; i < CONVERSATIONS; i++) {
            new World(seed * 1_000_003 + i, i % 2 == 1).run();
        }
    }

    /** A model and a gateway that keep their protocols, and fate. */
    private static final class World {
        private final long seed;
        private final Random random;
        private final Map<String, Long> madeMs = new HashMap<>();
        private final Set<String> heardWhole = new HashSet<>();
        private final Set<String> interrupted = new HashSet<>();
        private final Map<String, String> responseOf = new HashMap<>();
        private final Map<Integer, String> numbered = new HashMap<>();
        private final Set<String> unanswered = new HashSet<>();
        private final Set<String> answered = new HashSet<>();
        private final List<String> audible = new ArrayList<>();
        private Conversation state;
        private long nowMs;
        private int ids;
        private boolean asked;
        private long askedAtMs;
        private String running;
        private String item;
        private boolean ready;
        private boolean here;
        private boolean speaking;
        private int ended;
        private int clearOrder;
        private boolean opened = true;
        private boolean opening;
        private boolean warm;
        private boolean changing;

        /** @param resumes whether a cough does not interrupt */
        World(long seed, boolean resumes) {
            this.state = Conversation.prepared(resumes ? FalseInterruptionTest.SETUP : Walk.SETUP, 0);
            this.seed = seed;
            this.random = new Random(seed);
        }

        void run() {
            for (var i = 0; i < STEPS; i++) {
                nowMs += random.nextInt(700);
                fate();
            }
            nowMs += 700_000;
            for (var i = 0; i < 6; i++) {
                nowMs += 61_000;
                feed(new Input.Tick(nowMs));
            }
            check(state.ended() != null, "every conversation ends");
            check(ended == 1, "the end is told once, not " + ended);
        }

        private void fate() {
            switch (random.nextInt(25)) {
                case 0 -> {
                    if (!ready && opened) {
                        opened = false;
                        ready = true;
                        asked = false;
                        feed(new Input.ModelReady(nowMs, shortSession(), random.nextBoolean(), random.nextBoolean()));
                    }
                }
                case 1 -> {
                    here = true;
                    audible.clear();
                    feed(new Input.Attached(nowMs, 1, 1));
                }
                case 2 -> {
                    if (here && random.nextInt(4) == 0) {
                        here = false;
                        audible.clear();
                        feed(new Input.Detached(
                                nowMs,
                                random.nextInt(5) == 0
                                        ? Input.LineEnd.STOPPED
                                        : random.nextBoolean() ? Input.LineEnd.LOST : Input.LineEnd.BROKEN));
                    }
                }
                case 3 -> {
                    if (ready && here && !speaking) {
                        speaking = true;
                        // Last words are said to their end.
                        if (running != null && state.stage() instanceof Conversation.Stage.Talking) {
                            interrupted.add(running);
                        }
                        feed(new Input.SpeechStarted(nowMs, id("u"), nowMs));
                    }
                }
                case 4 -> {
                    if (speaking) {
                        speaking = false;
                        feed(new Input.SpeechStopped(nowMs, "u", nowMs));
                        feed(new Input.SpeechCommitted(nowMs, "u"));
                    }
                }
                case 5, 6 -> {
                    if (ready && running == null && (asked || random.nextInt(3) == 0)) {
                        running = id("r");
                        asked = false;
                        feed(new Input.ResponseCreated(nowMs, running));
                    }
                }
                case 7, 8, 9 -> {
                    if (running != null) {
                        item = id("i");
                        responseOf.put(item, running);
                        feed(new Input.ItemAdded(nowMs, running, item));
                        if (random.nextInt(5) > 0) {
                            madeMs.put(item, 0L);
                            feed(new Input.AudioStarted(nowMs, running, item));
                            grow();
                        }
                    }
                }
                case 10, 11 -> grow();
                case 12 -> {
                    if (item != null && madeMs.containsKey(item)) {
                        feed(new Input.AudioEnded(nowMs, item));
                    }
                }
                case 13, 14 -> endResponse();
                case 15, 16 -> hear();
                case 17 -> {
                    var call = unanswered.stream().findFirst();
                    if (call.isPresent()) {
                        feed(new Input.ToolFinished(nowMs, call.get(), "ok", "{}", 1));
                    }
                }
                case 18 -> feed(new Input.Digit(nowMs, "123#".charAt(random.nextInt(4))));
                case 19 -> feed(new Input.AnotherMayAnswer(nowMs));
                case 22 -> {
                    if (opening) {
                        opening = false;
                        warm = true;
                        feed(new Input.SuccessorReady(nowMs));
                    }
                }
                case 23 -> {
                    if ((opening || warm) && random.nextInt(3) == 0) {
                        opening = false;
                        warm = false;
                        feed(new Input.SuccessorLost(nowMs, random.nextInt(6) > 0, "openai", 0));
                    }
                }
                case 20 -> {
                    if (ready && random.nextInt(4) == 0) {
                        sessionIsGone();
                        feed(new Input.ModelClosed(nowMs, random.nextInt(6) > 0, "close-1006", "openai", 0));
                    }
                }
                default -> {
                    if (ready) {
                        var kinds = new Input.ErrorKind[] {
                            Input.ErrorKind.BENIGN, Input.ErrorKind.OURS, Input.ErrorKind.RETRY
                        };
                        feed(new Input.ModelComplained(nowMs, kinds[random.nextInt(3)], "x", null));
                    }
                }
            }
        }

        /** Its half is over so soon that a walk has several of them. */
        private ModelSession shortSession() {
            return new ModelSession("s", "openai", "m", random.nextInt(4) > 0, 20_000);
        }

        private void sessionIsGone() {
            ready = false;
            running = null;
            asked = false;
            speaking = false;
            item = null;
        }

        private void grow() {
            if (item != null && madeMs.containsKey(item) && running != null && running.equals(responseOf.get(item))) {
                madeMs.merge(item, (long) random.nextInt(800), Long::sum);
                feed(new Input.ItemGrew(nowMs, item, madeMs.get(item), "some words that were said"));
            }
        }

        private void endResponse() {
            if (running == null) {
                return;
            }
            var done = running;
            running = null;
            item = null;
            var cancelled = interrupted.contains(done);
            var calls = new ArrayList<Input.FunctionCall>();
            if (!cancelled && random.nextInt(3) == 0) {
                for (var i = random.nextInt(5); i >= 0; i--) {
                    var name = random.nextInt(12) == 0 ? "end_call" : "get_current_time";
                    calls.add(new Input.FunctionCall(id("c"), name, "{}"));
                }
                calls.add(calls.getFirst());
            }
            var failed = !cancelled && calls.isEmpty() && random.nextInt(8) == 0;
            var status = cancelled ? Input.Status.CANCELLED : failed ? Input.Status.FAILED : Input.Status.COMPLETED;
            var failure = failed ? new Input.Failure(Input.ErrorKind.RETRY, "rate_limit_exceeded") : null;
            calls.forEach(call -> unanswered.add(call.toolCallId()));
            feed(new Input.ResponseDone(nowMs, done, status, failure, calls, "m", null));
        }

        private void hear() {
            if (audible.isEmpty() || !here) {
                return;
            }
            var first = audible.getFirst();
            var number = numbered.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(first))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            if (clearOrder > 0) {
                var order = clearOrder;
                clearOrder = 0;
                audible.clear();
                feed(new Input.Cleared(nowMs, order, List.of(new Input.HeardItem(number, random.nextInt(3_000))), 1));
            } else if (running == null || !running.equals(responseOf.get(first))) {
                audible.removeFirst();
                heardWhole.add(first);
                feed(new Input.Heard(nowMs, number, madeMs.get(first), true));
            } else {
                feed(new Input.Heard(nowMs, number, random.nextInt(2_000), false));
            }
        }

        private void feed(Input input) {
            var over = state.ended() != null;
            var decision = ConversationLife.decide(state, input);
            check(decision.equals(ConversationLife.decide(state, input)), "the same input gives the same answer");
            state = decision.to();
            check(!over || decision.effects().isEmpty(), "nothing after the end");
            decision.effects().forEach(this::on);
            if (changing) {
                changing = false;
                ready = true;
                feed(new Input.ModelReady(nowMs, shortSession(), true, false));
            }
            check(
                    state.playback().items().size() < 200
                            && state.turns().open().size() <= 32,
                    "what is remembered has a bound");
        }

        private void on(Effect effect) {
            switch (effect) {
                case Effect.Ask _ -> {
                    check(ready && here, "asks only when both are there");
                    // An ask that the model ignores for so long is lost, and asked again.
                    var lost = nowMs - askedAtMs >= Walk.SETUP.patience().answerMs();
                    check(!asked || lost, "never two asked for at once");
                    check(running == null, "never one beside another");
                    check(!speaking, "never while the caller speaks");
                    asked = true;
                    askedAtMs = nowMs;
                }
                case Effect.Play(var itemId, var number) -> {
                    check(!interrupted.contains(responseOf.get(itemId)), "audio of interrupted responses is dropped");
                    check(here, "plays to somebody");
                    check(numbered.put(number, itemId) == null, "numbers are used once");
                    audible.add(itemId);
                }
                case Effect.Truncate(var itemId, var endMs) -> {
                    check(endMs >= 0 && endMs <= madeMs.get(itemId), "truncation is clamped");
                    check(!heardWhole.contains(itemId), "what was heard to its end is never truncated");
                    check(ready, "truncates only in a session");
                }
                case Effect.OpenSuccessor _ -> {
                    check(!opening && !warm, "never more than two sessions");
                    opening = true;
                }
                case Effect.ChangeSession() -> {
                    check(warm, "changes only to a session that is warm");
                    warm = false;
                    sessionIsGone();
                    changing = true;
                }
                case Effect.Reconnect _ -> {
                    check(!warm, "does not reconnect beside a second session that could take over");
                    opening = false;
                    sessionIsGone();
                    opened = true;
                }
                case Effect.ClearPlayback(var order) -> clearOrder = order;
                case Effect.AnswerTool tool -> answer(tool.toolCallId());
                case Effect.Remember(JournalEntry.ToolAnswered tool) -> {
                    // While there is no session the journal is where the answer goes.
                    if (!ready) {
                        answer(tool.toolCallId());
                    }
                }
                case Effect.Publish(CallFact.ConversationEnded _) -> ended++;
                case Effect.LetGo(EndReason reason) -> check(reason == state.ended(), "lets go for its own reason");
                default -> {}
            }
        }

        private void answer(String toolCallId) {
            check(answered.add(toolCallId), "every function call is answered once");
            unanswered.remove(toolCallId);
        }

        private void check(boolean holds, String promise) {
            assertThat(holds).as("seed %d at %d ms: %s", seed, nowMs, promise).isTrue();
        }

        private String id(String kind) {
            return kind + ++ids;
        }
    }
}
