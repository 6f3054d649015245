package centralita.audiolink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.audiolink.LinkRecord.MalformedBatchException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkRecordTest {
    private static final long SEED = 20261122L;

    /** @param body hexadecimal, so that records compare */
    record Seen(int session, int stamp, RecordKind kind, String body) {}

    @ParameterizedTest
    @EnumSource
    void everyKindComesOutAsItWentIn(RecordKind kind) {
        // Given
        var batch = Unpooled.buffer();

        // When
        LinkRecord.write(batch, 0xFFFF_FFFE, 0x8000_0001, kind, bytes("ff7f00"));
        LinkRecord.write(batch, 7, 0, kind, Unpooled.EMPTY_BUFFER);

        // Then: numbers are taken bit by bit, also where Java calls them negative
        assertThat(readAll(batch))
                .isEqualTo(List.of(new Seen(0xFFFF_FFFE, 0x8000_0001, kind, "ff7f00"), new Seen(7, 0, kind, "")));
    }

    @Test
    void theBytesAreThoseOfThePage() {
        // Given
        var batch = Unpooled.buffer();

        // When
        LinkRecord.write(batch, 0x01020304, 160, RecordKind.CALLER_AUDIO, bytes("ff7f"));
        LinkRecord.writeHeard(batch, 0x01020304, 3, 1_500, true);

        // Then
        assertThat(ByteBufUtil.hexDump(batch))
                .isEqualTo("01020304" + "000000a0" + "01" + "000002" + "ff7f" + "01020304" + "00000003" + "05"
                        + "000005" + "000005dc" + "01");
    }

    @Test
    void theBodyThatIsWrittenKeepsItsIndices() {
        // Given
        var body = bytes("00ff7f00").readerIndex(1).writerIndex(3);
        var batch = Unpooled.buffer();

        // When
        LinkRecord.write(batch, 1, 0, RecordKind.PLAY, body);

        // Then
        assertThat(body.readerIndex()).isEqualTo(1);
        assertThat(body.writerIndex()).isEqualTo(3);
        assertThat(readAll(batch)).isEqualTo(List.of(new Seen(1, 0, RecordKind.PLAY, "ff7f")));
    }

    @Test
    void textIsUtf8() {
        // Given
        var batch = Unpooled.buffer();

        // When
        LinkRecord.write(batch, 1, 0, RecordKind.PREPARE, "{\"a\":\"ñ\"}");

        // Then
        assertThat(batch.toString(LinkRecord.HEADER_BYTES, 10, StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":\"ñ\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 63, 75, 200, 255})
    void aKindFromANewerPeerIsSkipped(int code) {
        // Given
        var batch = Unpooled.buffer();
        batch.writeInt(1).writeInt(0).writeInt(code << 24 | 3).writeBytes(new byte[] {1, 2, 3});
        LinkRecord.write(batch, 1, 4, RecordKind.ITEM_END, Unpooled.EMPTY_BUFFER);

        // When
        var seen = readAll(batch);

        // Then
        assertThat(seen).isEqualTo(List.of(new Seen(1, 4, RecordKind.ITEM_END, "")));
        assertThat(RecordKind.of(code)).isNull();
    }

    @Test
    void aBatchThatIsCutAnywhereIsRefusedAfterItsWholeRecords() {
        // Given
        var whole = Unpooled.buffer();
        LinkRecord.write(whole, 1, 0, RecordKind.PLAY, bytes("ffff"));
        var firstEnds = whole.writerIndex();
        LinkRecord.write(whole, 2, 0, RecordKind.PLAY, bytes("7f7f7f"));

        // When, then
        for (var length = 1; length < whole.writerIndex(); length++) {
            var cut = whole.copy(0, length);
            var seen = new ArrayList<Seen>();
            if (length == firstEnds) {
                assertThat(readAll(cut)).hasSize(1);
                continue;
            }
            assertThatThrownBy(() -> LinkRecord.readAll(cut, collectInto(seen)))
                    .as("cut after %d bytes", length)
                    .isInstanceOf(MalformedBatchException.class);
            assertThat(seen).as("cut after %d bytes", length).hasSize(length < firstEnds ? 0 : 1);
        }
    }

    @Test
    void aRecordThatClaimsMoreThanIsAllowedIsRefused() {
        // Given: the bytes are there, but no peer may say so much at once
        var batch = Unpooled.buffer();
        batch.writeInt(1)
                .writeInt(0)
                .writeInt(RecordKind.PLAY.code() << 24 | LinkRecord.MAX_BODY_BYTES + 1)
                .writeZero(LinkRecord.MAX_BODY_BYTES + 1);

        // When, then
        assertThatThrownBy(() -> readAll(batch)).isInstanceOf(MalformedBatchException.class);
    }

    @Test
    void theLongestRecordPassesAndALongerOneIsNotWritten() {
        // Given
        var longest = Unpooled.wrappedBuffer(new byte[LinkRecord.MAX_BODY_BYTES]);
        var tooLong = Unpooled.wrappedBuffer(new byte[LinkRecord.MAX_BODY_BYTES + 1]);
        var batch = Unpooled.buffer();

        // When
        LinkRecord.write(batch, 1, 0, RecordKind.PLAY, longest);

        // Then
        assertThat(readAll(batch)).hasSize(1);
        assertThatThrownBy(() -> LinkRecord.write(batch, 1, 0, RecordKind.PLAY, tooLong))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(batch.isReadable()).isFalse();
    }

    @Test
    void aReaderThatFailsOrReadsTooLittleDisturbsNoOtherRecord() {
        // Given
        var batch = Unpooled.buffer();
        LinkRecord.write(batch, 1, 0, RecordKind.PLAY, bytes("0102"));
        LinkRecord.write(batch, 2, 0, RecordKind.PLAY, bytes("0304"));
        var sessions = new ArrayList<Integer>();

        // When: one byte of two is read
        LinkRecord.readAll(batch, (session, stamp, kind, body) -> {
            body.readByte();
            sessions.add(session);
        });

        // Then
        assertThat(sessions).isEqualTo(List.of(1, 2));
        assertThat(batch.isReadable()).isFalse();
    }

    @Test
    void batchesOfAnyRecordsComeOutAsTheyWentIn() {
        // Given
        var random = new Random(SEED);
        for (var round = 0; round < 500; round++) {
            var batch = Unpooled.buffer();
            var expected = new ArrayList<Seen>();
            for (var n = random.nextInt(40); n > 0; n--) {
                var kind = RecordKind.values()[random.nextInt(RecordKind.values().length)];
                var body = new byte[random.nextInt(500)];
                random.nextBytes(body);
                var record = new Seen(random.nextInt(), random.nextInt(), kind, ByteBufUtil.hexDump(body));
                expected.add(record);
                LinkRecord.write(batch, record.session(), record.stamp(), kind, Unpooled.wrappedBuffer(body));
            }

            // When, then
            assertThat(readAll(batch)).as("seed %d, round %d", SEED, round).isEqualTo(expected);
        }
    }

    @Test
    void bytesOfAnyKindEndInRecordsOrInOneKindOfError() {
        // Given
        var random = new Random(SEED);
        var refused = 0;
        for (var round = 0; round < 20_000; round++) {
            var hostile = new byte[random.nextInt(60)];
            random.nextBytes(hostile);
            if (hostile.length >= LinkRecord.HEADER_BYTES && random.nextInt(4) > 0) {
                // A length that may fit, or most batches would end at their first record.
                Arrays.fill(hostile, 9, 11, (byte) 0);
                hostile[11] = (byte) random.nextInt(20);
            }
            var batch = Unpooled.wrappedBuffer(hostile);

            // When
            try {
                LinkRecord.readAll(batch, (session, stamp, kind, body) -> body.skipBytes(body.readableBytes()));
                assertThat(batch.isReadable()).isFalse();
            } catch (MalformedBatchException e) {
                refused++;
            }

            // Then
            assertThat(batch.writerIndex()).as("seed %d, round %d", SEED, round).isEqualTo(hostile.length);
        }
        assertThat(refused).isBetween(100, 19_900);
    }

    @Test
    void codesTellTheDirection() {
        // When, then
        assertThat(RecordKind.values())
                .allSatisfy(kind -> assertThat(RecordKind.of(kind.code())).isSameAs(kind));
        assertThat(RecordKind.DETACHED.code()).isLessThan(64);
        assertThat(RecordKind.PLAY.code()).isEqualTo(64);
    }

    private static List<Seen> readAll(ByteBuf batch) {
        var seen = new ArrayList<Seen>();
        LinkRecord.readAll(batch, collectInto(seen));
        return seen;
    }

    private static LinkRecord.Reader collectInto(List<Seen> seen) {
        return (session, stamp, kind, body) -> seen.add(new Seen(session, stamp, kind, ByteBufUtil.hexDump(body)));
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
