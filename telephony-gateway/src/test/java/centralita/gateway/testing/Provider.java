package centralita.gateway.testing;

import centralita.gateway.twilio.TwilioSignature;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What Twilio does towards the gateway, as far as a test of the gateway alone needs it. */
public final class Provider implements AutoCloseable {
    public static final String PUBLIC = "https://voice.example.test";
    public static final String ACCOUNT = "AC00000000000000000000000000000001";
    public static final String NUMBER = "+15005550006";
    public static final String CALLER = "+14155550123";
    /** From anywhere: every restart of the application under test loads this class anew, and Redis remembers calls. */
    private static final AtomicInteger CALLS =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1_000_000_000));

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int port;
    private final Vertx vertx = Vertx.vertx();
    private final List<ProviderStream> streams = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final TwilioSignature signature = new TwilioSignature(List.of("fake-auth-token-primary-0000000001"));

    public Provider(int port) {
        this.port = port;
    }

    /** Speaks to the application under test. */
    public static Provider here() {
        return new Provider(ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class));
    }

    public static String newCallSid() {
        return "CA" + String.format("%032d", CALLS.incrementAndGet());
    }

    /** An answer of the gateway. */
    public record Answer(int status, String body) {
        public Document twiml() {
            try {
                var factory = DocumentBuilderFactory.newInstance();
                return factory.newDocumentBuilder().parse(new InputSource(new StringReader(body)));
            } catch (ParserConfigurationException | SAXException | IOException e) {
                throw new AssertionError("no XML: " + body, e);
            }
        }

        public List<String> verbs() {
            var children = twiml().getDocumentElement().getChildNodes();
            return IntStream.range(0, children.getLength())
                    .mapToObj(children::item)
                    .filter(Element.class::isInstance)
                    .map(org.w3c.dom.Node::getNodeName)
                    .toList();
        }

        public String streamUrl() {
            return ((Element) twiml().getElementsByTagName("Stream").item(0)).getAttribute("url");
        }

        /** What the stream is to bring back. */
        public Map<String, String> parameters() {
            var elements = twiml().getElementsByTagName("Parameter");
            return IntStream.range(0, elements.getLength())
                    .mapToObj(at -> (Element) elements.item(at))
                    .collect(Collectors.toMap(it -> it.getAttribute("name"), it -> it.getAttribute("value")));
        }

        /** Where the keys go that the caller presses. */
        public String gather() {
            return ((Element) twiml().getElementsByTagName("Gather").item(0)).getAttribute("action");
        }

        public String redirect() {
            return twiml().getElementsByTagName("Redirect").item(0).getTextContent();
        }

        public UUID callId() {
            var path = URI.create(redirect()).getPath();
            return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        }
    }

    public static Map<String, String> fields(String callSid) {
        var fields = new TreeMap<String, String>();
        fields.put("AccountSid", ACCOUNT);
        fields.put("ApiVersion", "2010-04-01");
        fields.put("CallSid", callSid);
        fields.put("CallStatus", "ringing");
        fields.put("Direction", "inbound");
        fields.put("From", CALLER);
        fields.put("To", NUMBER);
        fields.put("FromCity", "");
        fields.put("SomethingNew", "tolerated & signed");
        return fields;
    }

    /** What Twilio sends with a request for what comes next. */
    public static Map<String, String> inProgress(String callSid) {
        var fields = fields(callSid);
        fields.put("CallStatus", "in-progress");
        return fields;
    }

    /** A webhook's fields of a call by this caller. */
    public static Map<String, String> fields(String callSid, String caller) {
        var fields = fields(callSid);
        fields.put("From", caller);
        return fields;
    }

    /** The number of somebody who has never called. */
    public static String newCaller() {
        var callSid = newCallSid();
        return "+346" + callSid.substring(callSid.length() - 8);
    }

    /** The path of an address that TwiML names. */
    public static String path(String url) {
        return url.substring(PUBLIC.length());
    }

    /** Says that a call is over. */
    public Answer hangUp(String callSid) {
        var fields = fields(callSid);
        fields.put("CallStatus", "completed");
        return post("/webhook/twilio/status", fields);
    }

    public Answer post(String path, Map<String, String> fields) {
        return post(path, fields, sign(PUBLIC + path, fields));
    }

    public String sign(String url, Map<String, String> fields) {
        var text = new StringBuilder(url);
        new TreeMap<>(fields).forEach((name, value) -> text.append(name).append(value));
        return signature.sign(text.toString());
    }

    public Answer post(String path, Map<String, String> fields, String header) {
        var body = fields.entrySet().stream()
                .map(it -> encode(it.getKey()) + "=" + encode(it.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("X-Twilio-Signature", header)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public Answer get(String target) {
        return send(request(target)
                .header("X-Twilio-Signature", signature.sign(PUBLIC + target))
                .build());
    }

    public HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(PATIENCE);
    }

    public Answer send(HttpRequest request) {
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Opens a stream at the address that TwiML gave. */
    public ProviderStream open(String streamUrl) {
        return stream(socket(streamUrl, signature.sign(streamUrl)));
    }

    /** Opens a stream whose end takes little at once. */
    public ProviderStream openSmall(String streamUrl) {
        return stream(socket(streamUrl, signature.sign(streamUrl), options().setReceiveBufferSize(8192)));
    }

    private ProviderStream stream(WebSocket socket) {
        var stream = new ProviderStream(socket, "MZ" + String.format("%032d", CALLS.incrementAndGet()));
        streams.add(stream);
        return stream;
    }

    /** The status with which an upgrade is refused. */
    public int refusal(String streamUrl, String header) {
        try {
            socket(streamUrl, header).close();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof UpgradeRejectedException rejected) {
                return rejected.getStatus();
            }
            throw e;
        }
    }

    private static WebSocketClientOptions options() {
        return new WebSocketClientOptions().setMaxFrameSize(1 << 22).setMaxMessageSize(1 << 23);
    }

    private WebSocket socket(String streamUrl, String header) {
        return socket(streamUrl, header, options());
    }

    private WebSocket socket(String streamUrl, String header, WebSocketClientOptions client) {
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(URI.create(streamUrl).getRawPath())
                .addHeader("X-Twilio-Signature", header);
        return vertx.createWebSocketClient(client)
                .connect(options)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public String signUrl(String url) {
        return signature.sign(url);
    }

    @Override
    public void close() {
        streams.forEach(ProviderStream::thaw);
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
