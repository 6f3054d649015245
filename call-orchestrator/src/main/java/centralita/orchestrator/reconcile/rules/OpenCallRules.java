package centralita.orchestrator.reconcile.rules;

import centralita.contracts.call.CallFact;
import centralita.contracts.call.EndReason;
import centralita.contracts.call.Outcome;
import centralita.orchestrator.reconcile.rules.Finding.Alive;
import centralita.orchestrator.reconcile.rules.Finding.NoAnswer;
import centralita.orchestrator.reconcile.rules.Finding.NoCallSid;
import centralita.orchestrator.reconcile.rules.Finding.NotThere;
import centralita.orchestrator.reconcile.rules.Finding.Over;
import centralita.orchestrator.reconcile.rules.Verdict.End;
import centralita.orchestrator.reconcile.rules.Verdict.HangUp;
import centralita.orchestrator.reconcile.rules.Verdict.LookAgain;
import centralita.orchestrator.reconcile.rules.Verdict.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Decides about open calls that have gone quiet. A call ends here only when it can have no other end. */
public final class OpenCallRules {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    private OpenCallRules() {}

    /** @param now by the database's clock, as the call's times */
    public static Verdict decide(OpenCall call, Finding finding, Instant now, Limits limits) {
        return switch (finding) {
            case Over over -> new End(ended(call, over), endedAt(over, now), Why.CALLBACK_LOST);
            case Alive _ -> whileAlive(call, now, limits);
            case NotThere _ -> unknown(call, now, limits, Why.NOT_KNOWN);
            case NoCallSid _ -> withoutId(call, now, limits);
            case NoAnswer(var _, var retryAfter) -> {
                if (isTooOld(call, now, limits) && quiet(call, now).compareTo(limits.margin()) > 0) {
                    yield lost(call, Why.TOO_OLD);
                }
                var pause = pause(call.vainLooks(), limits.lookEvery());
                yield new LookAgain(longer(pause, Objects.requireNonNullElse(retryAfter, Duration.ZERO)), false);
            }
        };
    }

    private static Verdict whileAlive(OpenCall call, Instant now, Limits limits) {
        if (isTooOld(call, now, limits)) {
            // A hang-up that was meant may not have reached the provider. That the call lives after some time proves
            // it.
            var lately = call.hangUpAt() != null
                    && Duration.between(call.hangUpAt(), now).compareTo(limits.lookEvery()) < 0;
            return lately ? new LookAgain(limits.lookEvery(), true) : new HangUp(limits.lookEvery());
        }
        return new LookAgain(limits.lookEvery(), quiet(call, now).compareTo(limits.silentAfter()) > 0);
    }

    /** Calls of ours wait for their turn, and until then the provider has nothing to know. */
    private static Verdict withoutId(OpenCall call, Instant now, Limits limits) {
        if (!call.requested()) {
            return unknown(call, now, limits, Why.NO_CALL_SID);
        }
        return isTooOld(call, now, limits) ? lost(call, Why.TOO_OLD) : new LookAgain(limits.lookEvery(), false);
    }

    /** The provider's own memory lags behind its calls, so its word alone does not end one that was heard of just now. */
    private static Verdict unknown(OpenCall call, Instant now, Limits limits, Why why) {
        var left = limits.unknownAfter().minus(quiet(call, now));
        return left.isPositive() ? new LookAgain(shorter(left, limits.lookEvery()), false) : lost(call, why);
    }

    /** Over, and nobody knows how: it ended when we last heard of it, as far as anybody can say. */
    private static Verdict lost(OpenCall call, Why why) {
        var talkTime = call.answered()
                .map(answered -> Duration.between(answered, call.newsAt()))
                .orElse(Duration.ZERO);
        var reason = Objects.requireNonNullElse(call.conversationEnd(), EndReason.UNKNOWN);
        return new End(new CallFact.Ended(Outcome.UNKNOWN, reason, millis(talkTime)), call.newsAt(), why);
    }

    private static CallFact.Ended ended(OpenCall call, Over over) {
        if (over.outcome() != Outcome.COMPLETED) {
            return new CallFact.Ended(over.outcome(), EndReason.UNKNOWN, 0);
        }
        var talkTime = over.talkTime();
        if (talkTime == null) {
            talkTime = call.answered()
                    .map(answered ->
                            Duration.between(answered, over.endedAt() == null ? call.newsAt() : over.endedAt()))
                    .orElse(Duration.ZERO);
        }
        var reason = reason(call);
        return new CallFact.Ended(outcome(reason), reason, millis(talkTime));
    }

    private static EndReason reason(OpenCall call) {
        if (call.conversationEnd() != null) {
            return call.conversationEnd();
        }
        return call.hangUpAt() != null ? EndReason.DURATION_LIMIT : EndReason.UNKNOWN;
    }

    /** To the provider every answered call is completed; whether somebody meant it to end, the conversation knows. */
    private static Outcome outcome(EndReason reason) {
        return switch (reason) {
            case STREAM_LOST, NEVER_ATTACHED, MODEL_UNAVAILABLE, DROPPED_BY_PLATFORM -> Outcome.DROPPED;
            case NO_ROOM, CALL_LIMIT -> Outcome.REJECTED;
            case CALLER_HUNG_UP,
                    ASSISTANT_HUNG_UP,
                    ENDED_BY_REQUEST,
                    TRANSFERRED,
                    SILENCE_LIMIT,
                    DURATION_LIMIT,
                    BUDGET_LIMIT,
                    GIVEN_AWAY,
                    UNKNOWN -> Outcome.COMPLETED;
        };
    }

    private static Instant endedAt(Over over, Instant now) {
        var at = over.endedAt();
        return at == null || at.isAfter(now) ? now : at;
    }

    private static boolean isTooOld(OpenCall call, Instant now, Limits limits) {
        return Duration.between(call.createdAt(), now)
                        .compareTo(limits.longestCall().plus(limits.margin()))
                > 0;
    }

    private static Duration quiet(OpenCall call, Instant now) {
        return Duration.between(call.newsAt(), now);
    }

    private static Duration pause(int vainLooks, Duration longest) {
        return shorter(FIRST_PAUSE.multipliedBy(1L << Math.min(vainLooks, 10)), longest);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static long millis(Duration talkTime) {
        return Math.max(0, talkTime.toMillis());
    }
}
