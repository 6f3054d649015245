package centralita.simulators.names;

import centralita.names.KeptNamesProvider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * A resolver of names that can be made to answer nothing, for the JVM of a test that names it in
 * {@code META-INF/services}. It knows this machine by any name below {@code example.test}, asks the platform for others, and
 * is asked by way of what keeps names in our services. A JVM has one, and tests may have class loaders of their own, so they
 * speak with it by system properties.
 */
public final class ResolverStandIn extends InetAddressResolverProvider {
    private static final String HANGS = "resolver.hangs";
    private static final String ASKED = "resolver.asked.";
    private static final byte[] HERE = {127, 0, 0, 1};

    /** Whether lookups wait for an answer that does not come. */
    public static void hang(boolean hangs) {
        System.setProperty(HANGS, Boolean.toString(hangs));
    }

    /** Whether this name was asked for. */
    public static boolean wasAsked(String host) {
        return Boolean.getBoolean(ASKED + host);
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        var platform = configuration.builtinResolver();
        return KeptNamesProvider.keeping(new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                System.setProperty(ASKED + host, "true");
                while (Boolean.getBoolean(HANGS)) {
                    pause();
                }
                return host.endsWith(".example.test")
                        ? Stream.of(InetAddress.getByAddress(host, HERE))
                        : platform.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return platform.lookupByAddress(address);
            }
        });
    }

    /** Between two looks at whether it still hangs: properties wake nobody. */
    private static void pause() throws UnknownHostException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted");
        }
    }

    @Override
    public String name() {
        return "stand-in";
    }
}
