package centralita.bridge.openai;

import io.vertx.core.http.UpgradeRejectedException;
import javax.net.ssl.SSLException;

/**
 * Why no socket was had.
 *
 * @param retryable whether another try may help
 * @param why stable and of few values
 * @param retryAfterMs how long the server asks us to wait; 0: it does not say
 */
record HandshakeFailure(boolean retryable, String why, long retryAfterMs) {

    static HandshakeFailure of(Throwable cause) {
        if (cause instanceof UpgradeRejectedException rejected) {
            var status = rejected.getStatus();
            return new HandshakeFailure(
                    OpenAiErrors.retryableStatus(status), "handshake-" + status, retryAfterMs(rejected));
        }
        // A certificate that is not to be trusted now will not be in a second.
        return cause instanceof SSLException
                ? new HandshakeFailure(false, "tls", 0)
                : new HandshakeFailure(true, "unreachable", 0);
    }

    private static long retryAfterMs(UpgradeRejectedException rejected) {
        var value = rejected.getHeaders() == null ? null : rejected.getHeaders().get("Retry-After");
        try {
            return value == null ? 0 : Math.max(0, Long.parseLong(value.strip()) * 1000);
        } catch (NumberFormatException e) {
            // A date: no server of this API was seen to send one, and our own delay is as good.
            return 0;
        }
    }
}
