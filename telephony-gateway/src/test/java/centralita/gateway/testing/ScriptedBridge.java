package centralita.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.LinkGate;
import centralita.audiolink.LinkRecord;
import centralita.audiolink.LinkSeal;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.EndReason;
import centralita.contracts.json.ContractsJson;
import centralita.livestate.BridgeEntry;
import centralita.livestate.LiveKeys;
import io.netty.buffer.Unpooled;
import io.quarkus.redis.datasource.RedisDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A bridge that does what a test says: a real socket, the real form of the audio link, no model behind it. */
public final class ScriptedBridge implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private volatile String bridgeId;
    private final RedisDataSource redis;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    private final List<ServerWebSocket> zombies = new CopyOnWriteArrayList<>();
    private final LinkGate gate = new LinkGate("a-secret-of-the-tests", Clock.systemUTC());
    private final int port;
    private final boolean genuine;
    private final List<String> left = new CopyOnWriteArrayList<>();
    private final AtomicInteger visitors = new AtomicInteger();
    private volatile boolean draining;
    private volatile boolean strained;
    private volatile @Nullable String refuse;
    private volatile @Nullable EndReason ended;
    private volatile int reserved;
    private volatile boolean quiet;
    private volatile boolean gone;
    private volatile int closeCode = -1;

    /** @param body for audio the μ-law, for control records JSON */
    public record Received(int session, int stamp, RecordKind kind, byte[] body) {
        public <T extends LinkControl> T as(Class<T> type) {
            return ContractsJson.read(body, type);
        }

        @Override
        public boolean equals(Object other) {
            return other == this;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private ScriptedBridge(String bridgeId, RedisDataSource redis, boolean genuine) {
        this.bridgeId = bridgeId;
        this.redis = redis;
        this.genuine = genuine;
        var server = vertx.createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setMaxWebSocketFrameSize(1 << 20));
        server.requestHandler(this::upgrade);
        port = server.listen(0).toCompletionStage().toCompletableFuture().join().actualPort();
        beat();
        vertx.setPeriodic(
                200,
                _ -> vertx.executeBlocking(() -> {
                    beat();
                    return null;
                }));
    }

    public static ScriptedBridge start(String bridgeId, RedisDataSource redis) {
        return new ScriptedBridge(bridgeId, redis, true);
    }

    /** Somebody who can write to Redis, and does not know the secret. */
    public static ScriptedBridge startImpostor(String bridgeId, RedisDataSource redis) {
        return new ScriptedBridge(bridgeId, redis, false);
    }

    /** Writes no more heartbeats: for tests that take Redis away, and would hang in them. */
    public void keepQuiet() {
        quiet = true;
    }

    /** One after the other: what was said last must not be overtaken by what was true before. */
    private synchronized void beat() {
        if (quiet || gone) {
            return;
        }
        var entry = new BridgeEntry(bridgeId, address(), 0, reserved, 100, state(), System.currentTimeMillis());
        redis.hash(String.class).hset(LiveKeys.bridge(bridgeId), entry.toFields());
        redis.set(String.class).sadd(LiveKeys.BRIDGES, bridgeId);
    }

    private BridgeEntry.State state() {
        if (draining) {
            return BridgeEntry.State.DRAINING;
        }
        return strained ? BridgeEntry.State.STRAINED : BridgeEntry.State.READY;
    }

    public String id() {
        return bridgeId;
    }

    private String address() {
        return "ws://127.0.0.1:" + port;
    }

    private void upgrade(HttpServerRequest request) {
        visitors.incrementAndGet();
        switch (gate.admit(request.getHeader("Authorization"), address())) {
            case LinkGate.Entry.Admitted(var seal, var proof)
            when request.path().equals("/audio-link") -> {
                request.response().putHeader(LinkGate.PROOF_HEADER, genuine ? proof : "a-proof-of-nothing");
                request.toWebSocket().onSuccess(socket -> accept(socket, seal));
            }
            case LinkGate.Entry.Admitted _, LinkGate.Entry.Refused _ ->
                request.response().setStatusCode(401).end();
        }
    }

    private void accept(ServerWebSocket socket, LinkSeal seal) {
        sockets.add(socket);
        socket.closeHandler(_ -> {
            sockets.remove(socket);
            closeCode = socket.closeStatusCode() == null ? 1006 : socket.closeStatusCode();
        });
        socket.binaryMessageHandler(message ->
                LinkRecord.readAll(message.getByteBuf(), (session, stamp, kind, body) -> {
                    if (kind.isOrder() && !seal.opens(session, kind, body)) {
                        send(session, 0, RecordKind.REFUSED, new LinkControl.Refused("bad-seal", null));
                        return;
                    }
                    var bytes = new byte[body.readableBytes()];
                    body.getBytes(body.readerIndex(), bytes);
                    var record = new Received(session, stamp, kind, bytes);
                    received.add(record);
                    answer(record);
                }));
    }

    private void answer(Received record) {
        var reason = refuse;
        if (record.kind() == RecordKind.ATTACH && reason == null) {
            send(
                    record.session(),
                    0,
                    RecordKind.READY,
                    new LinkControl.Ready(record.as(LinkControl.Attach.class).epoch()));
        } else if (reason != null && (record.kind() == RecordKind.ATTACH || record.kind() == RecordKind.PREPARE)) {
            send(record.session(), 0, RecordKind.REFUSED, new LinkControl.Refused(reason, ended));
        }
    }

    public void send(int session, int stamp, RecordKind kind, LinkControl body) {
        var batch = Unpooled.buffer();
        LinkRecord.write(batch, session, stamp, kind, ContractsJson.write(body));
        write(batch);
    }

    public void send(int session, int stamp, RecordKind kind, byte[] body) {
        var batch = Unpooled.buffer();
        LinkRecord.write(batch, session, stamp, kind, Unpooled.wrappedBuffer(body));
        write(batch);
    }

    /** Bytes that are no batch. */
    public void sendRaw(byte[] bytes) {
        write(Unpooled.wrappedBuffer(bytes));
    }

    private void write(io.netty.buffer.ByteBuf batch) {
        sockets.getLast().writeBinaryMessage(Buffer.buffer(batch));
    }

    /** The first record that fits, waited for. */
    public Received await(RecordKind kind, UUID callId) {
        return Awaitility.await(kind + " at " + bridgeId)
                .atMost(PATIENCE)
                .until(() -> of(kind, callId), found -> !found.isEmpty())
                .getFirst();
    }

    /** Records that name a call. */
    public List<Received> of(RecordKind kind, UUID callId) {
        return received.stream()
                .filter(it -> it.kind() == kind && new String(it.body()).contains(callId.toString()))
                .toList();
    }

    /** At least so many records of a kind in one session, waited for. */
    public List<Received> await(RecordKind kind, int session, int count) {
        return Awaitility.await(kind + " of session " + session + " at " + bridgeId)
                .atMost(PATIENCE)
                .until(() -> of(kind, session), found -> found.size() >= count);
    }

    public List<Received> of(RecordKind kind, int session) {
        return received.stream()
                .filter(it -> it.kind() == kind && it.session() == session)
                .toList();
    }

    /** How often a gateway has knocked. */
    public int visitors() {
        return visitors.get();
    }

    public List<Received> all() {
        return received;
    }

    public void awaitLink() {
        Awaitility.await("a link to " + bridgeId).atMost(PATIENCE).until(() -> !sockets.isEmpty());
    }

    /** The code with which the gateway closed its link. */
    public int awaitLinkClose() {
        return Awaitility.await("the end of the link").atMost(PATIENCE).until(() -> closeCode, code -> code >= 0);
    }

    /** Answers every order with a refusal; with null as before. */
    public void refuseAll(@Nullable String reason) {
        refuse = reason;
        ended = null;
    }

    /** From now on it knows every call to be over. */
    public void knowsToBeOver(EndReason why) {
        ended = why;
        refuse = "over";
    }

    /** Says that it has many calls, or none. */
    public void load(int calls) {
        reserved = calls;
        beat();
    }

    public void drain() {
        draining = true;
        beat();
    }

    /** Says that it has more to do than it can, or has no longer. */
    public void strain(boolean strained) {
        this.strained = strained;
        beat();
    }

    /** Reads and answers nothing any more, and keeps its sockets, as a stopped process does. */
    public void freeze() {
        assertThat(sockets).isNotEmpty();
        zombies.addAll(sockets);
        sockets.forEach(socket -> ((WebSocketInternal) socket)
                .channelHandlerContext()
                .channel()
                .config()
                .setAutoRead(false));
    }

    /** Reads and answers again, as a process that was continued. */
    public void thaw() {
        sockets.forEach(socket -> ((WebSocketInternal) socket)
                .channelHandlerContext()
                .channel()
                .config()
                .setAutoRead(true));
    }

    /** Its links break, and it lives. */
    public void cutLinks() {
        List.copyOf(sockets).forEach(socket -> socket.close((short) 1011));
    }

    /** Writes on the socket that it had, whether or not the other end still wants it. */
    public void sendLate(int session, int stamp, RecordKind kind, byte[] body) {
        var batch = Unpooled.buffer();
        LinkRecord.write(batch, session, stamp, kind, Unpooled.wrappedBuffer(body));
        zombies.forEach(socket -> socket.writeBinaryMessage(Buffer.buffer(batch.copy())));
    }

    /** As a process that was killed and started again at this address: it has another id, and the entry of the first stays. */
    public synchronized void startAgain(String anotherId) {
        left.add(bridgeId);
        bridgeId = anotherId;
        beat();
    }

    /** As a process that is killed: its entry in the pool stays for now. */
    public void die() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        die();
        forget();
    }

    private synchronized void forget() {
        // A heartbeat that was on its way when the process ended would write it back.
        gone = true;
        left.add(bridgeId);
        left.forEach(id -> {
            redis.key().del(LiveKeys.bridge(id));
            redis.set(String.class).srem(LiveKeys.BRIDGES, id);
        });
    }
}
