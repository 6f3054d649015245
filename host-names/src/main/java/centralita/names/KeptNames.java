package centralita.names;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Keeps the addresses of every name that was asked for (F-R8). A name that is kept is answered from memory, so that an event
 * loop which opens a connection never waits for a resolver; all of them are looked up again every {@link #LOOK_AGAIN}, on
 * threads of our own. While no resolver answers, the last addresses stay; when one says again and again that there is no such
 * name, it is forgotten. Time alone makes nothing forgotten: a connection that lives for weeks looks nothing up.
 *
 * <p>Only the first lookup of a name waits, and not for longer than {@link #FIRST_PATIENCE}.
 */
final class KeptNames implements InetAddressResolver {
    static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);
    /** A process connects to far fewer; the one that was not asked for the longest makes room. */
    static final int MOST_NAMES = 1_000;
    /** A resolver that comes back may deny for a moment what there is. */
    static final int DENIALS = 3;
    /** As the JVM itself would remember it. */
    static final Duration FAILURE_REMEMBERED = Duration.ofSeconds(10);

    /** How C libraries say, where nobody translates them, that the resolver has answered and there is no such name. */
    private static final List<String> NO_SUCH_NAME = List.of(
            "Name or service not known",
            "Name does not resolve",
            "No address associated with hostname",
            "nodename nor servname provided",
            "No such host is known");

    private final InetAddressResolver platform;
    private final Executor firstLookups;
    private final Executor furtherLookups;
    private final LongSupplier nanoClock;
    private final Duration firstPatience;
    private final Map<Question, Kept> kept = new ConcurrentHashMap<>();
    private final Map<Question, Lookup> underway = new ConcurrentHashMap<>();
    /** Names that are not kept and had no answer lately: the loop that asks for one again and again must not stand still. */
    private final Map<Question, Failure> failed = new ConcurrentHashMap<>();

    private final AtomicLong unanswered = new AtomicLong();
    /** Which addresses this JVM asks for; its settings say so, and it does not. */
    private volatile int usualCharacteristics = LookupPolicy.IPV4 | LookupPolicy.IPV6 | LookupPolicy.IPV4_FIRST;

    /** A host, and which of its addresses are wanted in which order. */
    private record Question(String host, int characteristics) {
        LookupPolicy policy() {
            return LookupPolicy.of(characteristics);
        }
    }

    private record Lookup(CompletableFuture<List<InetAddress>> answer, long beganNanos) {}

    private record Failure(Throwable why, long atNanos) {}

    private static final class Kept {
        volatile List<InetAddress> addresses;
        volatile long usedNanos;
        volatile boolean failing;
        volatile int denials;

        Kept(List<InetAddress> addresses, long usedNanos) {
            this.addresses = addresses;
            this.usedNanos = usedNanos;
        }
    }

    /** Made when there is something to say: loggers look up the name of this machine, and this here is what they ask. */
    private static final class Log {
        static final System.Logger LOG = System.getLogger("centralita.names");
    }

    /**
     * @param firstLookups runs lookups that somebody waits for
     * @param furtherLookups runs the others, which must not stand in their way
     */
    KeptNames(
            InetAddressResolver platform,
            Executor firstLookups,
            Executor furtherLookups,
            LongSupplier nanoClock,
            Duration firstPatience) {
        this.platform = platform;
        this.firstLookups = firstLookups;
        this.furtherLookups = furtherLookups;
        this.nanoClock = nanoClock;
        this.firstPatience = firstPatience;
    }

    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
        usualCharacteristics = policy.characteristics();
        var question = new Question(host, policy.characteristics());
        var known = kept.get(question);
        if (known != null) {
            known.usedNanos = nanoClock.getAsLong();
            return known.addresses.stream();
        }
        return first(question).stream();
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
        return platform.lookupByAddress(address);
    }

    private List<InetAddress> first(Question question) throws UnknownHostException {
        var lookup = lookUp(question, firstLookups);
        try {
            return lookup.answer.get(patienceLeft(lookup), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw unanswered(question, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(question, e);
        }
    }

    /** Done when this host is answered from memory; fails with an {@link UnknownHostException}, in time. */
    CompletableFuture<Void> ready(String host) {
        var question = new Question(host, usualCharacteristics);
        var answer = new CompletableFuture<Void>();
        if (kept.containsKey(question)) {
            answer.complete(null);
            return answer;
        }
        var lookup = lookUp(question, firstLookups);
        lookup.answer
                .copy()
                .orTimeout(patienceLeft(lookup), TimeUnit.NANOSECONDS)
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        answer.complete(null);
                    } else {
                        answer.completeExceptionally(unanswered(question, failure));
                    }
                });
        return answer;
    }

    /** Who comes later, while the same lookup runs, does not wait as long once more. */
    private long patienceLeft(Lookup lookup) {
        return Math.max(0, firstPatience.toNanos() - (nanoClock.getAsLong() - lookup.beganNanos));
    }

    private UnknownHostException unanswered(Question question, Throwable failure) {
        unanswered.incrementAndGet();
        var wrapped = failure instanceof ExecutionException || failure instanceof CompletionException;
        var cause = wrapped && failure.getCause() != null ? failure.getCause() : failure;
        var why = cause instanceof TimeoutException ? "no resolver has answered in time" : cause.getMessage();
        var exception = new UnknownHostException(question.host + ": " + why);
        exception.initCause(cause);
        return exception;
    }

    /** One lookup at a time for each question, and a moment of rest after one that failed. */
    private Lookup lookUp(Question question, Executor lookups) {
        var mine = new Lookup(new CompletableFuture<>(), nanoClock.getAsLong());
        var lately = failed.get(question);
        if (lately != null && mine.beganNanos - lately.atNanos < FAILURE_REMEMBERED.toNanos()) {
            mine.answer.completeExceptionally(lately.why);
            return mine;
        }
        var running = underway.putIfAbsent(question, mine);
        if (running != null) {
            return running;
        }
        try {
            lookups.execute(() -> lookUp(question, mine));
        } catch (Throwable e) {
            // Too many lookups, or no thread for them: the next look begins again.
            underway.remove(question, mine);
            mine.answer.completeExceptionally(new UnknownHostException("too many lookups"));
        }
        return mine;
    }

    private void lookUp(Question question, Lookup lookup) {
        try (var found = platform.lookupByName(question.host, question.policy())) {
            var addresses = found.toList();
            if (addresses.isEmpty()) {
                throw new UnknownHostException("no address");
            }
            found(question, addresses);
            lookup.answer.complete(addresses);
        } catch (Throwable e) {
            lookup.answer.completeExceptionally(e);
            missed(question, e);
        } finally {
            underway.remove(question, lookup);
        }
    }

    private void found(Question question, List<InetAddress> addresses) {
        var known = kept.get(question);
        if (known == null) {
            if (kept.size() >= MOST_NAMES) {
                kept.entrySet().stream()
                        .min(Comparator.comparingLong(it -> it.getValue().usedNanos))
                        .ifPresent(oldest -> kept.remove(oldest.getKey()));
            }
            kept.put(question, new Kept(addresses, nanoClock.getAsLong()));
            failed.remove(question);
            return;
        }
        known.addresses = addresses;
        known.denials = 0;
        if (known.failing) {
            known.failing = false;
            Log.LOG.log(Level.INFO, "A name can be looked up again. host={0}", question.host);
        }
    }

    private void missed(Question question, Throwable failure) {
        var known = kept.get(question);
        if (known == null) {
            if (failed.size() >= MOST_NAMES) {
                failed.clear();
            }
            failed.put(question, new Failure(failure, nanoClock.getAsLong()));
            return;
        }
        var why = String.valueOf(failure.getMessage());
        known.denials = NO_SUCH_NAME.stream().anyMatch(why::contains) ? known.denials + 1 : 0;
        if (known.denials >= DENIALS) {
            kept.remove(question);
            Log.LOG.log(Level.INFO, "A name is no more. host={0}", question.host);
        } else if (!known.failing) {
            known.failing = true;
            Log.LOG.log(
                    Level.WARNING,
                    "A name cannot be looked up; its last addresses are used meanwhile. host={0} why={1}",
                    question.host,
                    why);
        }
    }

    /** Looks up again every name that is kept. Throws nothing. */
    void lookAgain() {
        try {
            for (var question : kept.keySet()) {
                var _ = lookUp(question, furtherLookups);
            }
        } catch (Throwable e) {
            // Whatever it was, the clock that calls this must go on.
            Log.LOG.log(Level.WARNING, "Names were not looked up again.", e);
        }
    }

    /** How many names are answered from memory. */
    int size() {
        return kept.size();
    }

    /** How many names are answered with what they last were. */
    int failing() {
        return (int) kept.values().stream().filter(it -> it.failing).count();
    }

    /** How often somebody asked for a name that is not kept, and got no address. */
    long unanswered() {
        return unanswered.get();
    }
}
