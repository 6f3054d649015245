package centralita.names;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Puts {@link KeptNames} before the platform's own lookup, for all of this JVM. The JVM finds it by its service file. */
public final class KeptNamesProvider extends InetAddressResolverProvider {
    private static final int FIRST_LOOKUPS = 4;
    private static final int FURTHER_LOOKUPS = 2;
    private static final int WAITING_LOOKUPS = 1_000;

    @Override
    public InetAddressResolver get(Configuration platform) {
        return keeping(platform.builtinResolver());
    }

    /** For who brings a resolver of his own: what keeps its answers, and is what {@link HostNames} knows from now on. */
    public static InetAddressResolver keeping(InetAddressResolver resolver) {
        // One memory is enough: the JVM's own would add its age to ours, and remember for 10 s that a name was not
        // known.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        var names = new KeptNames(
                resolver,
                threads(FIRST_LOOKUPS, "host-names-"),
                threads(FURTHER_LOOKUPS, "host-names-again-"),
                System::nanoTime,
                KeptNames.FIRST_PATIENCE);
        Executors.newSingleThreadScheduledExecutor(factory("host-names-clock-"))
                .scheduleWithFixedDelay(
                        names::lookAgain,
                        KeptNames.LOOK_AGAIN.toSeconds(),
                        KeptNames.LOOK_AGAIN.toSeconds(),
                        TimeUnit.SECONDS);
        HostNames.use(names);
        return names;
    }

    private static ThreadPoolExecutor threads(int most, String name) {
        var pool = new ThreadPoolExecutor(
                most, most, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING_LOOKUPS), factory(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Threads that have nothing of whoever happened to ask first. */
    private static ThreadFactory factory(String name) {
        var threads = Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name(name, 0)
                .factory();
        return task -> {
            var thread = threads.newThread(task);
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            return thread;
        };
    }

    @Override
    public String name() {
        return "centralita kept names";
    }
}
