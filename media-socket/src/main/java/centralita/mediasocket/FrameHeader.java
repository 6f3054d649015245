package centralita.mediasocket;

import io.netty.buffer.ByteBuf;

/**
 * The header of a frame (RFC 6455, 5.2), as far as it has come. Reused for frame after frame.
 */
final class FrameHeader {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PONG = 10;
    private static final int LONGEST_CONTROL_BYTES = 125;

    private int first;
    private boolean masked;
    private long length;
    /** Shorter ones have a shorter form, which must be used. */
    private int leastLength;

    private int key;
    private int bytes;

    /** Reads a header from the reader index on, which stays. @return false when it is not whole yet */
    boolean read(ByteBuf from) {
        var at = from.readerIndex();
        var there = from.readableBytes();
        if (there < 2) {
            return false;
        }
        var second = from.getByte(at + 1);
        first = from.getByte(at);
        masked = second < 0;
        length = second & 0x7F;
        var lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        bytes = 2 + lengthBytes + (masked ? 4 : 0);
        if (there < bytes) {
            return false;
        }
        leastLength = lengthBytes == 0 ? 0 : lengthBytes == 2 ? 126 : 65_536;
        if (lengthBytes == 2) {
            length = from.getUnsignedShort(at + 2);
        } else if (lengthBytes == 8) {
            length = from.getLong(at + 2);
        }
        key = masked ? from.getInt(at + 2 + lengthBytes) : 0;
        return true;
    }

    int opcode() {
        return first & 0x0F;
    }

    boolean last() {
        return first < 0;
    }

    boolean isControl() {
        return opcode() >= CLOSE;
    }

    /** Whether it is as the RFC wants it, without extensions. @param fromClient whose frames are masked */
    boolean regular(boolean fromClient) {
        var opcode = opcode();
        return (first & 0x70) == 0
                && masked == fromClient
                && length >= leastLength
                && (opcode <= BINARY || opcode >= CLOSE && opcode <= PONG && last() && length <= LONGEST_CONTROL_BYTES);
    }

    boolean masked() {
        return masked;
    }

    int key() {
        return key;
    }

    /** Of the payload. */
    long length() {
        return length;
    }

    /** Of the header itself. */
    int bytes() {
        return bytes;
    }
}
