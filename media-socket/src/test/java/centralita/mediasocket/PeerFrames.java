package centralita.mediasocket;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;

/** Frames as a peer sends them, written by hand from RFC 6455: right ones and wrong ones. */
final class PeerFrames {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final SplittableRandom random;
    private final boolean masked;

    private PeerFrames(SplittableRandom random, boolean masked) {
        this.random = random;
        this.masked = masked;
    }

    /** Messages that come in one frame each. */
    static byte[] whole(SplittableRandom random, boolean masked, int count, int longest) {
        var peer = new PeerFrames(random, masked);
        for (var i = 0; i < count; i++) {
            peer.frame(0x80 | random.nextInt(1, 3), random.nextInt(longest + 1), masked);
        }
        return peer.bytes.toByteArray();
    }

    /** A conversation of all kinds of frames, that may end in something that is none. */
    static byte[] random(SplittableRandom random, boolean masked, int taken, int longest) {
        var peer = new PeerFrames(random, masked);
        var count = random.nextInt(1, 30);
        for (var i = 0; i < count; i++) {
            peer.something(taken, longest);
        }
        if (random.nextBoolean()) {
            peer.wrong(longest);
            peer.something(taken, longest);
        }
        return peer.bytes.toByteArray();
    }

    private void something(int taken, int longest) {
        switch (random.nextInt(10)) {
            case 0 -> frame(0x89, random.nextInt(126), masked);
            case 1 -> frame(0x8A, random.nextInt(126), masked);
            case 2 -> pieces(taken);
            case 3 -> frame(0x81, random.nextInt(taken, longest + 1), masked);
            case 4 -> frame(0x82, 0, masked);
            default -> frame(0x80 | random.nextInt(1, 3), random.nextInt(taken + 1), masked);
        }
    }

    private void pieces(int taken) {
        frame(random.nextInt(1, 3), random.nextInt(taken), masked);
        var middle = random.nextInt(3);
        for (var i = 0; i < middle; i++) {
            frame(0x00, random.nextInt(taken), masked);
            if (random.nextBoolean()) {
                frame(0x89, random.nextInt(126), masked);
            }
        }
        frame(0x80, random.nextInt(taken), masked);
    }

    private void wrong(int longest) {
        switch (random.nextInt(9)) {
            case 0 -> frame(0x81 | 0x10 << random.nextInt(3), 5, masked);
            case 1 -> frame(0x80 | random.nextInt(3, 8), 5, masked);
            case 2 -> frame(0x80 | random.nextInt(11, 16), 5, masked);
            case 3 -> frame(0x81, 5, !masked);
            case 4 -> frame(0x80, 5, masked);
            case 5 -> {
                frame(0x01, 5, masked);
                frame(0x81, 5, masked);
            }
            case 6 -> frame(0x81, longest + 1, masked);
            case 7 -> frame(0x09, 5, masked);
            default -> longForm(random.nextBoolean());
        }
    }

    /** A length in more bytes than it needs. */
    private void longForm(boolean eight) {
        bytes.write(0x81);
        bytes.write((masked ? 0x80 : 0) | (eight ? 127 : 126));
        for (var i = eight ? 7 : 1; i > 0; i--) {
            bytes.write(0);
        }
        bytes.write(3);
        for (var i = masked ? 7 : 3; i > 0; i--) {
            bytes.write(random.nextInt());
        }
    }

    private void frame(int first, int length, boolean withMask) {
        bytes.write(first);
        var second = withMask ? 0x80 : 0;
        if (length < 126) {
            bytes.write(second | length);
        } else if (length < 65_536) {
            bytes.write(second | 126);
            bytes.write(length >> 8);
            bytes.write(length);
        } else {
            bytes.write(second | 127);
            for (var shift = 56; shift >= 0; shift -= 8) {
                bytes.write((int) ((long) length >> shift));
            }
        }
        for (var i = withMask ? 4 : 0; i > 0; i--) {
            bytes.write(random.nextInt());
        }
        for (var i = 0; i < length; i++) {
            bytes.write(random.nextInt());
        }
    }
}
