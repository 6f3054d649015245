package centralita.bridge;

import centralita.audiolink.LinkControl;
import centralita.audiolink.LinkGate;
import centralita.audiolink.LinkRecord;
import centralita.audiolink.LinkSeal;
import centralita.audiolink.LinkVisit;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.StreamQuality;
import centralita.contracts.json.ContractsJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's end of the audio link with one call on it: speaks caller audio in frames of 20 ms on a clock that runs four
 * times too fast unless told otherwise, plays what it gets on the same clock, says what was heard, and answers CLEAR.
 */
public final class TestGateway implements AutoCloseable {
    private static final int FRAME_BYTES = 160;
    private static final int FRAME_MS = 20;
    private static final int PING_MS = 500;
    /** Time passes faster here than for people: the model's ear counts audio, and its answers come faster still. */
    private static final int PACE = 4;

    private static final int RING_FRAMES = 500;
    /** Between two words of how much was heard. */
    private static final int HEARD_EVERY_BYTES = 200 * 8;

    /** Small, so that a gateway which does not read is felt by the bridge soon. */
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final WebSocket socket;
    private final LinkVisit visit;
    private int session;
    private final Queue<Record> records = new ConcurrentLinkedQueue<>();
    private final List<LinkControl.HeardItem> cleared = new CopyOnWriteArrayList<>();
    private final ArrayDeque<byte[]> speech = new ArrayDeque<>();
    private final List<Played> playing = new ArrayList<>();
    private volatile long heardTotalMs;
    private volatile @Nullable StreamQuality quality;
    private volatile boolean stopped;
    private boolean stalls;
    private long stampMs;
    private long timer = -1;
    private final long pings;
    private int frameEveryMs = FRAME_MS / PACE;
    private int lastItem;
    /** The last of what the caller said, as it was sent. */
    private final ArrayDeque<Sent> ring = new ArrayDeque<>();

    private record Sent(int stampMs, byte[] frame) {}

    /** @param text of a control record; empty for others */
    public record Record(int session, int stamp, RecordKind kind, String text, int bytes) {}

    private static final class Played {
        final int item;
        final ByteArrayOutputStream audio = new ByteArrayOutputStream();
        int heardBytes;
        boolean complete;

        Played(int item) {
            this.item = item;
        }
    }

    public TestGateway(int port, String secret, int session) {
        this(port, new LinkVisit.Visits(secret, Clock.systemUTC()).to("ws://127.0.0.1:" + port), session);
    }

