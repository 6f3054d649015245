package centralita.mediasocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short way and the framework's decoder together tell the same story as that decoder alone. */
class FramePathTest {
    private static final int LONGEST_TAKEN = 300;
    private static final int LONGEST_FRAME = 70_000;
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverComesInWhateverPiecesIsToldAsTheFrameworkTellsIt(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        var fromClient = random.nextBoolean();
        var stream = PeerFrames.random(random, fromClient, LONGEST_TAKEN, LONGEST_FRAME);

        // When
        var alone = new Story(fromClient);
        var together = new Story(fromClient).withPath();
        alone.read(stream);
        for (var from = 0; from < stream.length; ) {
            var length = Math.min(stream.length - from, random.nextInt(1, random.nextBoolean() ? 8 : 4_000));
            together.read(java.util.Arrays.copyOfRange(stream, from, from + length));
            from += length;
        }

        // Then
        assertThat(together.events).isEqualTo(alone.events);
        alone.close();
        together.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPauseHoldsMessagesBackAndLosesNone(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        var stream = PeerFrames.whole(random, true, 20, LONGEST_TAKEN);
        var alone = new Story(true);
        alone.read(stream);
        var together = new Story(true).withPath();
        together.pauseAfter = random.nextInt(1, 20);

        // When
        for (var from = 0; from < stream.length; ) {
            var length = Math.min(stream.length - from, random.nextInt(1, 2_000));
            together.read(java.util.Arrays.copyOfRange(stream, from, from + length));
            from += length;
        }

        // Then
        assertThat(together.events).isEqualTo(alone.events.subList(0, together.pauseAfter));
        assertThat(together.channel.config().isAutoRead()).isFalse();
        together.pauseAfter = -1;
        together.path.resume(together.channel.pipeline().context(together.path));
        assertThat(together.events).isEqualTo(alone.events);
        assertThat(together.channel.config().isAutoRead()).isTrue();
        alone.close();
        together.close();
    }

    @Test
    void aWholeMessageNeverReachesTheFramework() {
        // Given
        var story = new Story(true).withPath();

        // When
        story.read(PeerFrames.whole(new SplittableRandom(1), true, 50, LONGEST_TAKEN));

        // Then
        assertThat(story.events).hasSize(50);
        assertThat(story.framework).isZero();
        story.close();
    }

    /** What was told about one socket, in order. */
    private static final class Story {
        final List<String> events = new ArrayList<>();
        final boolean fromClient;
        final EmbeddedChannel channel;
        FramePath path;
        int framework;
        int pauseAfter = -1;

        Story(boolean fromClient) {
            this.fromClient = fromClient;
            var config = WebSocketDecoderConfig.newBuilder()
                    .expectMaskedFrames(fromClient)
                    .allowMaskMismatch(false)
                    .allowExtensions(false)
                    .maxFramePayloadLength(LONGEST_FRAME)
                    .closeOnProtocolViolation(false)
                    .build();
            channel = new EmbeddedChannel(new WebSocket13FrameDecoder(config), new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    framework++;
                    var frame = (WebSocketFrame) message;
                    var whole = frame.isFinalFragment();
                    tell(
                            frame instanceof TextWebSocketFrame && whole
                                    ? "text"
                                    : frame instanceof BinaryWebSocketFrame && whole
                                            ? "binary"
                                            : frame.getClass().getSimpleName() + whole,
                            frame.content());
                    frame.release();
                }

                @Override
                public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
                    var cause = failure instanceof CorruptedWebSocketFrameException
                            ? failure
                            : java.util.Objects.requireNonNull(failure.getCause());
                    events.add("broken "
                            + ((CorruptedWebSocketFrameException) cause)
                                    .closeStatus()
                                    .code());
                }
            });
        }

        Story withPath() {
            var context = (ContextInternal) vertx.getOrCreateContext();
            path = new FramePath(this::message, context, new Scratch(), fromClient, LONGEST_TAKEN);
            channel.pipeline().addFirst(path);
            return this;
        }

        private void message(boolean text, byte[] bytes, int length) {
            tell(text ? "text" : "binary", Unpooled.wrappedBuffer(bytes, 0, length));
            if (events.size() == pauseAfter) {
                path.pause(channel.pipeline().context(path));
            }
        }

        private void tell(String kind, ByteBuf payload) {
            events.add(kind + " " + ByteBufUtil.hexDump(payload));
        }

        void read(byte[] bytes) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes));
        }

        void close() {
            channel.finishAndReleaseAll();
        }
    }
}
