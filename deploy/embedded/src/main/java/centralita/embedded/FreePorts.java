package centralita.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;

/**
 * Ports that nobody listens on at the moment. Another process may take one before it is used, so whoever starts a server
 * on one tries again with another when that fails.
 */
public final class FreePorts {
    private FreePorts() {}

    /** @return that many different ports of the loopback address */
    public static int[] find(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            var ports = new int[count];
            for (int i = 0; i < count; i++) {
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports[i] = socket.getLocalPort();
            }
            return ports;
        } catch (IOException e) {
            throw new InfrastructureException("No free port was found on this machine: " + e.getMessage() + ".", e);
        } finally {
            for (var socket : sockets) {
                closeQuietly(socket);
            }
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new InfrastructureException("A probing socket did not close: " + e.getMessage() + ".", e);
        }
    }
}
