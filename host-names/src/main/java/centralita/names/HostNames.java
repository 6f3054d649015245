package centralita.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What this process knows of names. Any thread. */
public final class HostNames {
    private static volatile @Nullable KeptNames names;

    private HostNames() {}

    static void use(KeptNames found) {
        names = found;
    }

    /**
     * For who must not wait, before he connects.
     *
     * @return done when a lookup of this host takes no time: at once for addresses and for names that are kept. Fails with an
     *     {@link UnknownHostException}, or that time ran out, when it has no address, after {@link KeptNames#FIRST_PATIENCE} at the latest
     */
    public static CompletionStage<Void> ready(@Nullable String host) {
        if (host == null) {
            return CompletableFuture.failedFuture(new UnknownHostException("no host"));
        }
        if (isAddress(host)) {
            return CompletableFuture.completedFuture(null);
        }
        var kept = names;
        return kept == null ? lookedUp(host) : kept.ready(host);
    }

    /** How many names are answered from memory. */
    public static int kept() {
        var kept = names;
        return kept == null ? 0 : kept.size();
    }

    /** How many names are answered with what they last were, because no resolver answers. */
    public static int failing() {
        var kept = names;
        return kept == null ? 0 : kept.failing();
    }

    /** How often somebody asked for a name that is not kept, and got no address. */
    public static long unanswered() {
        var kept = names;
        return kept == null ? 0 : kept.unanswered();
    }

    /** By the JVM, which makes ready what we ask the next time; away from who asks. */
    private static CompletableFuture<Void> lookedUp(String host) {
        var answer = new CompletableFuture<Void>();
        Thread.startVirtualThread(() -> {
            try {
                InetAddress.getAllByName(host);
                answer.complete(null);
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(KeptNames.FIRST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isAddress(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
