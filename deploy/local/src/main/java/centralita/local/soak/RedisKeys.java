package centralita.local.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * How many keys Redis holds.
 *
 * @param all of them
 * @param lasting those without an end
 */
record RedisKeys(long all, long lasting) {
    private static final int PATIENCE_MS = 5_000;

    /**
     * Asks once, on a connection of its own.
     *
     * @param address as {@code redis://host:port}
     * @throws IllegalStateException when Redis does not answer as it should
     */
    static RedisKeys count(String address) {
        var place = URI.create(address);
        try (var socket = new Socket(place.getHost(), place.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            var out = socket.getOutputStream();
            // One line: "db0:keys=4,expires=3,avg_ttl=…"; nothing at all when there is no key.
            out.write("INFO keyspace\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var length = in.readLine();
            if (length == null || !length.startsWith("$")) {
                throw new IllegalStateException("Redis does not tell its keys");
            }
            var text = new char[Integer.parseInt(length.substring(1))];
            int read = 0;
            while (read < text.length) {
                int more = in.read(text, read, text.length - read);
                if (more < 0) {
                    throw new IllegalStateException("Redis has hung up");
                }
                read += more;
            }
            return parse(new String(text));
        } catch (IOException e) {
            throw new IllegalStateException("Redis cannot be asked for its keys", e);
        }
    }

    /** @param info the section {@code keyspace} */
    static RedisKeys parse(String info) {
        long all = 0;
        long expiring = 0;
        for (var line : info.split("\r\n")) {
            if (line.startsWith("db")) {
                for (var field : line.substring(line.indexOf(':') + 1).split(",")) {
                    long value = Long.parseLong(field.substring(field.indexOf('=') + 1));
                    switch (field.substring(0, field.indexOf('='))) {
                        case "keys" -> all += value;
                        case "expires" -> expiring += value;
                        default -> {}
                    }
                }
            }
        }
        return new RedisKeys(all, all - expiring);
    }
}
