package centralita.simulators.load.socket;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP part of a WebSocket.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4">RFC 6455, 4</a>
 */
final class Handshake {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    /** Constant: the key guards against caches, not against people, and there is no cache here. */
    private static final String KEY = "Y2VudHJhbGl0YSBsb2FkIQ==";

    private final String request;

    private Handshake(String request) {
        this.request = request;
    }

    static Handshake client(URI place, Map<String, String> headers) {
        String path = place.getRawPath().isEmpty() ? "/" : place.getRawPath();
        String query = place.getRawQuery() == null ? "" : "?" + place.getRawQuery();
        var text = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n")
                .append("Host: " + place.getRawAuthority() + "\r\n")
                .append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")
                .append("Sec-WebSocket-Key: " + KEY + "\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return new Handshake(text.append("\r\n").toString());
    }

    static Handshake server() {
        return new Handshake("");
    }

    String request() {
        return request;
    }

    /** @return index after the empty line that ends the head, or -1 */
    static int end(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    /** @return why the server's answer is no upgrade, or null */
    @Nullable
    String refusal(String head) {
        String status = head.substring(0, Math.max(0, head.indexOf('\r')));
        if (!status.startsWith("HTTP/1.1 101")) {
            return "refused: " + status;
        }
        return accept(KEY).equals(header(head, "sec-websocket-accept")) ? null : "refused: wrong accept key";
    }

    boolean isUpgrade(String head) {
        return header(head, "sec-websocket-key") != null;
    }

    String answer(String head) {
        String key = header(head, "sec-websocket-key");
        if (key == null) {
            return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        }
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
    }

    private static @Nullable String header(String head, String name) {
        return head.lines()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> Objects.requireNonNull(line)
                        .substring(name.length() + 1)
                        .strip())
                .findFirst()
                .orElse(null);
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
