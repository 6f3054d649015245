package centralita.simulators.load;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A call comes as Twilio brings it: a signed webhook, whose TwiML names the media stream; the upgrade is signed, too.
 *
 * @see <a href="https://www.twilio.com/docs/usage/webhooks/webhooks-security">Twilio's signatures</a>
 */
public final class WebhookEntrance implements Entrance, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String WEBHOOK = "/webhook/twilio";

    private final URI publicBaseUrl;
    private final URI gateway;
    private final String accountSid;
    private final String authToken;
    private final String calledNumber;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private Delays latencies = new Delays();

    /**
     * @param publicBaseUrl what the service believes its address to be, without trailing slash: it is what is signed
     * @param gateway where requests and media streams really go: past what would stand in between
     * @param calledNumber E.164
     */
    public WebhookEntrance(URI publicBaseUrl, URI gateway, String accountSid, String authToken, String calledNumber) {
        this.publicBaseUrl = publicBaseUrl;
        this.gateway = gateway;
        this.accountSid = accountSid;
        this.authToken = authToken;
        this.calledNumber = calledNumber;
    }

    @Override
    public CompletableFuture<StreamPlace> ring(int call) {
        String callSid = Entrance.callSid(call);
        // Numbers that are kept free for fiction: 555-01xx.
        String from = "+1%03d55501%02d".formatted(200 + call / 100 % 700, call % 100);
        SortedMap<String, String> form = new TreeMap<>(Map.of(
                "AccountSid", accountSid,
                "ApiVersion", "2010-04-01",
                "CallSid", callSid,
                "CallStatus", "ringing",
                "Called", calledNumber,
                "Caller", from,
                "Direction", "inbound",
                "From", from,
                "To", calledNumber));
        var request = HttpRequest.newBuilder(gateway.resolve(WEBHOOK))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("X-Twilio-Signature", signature(publicBaseUrl + WEBHOOK, form))
                .POST(BodyPublishers.ofString(encoded(form)))
                .build();
        long asked = System.nanoTime();
        return http.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8))
                .thenApply(answer -> {
                    record(System.nanoTime() - asked);
                    return place(answer, callSid);
                });
    }

    @Override
    public synchronized Percentiles takeLatencies() {
        Percentiles taken = latencies.percentiles();
        latencies = new Delays();
        return taken;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private synchronized void record(long nanos) {
        latencies.record(nanos);
    }

    private StreamPlace place(HttpResponse<String> answer, String callSid) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("the webhook answered " + answer.statusCode());
        }
        Element stream = stream(answer.body());
        String url = stream.getAttribute("url");
        Map<String, String> parameters = new HashMap<>();
        NodeList children = stream.getElementsByTagName("Parameter");
        for (int i = 0; i < children.getLength(); i++) {
            Element parameter = (Element) children.item(i);
            parameters.put(parameter.getAttribute("name"), parameter.getAttribute("value"));
        }
        return new StreamPlace(
                URI.create("ws://" + gateway.getAuthority() + URI.create(url).getRawPath()),
                Map.of("X-Twilio-Signature", signature(url, new TreeMap<>()), "User-Agent", "Twilio.TmeWs/1.0"),
                accountSid,
                callSid,
                parameters);
    }

    private static Element stream(String twiml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList streams = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(twiml)))
                    .getElementsByTagName("Stream");
            if (streams.getLength() == 0) {
                throw new IllegalStateException("the webhook's TwiML has no <Stream>");
            }
            return (Element) streams.item(0);
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("the webhook's answer is no TwiML", e);
        }
    }

    /** Base64 of HMAC-SHA1 over the address and all fields, by name. */
    private String signature(String url, SortedMap<String, String> form) {
        String signed = url
                + form.entrySet().stream().map(e -> e.getKey() + e.getValue()).collect(Collectors.joining());
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA1", e);
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