    /** @throws IllegalStateException when the bridge refuses the visit, or cannot prove that it is the one that was meant */
    public TestGateway(int port, LinkVisit visit, int session) {
        this.visit = visit;
        this.session = session;
        var client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxFrameSize(LinkRecord.MAX_BATCH_BYTES)
                .setMaxMessageSize(LinkRecord.MAX_BATCH_BYTES)
                .setReceiveBufferSize(RECEIVE_BUFFER_BYTES));
        var options = new WebSocketConnectOptions()
                .setAbsoluteURI("ws://127.0.0.1:" + port + "/audio-link")
                .putHeader("Authorization", visit.authorization());
        // On the socket's own loop: from elsewhere its headers may be forgotten before they are read.
        var opened = new CompletableFuture<WebSocket>();
        vertx.runOnContext(_ -> client.connect(options)
                .map(this::proven)
                .onSuccess(opened::complete)
                .onFailure(opened::completeExceptionally));
        try {
            socket = opened.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            vertx.close();
            throw new IllegalStateException("the link cannot be opened: " + e.getMessage(), e);
        }
        socket.binaryMessageHandler(batch -> LinkRecord.readAll(batch.getByteBuf(), this::onRecord));
        socket.closeHandler(_ -> stopped = true);
        pings = vertx.setPeriodic(
                PING_MS, _ -> socket.writePing(Buffer.buffer()).onFailure(_ -> {}));
    }

    private WebSocket proven(WebSocket opened) {
        if (!visit.isAnsweredBy(opened.headers().get(LinkGate.PROOF_HEADER))) {
            throw new IllegalStateException("no proof");
        }
        return opened;
    }

    private void onRecord(int number, int stamp, RecordKind kind, ByteBuf body) {
        var text = kind == RecordKind.PLAY ? "" : body.toString(StandardCharsets.UTF_8);
        records.add(new Record(number, stamp, kind, text, body.readableBytes()));
        switch (kind) {
            case PLAY -> {
                lastItem = Math.max(lastItem, stamp);
                if (playing.isEmpty() || playing.getLast().item != stamp) {
                    playing.add(new Played(stamp));
                }
                var bytes = new byte[body.readableBytes()];
                body.getBytes(body.readerIndex(), bytes);
                playing.getLast().audio.writeBytes(bytes);
            }
            case ITEM_END -> playing.stream().filter(one -> one.item == stamp).forEach(one -> one.complete = true);
            case CLEAR -> {
                var items = playing.stream()
                        .map(one -> new LinkControl.HeardItem(one.item, one.heardBytes / 8))
                        .toList();
                playing.clear();
                items.forEach(item -> cleared.add(item));
                control(0, RecordKind.CLEARED, new LinkControl.Cleared(stamp, items));
            }
            default -> {}
        }
    }

    public void prepare(LinkControl.Prepare prepare) {
        vertx.runOnContext(_ -> order(1_000_000 + session, RecordKind.PREPARE, prepare));
    }

    /** Takes the order to prepare back. */
    public void withdraw() {
        vertx.runOnContext(_ -> write(
                1_000_000 + session,
                0,
                RecordKind.DETACHED,
                ContractsJson.write(new LinkControl.Detached("stopped", null))));
    }

    /** Another bridge stands ready. */
    public void handOver(long withinMs) {
        vertx.runOnContext(_ -> control(0, RecordKind.HAND_OVER, new LinkControl.HandOver("draining", withinMs)));
    }

    /** From now on audio flows, on a clock. */
    public void attach(LinkControl.Attach attach) {
        vertx.runOnContext(_ -> {
            order(session, RecordKind.ATTACH, attach);
            clock();
        });
    }

    /** Says nothing any more, no ping either, and closes nothing: its host is gone. */
    public void fallSilent() {
        vertx.runOnContext(_ -> {
            vertx.cancelTimer(timer);
            vertx.cancelTimer(pings);
        });
    }

    /** From now on time passes as for people: for what must happen in the middle of a sentence. */
    public void atPeoplesPace() {
        vertx.runOnContext(_ -> frameEveryMs = FRAME_MS);
    }

    /** Without catching up: a machine that stood still must not hear everything at once. */
    private void clock() {
        timer = vertx.setTimer(frameEveryMs, _ -> {
            if (!stopped) {
                clock();
                frame();
            }
        });
    }

    /**
     * The bridge is gone: another one is prepared and gets the caller, all that he has just said once more, and word of what
     * he has heard. What had come plays on.
     */
    public void takeOver(LinkControl.Prepare prepare, String streamSid, int stream) {
        vertx.runOnContext(_ -> {
            session += 100;
            order(1_000_000 + session, RecordKind.PREPARE, prepare);
            var items = playing.stream()
                    .map(one -> new LinkControl.PlayedItem(
                            one.item, one.heardBytes / 8, (one.audio.size() - one.heardBytes) / 8, one.complete))
                    .toList();
            playing.forEach(one -> one.complete = true);
            var playout = new LinkControl.Playout(lastItem, items);
            order(
                    session,
                    RecordKind.ATTACH,
                    new LinkControl.Attach(prepare.callId(), prepare.epoch(), streamSid, stream, playout));
            var batch = Unpooled.buffer();
            ring.forEach(sent -> LinkRecord.write(
                    batch, session, sent.stampMs(), RecordKind.CALLER_AUDIO, Unpooled.wrappedBuffer(sent.frame())));
            socket.writeBinaryMessage(Buffer.buffer(batch));
        });
    }

    /** What it says when the stream is over. */
    public void measured(StreamQuality next) {
        quality = next;
    }

    public void detach(String reason) {
        vertx.runOnContext(_ -> {
            vertx.cancelTimer(timer);
            if (stopped) {
                return;
            }
            control(0, RecordKind.DETACHED, new LinkControl.Detached(reason, quality));
        });
    }

    public void say(byte[] mulaw) {
        vertx.runOnContext(_ -> {
            for (var from = 0; from < mulaw.length; from += FRAME_BYTES) {
                var frame = new byte[FRAME_BYTES];
                Arrays.fill(frame, (byte) 0xFF);
                System.arraycopy(mulaw, from, frame, 0, Math.min(FRAME_BYTES, mulaw.length - from));
                speech.add(frame);
            }
        });
    }

    public void press(String digits) {
        vertx.runOnContext(_ -> digits.chars()
                .forEach(digit ->
                        control((int) stampMs, RecordKind.DTMF, new LinkControl.Dtmf(String.valueOf((char) digit)))));
    }

    /** The connection ends without a word about its call. */
    public void breakLink() {
        vertx.runOnContext(_ -> socket.close());
    }

    /** Reads nothing that the bridge sends, until {@link #readAgain()}; speaks on. */
    public void stopReading() {
        vertx.runOnContext(_ -> socket.pause());
    }

    public void readAgain() {
        vertx.runOnContext(_ -> socket.resume());
    }

    /** Sends bytes as one batch, whatever they are. */
    public void raw(byte[] batch) {
        vertx.runOnContext(_ -> socket.writeBinaryMessage(Buffer.buffer(batch)));
    }

    /** From the end of what is to be said, no frame comes at all; the caller hears on. */
    public void stallAfterSpeech() {
        vertx.runOnContext(_ -> stalls = true);
    }

    private void frame() {
        var next = speech.poll();
        if (next == null && stalls) {
            var batch = Unpooled.buffer();
            listen(batch);
            if (batch.isReadable()) {
                socket.writeBinaryMessage(Buffer.buffer(batch));
            }
            return;
        }
        if (next == null) {
            next = new byte[FRAME_BYTES];
            Arrays.fill(next, (byte) 0xFF);
        }
        var batch = Unpooled.buffer();
        LinkRecord.write(batch, session, (int) stampMs, RecordKind.CALLER_AUDIO, Unpooled.wrappedBuffer(next));
        ring.add(new Sent((int) stampMs, next));
        if (ring.size() > RING_FRAMES) {
            ring.removeFirst();
        }
        stampMs += FRAME_MS;
        listen(batch);
        socket.writeBinaryMessage(Buffer.buffer(batch));
    }

    private void listen(ByteBuf batch) {
        if (playing.isEmpty()) {
            return;
        }
        var current = playing.getFirst();
        var left = current.audio.size() - current.heardBytes;
        var now = Math.min(left, FRAME_BYTES);
        current.heardBytes += now;
        heardTotalMs += now / 8;
        if (current.heardBytes / HEARD_EVERY_BYTES > (current.heardBytes - now) / HEARD_EVERY_BYTES) {
            LinkRecord.writeHeard(batch, session, current.item, current.heardBytes / 8, false);
        }
        if (current.complete && current.heardBytes == current.audio.size()) {
            LinkRecord.writeHeard(batch, session, current.item, current.heardBytes / 8, true);
            playing.removeFirst();
        }
    }

    private void order(int number, RecordKind kind, LinkControl body) {
        var batch = Unpooled.buffer();
        seal().write(batch, number, kind, ContractsJson.write(body));
        socket.writeBinaryMessage(Buffer.buffer(batch));
    }

    /** Of the orders on this link. */
    public LinkSeal seal() {
        return visit.seal();
    }

    private void control(int stamp, RecordKind kind, LinkControl body) {
        write(session, stamp, kind, ContractsJson.write(body));
    }

    private void write(int number, int stamp, RecordKind kind, String body) {
        var batch = Unpooled.buffer();
        LinkRecord.write(batch, number, stamp, kind, body);
        socket.writeBinaryMessage(Buffer.buffer(batch));
    }

    public List<Record> records(RecordKind kind) {
        return records.stream().filter(record -> record.kind() == kind).toList();
    }

    /** What was answered to every CLEAR. */
    public List<LinkControl.HeardItem> cleared() {
        return List.copyOf(cleared);
    }

    /** Audio that came of an item after the first CLEAR, ms. */
    public long playedAfterClearMs(int item) {
        return records.stream()
                        .dropWhile(record -> record.kind() != RecordKind.CLEAR)
                        .filter(record -> record.kind() == RecordKind.PLAY && record.stamp() == item)
                        .mapToLong(Record::bytes)
                        .sum()
                / 8;
    }

    /** What the caller has heard so far, of all items together. */
    public long heardTotalMs() {
        return heardTotalMs;
    }

    public long receivedMs() {
        return records(RecordKind.PLAY).stream().mapToLong(Record::bytes).sum() / 8;
    }

    public boolean closed() {
        return stopped;
    }

    @Override
    public void close() {
        vertx.close();
    }
}
