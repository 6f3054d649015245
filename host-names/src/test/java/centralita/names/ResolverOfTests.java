package centralita.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** What the JVM of a test asks in place of the platform: one name, until a system property says that nobody answers. */
public final class ResolverOfTests extends InetAddressResolverProvider {
    static final String AWAY = "resolver.away";

    @Override
    public InetAddressResolver get(Configuration platform) {
        return KeptNamesProvider.keeping(new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (Boolean.getBoolean(AWAY)) {
                    throw new UnknownHostException(host + ": Temporary failure in name resolution");
                }
                return Stream.of(InetAddress.ofLiteral("192.0.2.7"));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return platform.builtinResolver().lookupByAddress(address);
            }
        });
    }

    @Override
    public String name() {
        return "of a test";
    }
}
