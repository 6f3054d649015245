package centralita.database;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A write whose connection broke before the database had answered: it may stand or not, and only the database knows
 * (F-S5). Nothing is told to anybody before it was asked.
 */
public final class OpenOutcome {
    private static final Logger LOG = Logger.getLogger(OpenOutcome.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private OpenOutcome() {}

    /**
     * Settles what a broken connection left open.
     *
     * @param write as it is
     * @param settle finds out by the write's own ids whether it stands, and does it where it does not; it may be run more
     *     than once, and so must change nothing where the write stands. Not used when the write surely did nothing
     * @return the outcome; fails as {@code settle} did when the database stays away for some seconds
     */
    public static <T> Uni<T> settled(Uni<T> write, Supplier<Uni<T>> settle) {
        return write.onFailure(DatabaseAway::leavesOpen).recoverWithUni(broken -> {
            LOG.warnf("A connection broke under a write; the database is asked what became of it. reason=%s", broken);
            var until = System.nanoTime() + PATIENCE.toNanos();
            return Uni.createFrom()
                    .deferred(settle::get)
                    .onFailure()
                    .retry()
                    .when(failures -> failures.onItem()
                            .transformToUniAndConcatenate(
                                    failure -> DatabaseAway.is(failure) && System.nanoTime() - until < 0
                                            ? Uni.createFrom()
                                                    .item(failure)
                                                    .onItem()
                                                    .delayIt()
                                                    .by(PAUSE)
                                            : Uni.createFrom().failure(failure)));
        });
    }
}
