package centralita.audiolink;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * What both ends of one connection share: its key comes of the shared secret, of the bridge's address and of 16 random bytes
 * of the gateway. Orders ({@link RecordKind#isOrder()}) carry a seal of {@value #BYTES} bytes before their JSON, a MAC of the
 * kind, the session number and all of the JSON. So an order, and with it its call and its epoch, holds on one connection, under one number,
 * as it was written; a clock is not needed for that. Thread-safe.
 */
public final class LinkSeal {
    static final int BYTES = HmacKey.MAC_BYTES;
    private static final byte[] ORDER = "order".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BRIDGE = "bridge".getBytes(StandardCharsets.US_ASCII);

    private final HmacKey key;

    LinkSeal(HmacKey key) {
        this.key = key;
    }

    /** Appends an order under its seal. */
    public void write(ByteBuf batch, int session, RecordKind kind, String json) {
        var order = json.getBytes(StandardCharsets.UTF_8);
        LinkRecord.header(batch, session, 0, kind, BYTES + order.length);
        batch.writeBytes(mac(session, kind, order));
        batch.writeBytes(order);
    }

    /**
     * Whether an order is whole and meant for this connection, this number and this kind.
     *
     * @param body of an order; read to the begin of its JSON when it is, else anywhere
     */
    public boolean opens(int session, RecordKind kind, ByteBuf body) {
        if (body.readableBytes() < BYTES) {
            return false;
        }
        var given = new byte[BYTES];
        body.readBytes(given);
        var order = new byte[body.readableBytes()];
        body.getBytes(body.readerIndex(), order);
        return MessageDigest.isEqual(mac(session, kind, order), given);
    }

    private byte[] mac(int session, RecordKind kind, byte[] order) {
        var number = ByteBuffer.allocate(Integer.BYTES + 1)
                .putInt(session)
                .put((byte) kind.code())
                .array();
        return key.mac(ORDER, number, order);
    }

    /** What only a bridge that knows the secret and has this address can answer to the gateway's pass. */
    String proof() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.mac(BRIDGE));
    }
}
