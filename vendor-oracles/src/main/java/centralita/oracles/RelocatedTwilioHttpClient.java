package centralita.oracles;

import com.twilio.exception.ApiConnectionException;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * Turns Twilio's Java helper into a REST client of any server: path and query stay, scheme, host and port are ours. So
 * the helper can judge a stand-in: what it sends must be understood, what it gets must be readable to it.
 *
 * <p>Exactly one attempt per request. The helper's own client repeats every answer of 5xx up to three times, also a POST
 * that has already placed a call. Blocks its caller. Thread-safe.
 */
public final class RelocatedTwilioHttpClient extends HttpClient {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    private final URI base;
    private final java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder()
            .connectTimeout(TIME_LIMIT)
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .build();

    /** @param base where to send everything, as {@code http://127.0.0.1:4010}; a path in it goes before Twilio's */
    public RelocatedTwilioHttpClient(URI base) {
        this.base = base;
    }

    /** Twilio's client of an account whose API is somewhere else. */
    public static TwilioRestClient restClient(URI base, String accountSid, String authToken) {
        return new TwilioRestClient.Builder(accountSid, authToken)
                .accountSid(accountSid)
                .httpClient(new RelocatedTwilioHttpClient(base))
                .build();
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        var prefix = base.toString().replaceAll("/+$", "");
        var target = URI.create(prefix + request.constructURL().getFile());
        var builder = HttpRequest.newBuilder(target).timeout(TIME_LIMIT).header("Accept", "application/json");
        request.getHeaderParams().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        if (request.requiresAuthentication()) {
            builder.header("Authorization", request.getAuthString());
        }
        if (request.getMethod() == HttpMethod.POST) {
            builder.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(request.encodeFormBody()));
        } else {
            builder.method(request.getMethod().toString(), BodyPublishers.noBody());
        }
        try {
            var answer = client.send(builder.build(), BodyHandlers.ofString());
            var headers = answer.headers().map().entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream().map(value -> new BasicHeader(entry.getKey(), value)))
                    .toArray(Header[]::new);
            return new Response(answer.body(), answer.statusCode(), headers);
        } catch (IOException e) {
            throw new ApiConnectionException("cannot reach " + target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("interrupted while asking " + target, e);
        }
    }
}
