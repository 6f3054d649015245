package centralita.mediasocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read by the framework's decoder. */
class FrameOutletTest {
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final Executor loop = later::add;
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter());

    private FrameOutlet outlet(boolean masking) {
        ChannelHandlerContext place = channel.pipeline().firstContext();
        return new FrameOutlet(place, new LoopPass(loop, 0), masking);
    }

    private void endPass() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messagesOfAnyLengthArriveAsTheyWere(boolean masking) {
        // Given
        var outlet = outlet(masking);
        var random = new SplittableRandom(7);
        var reader = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(masking)
                .allowMaskMismatch(false)
                .maxFramePayloadLength(1 << 20)
                .build()));
        for (var length : new int[] {0, 1, 125, 126, 127, 300, 65_535, 65_536, 200_000}) {
            var bytes = new byte[length + 5];
            random.nextBytes(bytes);
            var expected = java.util.Arrays.copyOfRange(bytes, 3, 3 + length);

            // When
            if (length % 2 == 0) {
                outlet.text(bytes, 3, length);
            } else {
                outlet.binary(bytes, 3, length);
            }
            endPass();

            // Then
            reader.writeInbound(Objects.<ByteBuf>requireNonNull(channel.readOutbound()));
            var frame = Objects.requireNonNull(reader.readInbound());
            if (frame instanceof TextWebSocketFrame text) {
                assertThat(length % 2).isZero();
                assertThat(bytesOf(text.content())).isEqualTo(expected);
            } else {
                assertThat(length % 2).isOne();
                assertThat(bytesOf(((BinaryWebSocketFrame) frame).content())).isEqualTo(expected);
            }
        }
        reader.finishAndReleaseAll();
    }

    private static byte[] bytesOf(ByteBuf content) {
        var bytes = new byte[content.readableBytes()];
        content.readBytes(bytes).release();
        return bytes;
    }

    @Test
    void allOfAPassLeavesAtOnceAndAClosedSocketTakesNothing() {
        // Given
        var outlet = outlet(false);

        // When
        outlet.text(new byte[] {'a'}, 0, 1);
        outlet.text(new byte[] {'b', 'c'}, 0, 2);

        // Then
        assertThat(channel.<ByteBuf>readOutbound()).isNull();
        endPass();
        var all = channel.<ByteBuf>readOutbound();
        assertThat(bytesOf(all)).isEqualTo(new byte[] {(byte) 0x81, 1, 'a', (byte) 0x81, 2, 'b', 'c'});
        assertThat(channel.<ByteBuf>readOutbound()).isNull();

        // When
        channel.close();
        outlet.text(new byte[] {'d'}, 0, 1);
        endPass();

        // Then
        assertThat(channel.<ByteBuf>readOutbound()).isNull();
    }
}
