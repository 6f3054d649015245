package centralita.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** F-R8: names while the resolver answers, does not, or says that there is no such name. */
class KeptNamesTest {
    private static final LookupPolicy POLICY =
            LookupPolicy.of(LookupPolicy.IPV4 | LookupPolicy.IPV6 | LookupPolicy.IPV4_FIRST);
    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");
    private static final Executor AT_ONCE = Runnable::run;

    private final Resolver resolver = new Resolver();
    private final AtomicLong nanos = new AtomicLong();

    /** Answers what it is told to. */
    private static final class Resolver implements InetAddressResolver {
        volatile List<InetAddress> addresses = List.of(ONE);
        volatile String failure = "";
        volatile boolean error;
        volatile CountDownLatch answers = new CountDownLatch(0);
        final AtomicLong asked = new AtomicLong();

        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            asked.incrementAndGet();
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (error) {
                throw new NoClassDefFoundError("of a test");
            }
            if (!failure.isEmpty()) {
                throw new UnknownHostException(host + ": " + failure);
            }
            return addresses.stream();
        }

        @Override
        public String lookupByAddress(byte[] address) {
            return "somebody.example.test";
        }
    }

    private KeptNames names(Executor lookups, Duration patience) {
        return new KeptNames(resolver, lookups, lookups, nanos::get, patience);
    }

    private static List<InetAddress> look(KeptNames names) throws UnknownHostException {
        return names.lookupByName("api.example.test", POLICY).toList();
    }

    @Test
    void aNameThatIsKeptIsAnsweredFromMemoryAndLookedUpAgainBeside() throws Exception {
        // Given
        var names = names(AT_ONCE, Duration.ofSeconds(5));
        assertThat(look(names)).containsExactly(ONE);
        resolver.addresses = List.of(OTHER, ONE);

        // When, then
        assertThat(look(names)).containsExactly(ONE);
        assertThat(resolver.asked).hasValue(1);
        names.lookAgain();
        assertThat(look(names)).containsExactly(OTHER, ONE);
        assertThat(resolver.asked).hasValue(2);
    }

    @Test
    void whileNoResolverAnswersTheLastAddressesStay() throws Exception {
        // Given
        var names = names(AT_ONCE, Duration.ofSeconds(5));
        look(names);

        // When
        resolver.failure = "Temporary failure in name resolution";
        names.lookAgain();
        names.lookAgain();

        // Then
        assertThat(look(names)).containsExactly(ONE);
        assertThat(names.failing()).isEqualTo(1);
        assertThatThrownBy(() -> names.lookupByName("new.example.test", POLICY))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("new.example.test: ")
                .hasMessageContaining("Temporary failure");

        // When
        resolver.failure = "";
        resolver.addresses = List.of(OTHER);
        names.lookAgain();

        // Then
        assertThat(look(names)).containsExactly(OTHER);
        assertThat(names.failing()).isZero();
    }

    @Test
    void aNameThatIsDeniedAgainAndAgainIsForgottenAndOneThatIsDeniedOnceIsNot() throws Exception {
        // Given
        var names = names(AT_ONCE, Duration.ofSeconds(5));
        look(names);

        // When
        resolver.failure = "Name or service not known";
        for (var i = 1; i < KeptNames.DENIALS; i++) {
            names.lookAgain();
        }
        assertThat(look(names)).containsExactly(ONE);
        names.lookAgain();

        // Then
        assertThat(names.size()).isZero();
        assertThatThrownBy(() -> look(names)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aNameThatNobodyHasAskedForSinceLongIsKnownWhenItIsNeeded() throws Exception {
        // Given: a connection that lives looks nothing up
        var names = names(AT_ONCE, Duration.ofSeconds(5));
        look(names);
        nanos.addAndGet(Duration.ofDays(30).toNanos());
        names.lookAgain();

        // When
        resolver.failure = "Temporary failure in name resolution";
        names.lookAgain();

        // Then
        assertThat(look(names)).containsExactly(ONE);
    }

    @Test
    void anErrorOfOneLookupEndsNoOther() throws Exception {
        // Given
        var names = names(AT_ONCE, Duration.ofSeconds(5));
        look(names);

        // When
        resolver.error = true;
        names.lookAgain();
        resolver.error = false;
        resolver.addresses = List.of(OTHER);
        names.lookAgain();

        // Then
        assertThat(look(names)).containsExactly(OTHER);
    }

    @Test
    void whoMustNotWaitIsToldWhenANameIsKnownOrThatItIsNot() throws Exception {
        // Given
        resolver.answers = new CountDownLatch(1);
        var names = names(Thread::startVirtualThread, Duration.ofMillis(100));

        // When
        var inVain = names.ready("api.example.test");

        // Then
        assertThatThrownBy(inVain::join).hasCauseInstanceOf(UnknownHostException.class);
        assertThat(names.unanswered()).isEqualTo(1);

        // When
        resolver.answers.countDown();
        // Whoever asks before it is known may lose his patience once more.
        await().until(() -> names.ready("api.example.test")
                .handle((_, failure) -> failure == null)
                .get(30, TimeUnit.SECONDS));

        // Then
        assertThat(names.ready("api.example.test")).isCompleted();
        assertThat(look(names)).containsExactly(ONE);
    }

    @Test
    void aResolverThatHangsIsWaitedForOnceAndNotForLongAndWhatItSaysLaterIsKept() throws Exception {
        // Given
        resolver.answers = new CountDownLatch(1);
        var names = names(Thread::startVirtualThread, Duration.ofMillis(100));

        // When
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> look(names))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("no resolver has answered in time");
        }

        // Then
        assertThat(resolver.asked).hasValue(1);
        resolver.answers.countDown();
        await().until(() -> names.size() == 1);
        assertThat(look(names)).containsExactly(ONE);
    }

    @Test
    void whoAsksAgainForANameThatHadNoAnswerIsNotKeptWaiting() throws Exception {
        // Given
        var names = names(AT_ONCE, Duration.ofSeconds(5));
        resolver.failure = "Temporary failure in name resolution";

        // When
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> look(names))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("Temporary failure");
        }

        // Then
        assertThat(resolver.asked).hasValue(1);
        resolver.failure = "";
        nanos.addAndGet(KeptNames.FAILURE_REMEMBERED.toNanos());
        assertThat(look(names)).containsExactly(ONE);
    }

    @Test
    void whoAsksWhileALookupHangsSinceLongIsAnsweredAtOnce() {
        // Given
        resolver.answers = new CountDownLatch(1);
        var names = names(Thread::startVirtualThread, Duration.ofMillis(100));
        assertThatThrownBy(() -> look(names)).isInstanceOf(UnknownHostException.class);

        // When
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        var later = names.ready("api.example.test");

        // Then: without a moment of patience of its own
        assertThatThrownBy(() -> later.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(UnknownHostException.class);
        assertThat(resolver.asked).hasValue(1);
        resolver.answers.countDown();
    }

    @Test
    void theNameThatWasNotAskedForTheLongestMakesRoom() throws Exception {
        // Given
        var names = names(AT_ONCE, Duration.ofSeconds(5));
        for (var i = 0; i < KeptNames.MOST_NAMES; i++) {
            nanos.incrementAndGet();
            names.lookupByName("host-" + i + ".example.test", POLICY);
        }
        nanos.incrementAndGet();
        names.lookupByName("host-0.example.test", POLICY);

        // When
        look(names);

        // Then
        assertThat(names.size()).isEqualTo(KeptNames.MOST_NAMES);
        resolver.failure = "Temporary failure in name resolution";
        assertThat(names.lookupByName("host-0.example.test", POLICY)).containsExactly(ONE);
        assertThatThrownBy(() -> names.lookupByName("host-1.example.test", POLICY))
                .isInstanceOf(UnknownHostException.class);
    }
}
