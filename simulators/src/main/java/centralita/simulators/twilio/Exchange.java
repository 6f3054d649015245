package centralita.simulators.twilio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All calls of a stand-in, their common clock and their ways out. On one event loop. */
final class Exchange {
    /** Calls that are over stay readable over REST until so many newer ones are. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final int MAX_RECORDINGS = 200;
    private static final long CLOCK_MS = 2;
    private static final int MAX_FRAME_BYTES = 1 << 20;
    private static final LiveCall[] NOBODY = {};

    private static final Logger LOG = Logger.getLogger(Exchange.class);

    private final Vertx vertx;
    private final TwilioSettings settings;
    private final WebhookClient webhooks;
    private final WebSocketClient sockets;
    private final RequestSignature signature;
    private final Map<String, LiveCall> live = new LinkedHashMap<>();
    private final Map<String, LiveCall> over = new LinkedHashMap<>();
    private final Map<String, byte[]> recordings = new LinkedHashMap<>();
    private final long clockTimer;
    private LiveCall[] ticking = NOBODY;
    private Function<String, Callee> callees = Callee.byMagicNumber();
    private String apiBaseUrl = "";

    Exchange(Vertx vertx, TwilioSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.webhooks = new WebhookClient(vertx, settings);
        this.signature = new RequestSignature(settings.authToken());
        this.sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(settings.maxCalls() + 1)
                .setMaxFrameSize(MAX_FRAME_BYTES)
                .setTcpNoDelay(true)
                .setClosingTimeout(2));
        this.clockTimer = vertx.setPeriodic(CLOCK_MS, id -> tick());
    }

    private void tick() {
        var now = System.nanoTime();
        for (var call : ticking) {
            try {
                call.advance(now);
            } catch (RuntimeException e) {
                // One broken line or handset must not stop everybody's clock.
                LOG.errorf(e, "a line failed, its call ends callSid=%s", call.sid());
                call.incident(0, "the line failed: " + e.getClass().getSimpleName());
                call.end(CallStatus.FAILED, CallReport.EndedBy.NETWORK, 500);
            }
        }
    }

    /** @throws IllegalStateException when as many calls live as are allowed */
    LiveCall begin(CallPlan plan, Handset handset, CallStatus status) {
        if (live.size() >= settings.maxCalls()) {
            throw new IllegalStateException("more than " + settings.maxCalls() + " calls at a time");
        }
        var call = new LiveCall(this, plan, handset, status);
        live.put(plan.sid(), call);
        ticking = live.values().toArray(NOBODY);
        return call;
    }

    void ended(LiveCall call) {
        live.remove(call.sid());
        ticking = live.values().toArray(NOBODY);
        remember(over, call.sid(), call, MAX_REMEMBERED);
    }

    private static <T> void remember(Map<String, T> memory, String key, T value, int most) {
        memory.put(key, value);
        if (memory.size() > most) {
            var eldest = memory.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    @Nullable
    LiveCall find(String callSid) {
        var running = live.get(callSid);
        return running == null ? over.get(callSid) : running;
    }

    Collection<LiveCall> running() {
        return List.copyOf(live.values());
    }

    /** All that are known, the newest last. */
    Collection<LiveCall> known() {
        var all = new ArrayList<>(over.values());
        all.addAll(live.values());
        return all;
    }

    /** @return the address under which it can be fetched with {@code .wav} */
    String keepRecording(String recordingSid, byte[] mulaw) {
        remember(recordings, recordingSid, mulaw, MAX_RECORDINGS);
        return apiBaseUrl + "/2010-04-01/Accounts/" + settings.accountSid() + "/Recordings/" + recordingSid;
    }

    byte @Nullable [] recording(String recordingSid) {
        return recordings.get(recordingSid);
    }

    Future<WebSocket> connect(WebSocketConnectOptions options) {
        return sockets.connect(options);
    }

    /** A path belongs to our public base URL, an address to itself. */
    URI resolve(String url) {
        var given = URI.create(url);
        return given.isAbsolute() ? given : URI.create(settings.publicBaseUrl() + url);
    }

    Callee callee(String address) {
        return callees.apply(address);
    }

    void callees(Function<String, Callee> next) {
        callees = next;
    }

    void apiBaseUrl(String url) {
        apiBaseUrl = url;
    }

    Vertx vertx() {
        return vertx;
    }

    TwilioSettings settings() {
        return settings;
    }

    WebhookClient webhooks() {
        return webhooks;
    }

    RequestSignature signature() {
        return signature;
    }

    void close() {
        vertx.cancelTimer(clockTimer);
        running().forEach(call -> call.end(CallStatus.COMPLETED, CallReport.EndedBy.NETWORK, 503));
        webhooks.close();
        sockets.close();
    }
}
