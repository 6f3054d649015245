package centralita.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;

/**
 * Ports that nobody listens on at the moment. They are below the range from which systems take ports for outgoing
 * connections, so that no client of ours sits on one before its server starts. Another program still may, so whoever
 * starts a server on one tries again with another when that fails.
 */
public final class FreePorts {
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 10_000;

    private FreePorts() {}

    /** @return that many different ports of the loopback address */
    public static int[] find(int count) {
        var random = new Random();
        var found = new HashSet<Integer>();
        for (int i = 0; i < TRIES && found.size() < count; i++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                found.add(port);
            }
        }
        if (found.size() < count) {
            throw new InfrastructureException("No free port was found between " + LOWEST + " and " + HIGHEST + ".");
        }
        return new ArrayList<>(found).stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean isFree(int port) {
        // Every address first: a server on all interfaces takes the port from one on the loopback, too.
        for (var address : new InetAddress[] {null, InetAddress.getLoopbackAddress()}) {
            try (var socket = new ServerSocket(port, 1, address)) {
                if (socket.getLocalPort() != port) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
