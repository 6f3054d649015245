package centralita.gateway.twilio;

import java.net.URI;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Where the provider reaches us. URLs are built from the configured base and the raw target of a request, never from
 * {@code Host} or a forwarded header, which anybody may write.
 */
public final class PublicUrl {
    private final String http;
    private final String webSocket;
    private final String overrides;

    /** The provider's own rules for repeating a request. */
    public PublicUrl(URI base) {
        this(base, "");
    }

    /**
     * @param overrides rules for repeating a request, as {@code rc=3&rp=ct,rt,5xx}; the provider reads them behind a
     *     {@code #} and neither sends nor signs them (twilio 1.3). Empty: its own
     * @param base {@code https://host[/prefix]}, or {@code http://…} where no TLS is; a prefix that the ingress strips
     *     belongs to it
     * @throws IllegalArgumentException when it is no such address
     */
    public PublicUrl(URI base, String overrides) {
        var scheme = base.getScheme();
        if (scheme == null || !(scheme.equals("https") || scheme.equals("http")) || base.getHost() == null) {
            throw new IllegalArgumentException("PUBLIC_BASE_URL must be an http or https address with a host");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null || base.getRawUserInfo() != null) {
            throw new IllegalArgumentException("PUBLIC_BASE_URL must have no query, fragment or user");
        }
        var text = base.toString();
        this.http = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.webSocket = "ws" + http.substring("http".length());
        this.overrides = overrides.isEmpty() ? "" : "#" + overrides;
    }

    /** @param rawTarget path and query as they stood in the request line */
    String of(String rawTarget) {
        return http + rawTarget;
    }

    String ofUpgrade(String rawTarget) {
        return webSocket + rawTarget;
    }

    String stream(String token) {
        return webSocket + "/media-stream/" + token;
    }

    /** @param query names and values that need no escaping */
    String afterStream(UUID callId, SortedMap<String, String> query) {
        var pairs = query.entrySet().stream().map(it -> it.getKey() + '=' + it.getValue());
        return http + "/webhook/twilio/after-stream/" + callId + '?' + pairs.collect(Collectors.joining("&"))
                + overrides;
    }

    /** @param what of the step has happened, as {@code next} @param at the step */
    String ladder(UUID callId, String situation, int at, String what) {
        return http + "/webhook/twilio/ladder/" + callId + '/' + situation + '/' + at + '/' + what + overrides;
    }

    String personStatus(UUID callId) {
        return http + "/webhook/twilio/person-status/" + callId;
    }

    String recordingStatus(UUID callId) {
        return http + "/webhook/twilio/recording-status/" + callId;
    }

    String streamStatus() {
        return http + "/webhook/twilio/stream-status";
    }
}
