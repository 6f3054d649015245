package centralita.gateway.admission;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.call.Direction;
import centralita.contracts.phone.NumberMask;
import centralita.gateway.MediaLoop;
import centralita.gateway.pool.BridgePool;
import centralita.gateway.pool.PoolConfig;
import centralita.gateway.redis.AdmissionStore;
import centralita.livestate.ModelBudget;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls, or says which limit they met: at first by the last pictures, which are here whatever is away; then by a
 * reservation in Redis, which all gateways share and which is asked together with the other question that an answer waits
 * for. When Redis is away the pictures alone decide ({@code docs/decisions/admission.md}). Event loop only.
 */
@Singleton
public class Admissions {
    private static final Logger LOG = Logger.getLogger(Admissions.class);
    private static final String ADMITTED = "admitted";
    /** So much of calls must be known before their average is believed. */
    private static final long ENOUGH_CALL_MS = 600_000;
    /** Models whose budget is looked at; beyond it the one not asked for longest goes. */
    private static final int MAX_MODELS = 50;

    private static final AdmissionStore.Picture NOTHING =
            new AdmissionStore.Picture(0, 0, 0, ModelBudget.UNKNOWN, 0, 0);

    private final AdmissionStore store;
    private final BridgePool pool;
    private final MediaLoop loop;
    private final NumberMask mask;
    private final AdmissionConfig config;
    private final long pollMs;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Seen> models = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MAX_MODELS;
        }
    };
    private final Set<String> looking = new HashSet<>();
    private boolean away;
    /** Of the default model, for those who measure. */
    private volatile long tokensLeft;

    /** @param seenMs by our own clock @param sentSince calls admitted here since: outbound ones, all */
    private record Seen(AdmissionStore.Picture picture, long seenMs, int outboundSince, int since) {}

    /** A call that asks, or that asked. @param theirs the other party's address, as the provider wrote it */
    public record Asking(String callSid, Direction direction, String theirs, AssistantProfile assistant) {
        /** Without the party. */
        @Override
        public String toString() {
            return "Asking[callSid=" + callSid + "]";
        }
    }

    Admissions(
            AdmissionStore store,
            BridgePool pool,
            MediaLoop loop,
            NumberMask mask,
            AdmissionConfig config,
            PoolConfig poolConfig,
            MeterRegistry meters) {
        this.store = store;
        this.pool = pool;
        this.loop = loop;
        this.mask = mask;
        this.config = config;
        this.pollMs = poolConfig.pollMs();
        Gauge.builder("admission.tokens.left", () -> tokensLeft)
                .description("Tokens that the default model has left in this minute, as last seen.")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        loop.run(() -> {
            models.put(config.model(), new Seen(NOTHING, loop.nowMs(), 0, 0));
            loop.every(pollMs, this::look);
            look();
        });
    }

    /** Whether there is room, by what is known here. Asks nobody. */
    public Verdict decide(Asking asking) {
        var model = model(asking.assistant);
        var room = pool.room();
        var seen = models.get(model);
        var outbound = seen == null ? 0 : seen.picture.outbound() + seen.outboundSince;
        return Admission.decide(
                new Admission.Capacity(room.sessions(), room.taken(), outbound),
                budgetOf(model),
                asking.direction,
                new Admission.Limits(config.inboundShare(), config.budgetUse(), config.tokensPerDay()));
    }

    /** @param written whether Redis was asked in time; without it the decision stands that was made here */
    public record Reservation(Verdict verdict, boolean written) {}

    /** Reserves what was decided, for all gateways to see. Never fails. */
    public Future<Reservation> reserve(Asking asking, Verdict.Admitted decided) {
        var model = model(asking.assistant);
        var inbound = asking.direction == Direction.INBOUND;
        var ceilings = decided.ceilings();
        var most = new AdmissionStore.Most(
                ceilings.calls(),
                ceilings.outboundCalls(),
                ceilings.callsOfModel(),
                !inbound ? -1 : anonymous(asking) ? config.anonymousCalls() : config.callerCalls(),
                !inbound ? -1 : anonymous(asking) ? config.anonymousCallsPerHour() : config.callerCallsPerHour(),
                inbound ? config.callsPerSecond() : -1);
        count(model, !inbound);
        var admitted = store.admit(claim(asking), most);
        return admitted.otherwise(ADMITTED)
                .map(word -> new Reservation(
                        Refusal.of(word).<Verdict>map(Verdict.NoRoom::new).orElse(decided), admitted.succeeded()));
    }

    /**
     * Writes the reservation of a call that lives, in case Redis does not know of it; one that is there stays as it is.
     *
     * @param ageMs since the call was admitted
     */
    public Future<Void> reserveAgain(Asking asking, long ageMs) {
        return store.readmit(claim(asking), ageMs);
    }

    /** The AI's part of a call is over: its room is free, and the caller still has a call. Nobody waits for it. */
    public void freeSession(Asking asking) {
        release(asking, false);
    }

    /** A call is over. Nobody waits for it; what does not reach Redis lapses. */
    public void release(Asking asking) {
        release(asking, true);
    }

    private void release(Asking asking, boolean caller) {
        store.release(claim(asking), caller)
                .onFailure(failure -> LOG.debugf(
                        "A reservation was not given back and will lapse. callSid=%s why=%s",
                        asking.callSid, failure.getMessage()));
    }

    private AdmissionStore.Claim claim(Asking asking) {
        var lifeMs = (asking.assistant.limits().maxDurationSeconds() + config.lapseSeconds()) * 1000L;
        @Nullable String hash = mask.mask(asking.theirs).hash();
        return new AdmissionStore.Claim(
                asking.callSid,
                asking.direction,
                hash == null ? "anonymous" : hash,
                config.provider(),
                model(asking.assistant),
                lifeMs);
    }

    private boolean anonymous(Asking asking) {
        return mask.mask(asking.theirs).hash() == null;
    }

    private String model(AssistantProfile assistant) {
        var named = assistant.model().name();
        return named == null ? config.model() : named;
    }

    private Admission.Budget budgetOf(String model) {
        var seen = models.get(model);
        if (seen == null) {
            // Looked at from now on; one call of a model that was never used is no risk.
            seen = new Seen(NOTHING, loop.nowMs(), 0, 0);
            models.put(model, seen);
        }
        var picture = seen.picture;
        var budget = picture.budget();
        var nowMs = picture.redisMs() + loop.nowMs() - seen.seenMs;
        return new Admission.Budget(
                budget.limit(),
                budget.leftAt(nowMs),
                budget.tokensPerCallMinute(config.tokensPerCallMinute(), ENOUGH_CALL_MS),
                picture.ofModel() + seen.since,
                picture.usedToday());
    }

    private void count(String model, boolean outbound) {
        models.computeIfPresent(
                model,
                (_, seen) ->
                        new Seen(seen.picture, seen.seenMs, seen.outboundSince + (outbound ? 1 : 0), seen.since + 1));
    }

    private void look() {
        var today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        for (var model : new HashMap<>(models).keySet()) {
            // One at a time: what an earlier one saw must not replace what a later one did.
            if (!looking.add(model)) {
                continue;
            }
            store.picture(config.provider(), model, today)
                    .onComplete(_ -> looking.remove(model))
                    .onSuccess(picture -> {
                        away = false;
                        models.put(model, new Seen(picture, loop.nowMs(), 0, 0));
                        if (model.equals(config.model())) {
                            tokensLeft = picture.budget().leftAt(picture.redisMs());
                        }
                    })
                    .onFailure(failure -> {
                        if (!away) {
                            away = true;
                            LOG.warnf(
                                    "The model's budget cannot be read; the last picture stays. reason=\"%s\"",
                                    failure.getMessage());
                        }
                    });
        }
    }
}
