package centralita.bridge.openai;

import centralita.bridge.pcm.FromPcm24;
import centralita.bridge.pcm.ToPcm24;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** One session's audio between the wire's format and ours. Not thread-safe: one per connection. */
interface WireAudio {
    /** The caller's audio as an event in UTF-8. @param mulaw from its reader to its writer index; its indices stay */
    byte[] append(ByteBuf mulaw);

    /** Audio that stands for itself, outside the stream of what he says. @param mulaw not changed @return as the wire has it */
    byte[] whole(byte[] mulaw);

    /** @param audio of one delta, as it came @return μ-law, the receiver's own; may be empty */
    byte[] heard(String itemId, byte[] audio);

    static WireAudio of(AudioFormat format) {
        return switch (format) {
            case PCMU -> new AsItIs();
            case PCM24 -> new Resampled();
        };
    }

    /** μ-law on both sides. */
    final class AsItIs implements WireAudio {
        @Override
        public byte[] append(ByteBuf mulaw) {
            return ClientEvents.append(mulaw);
        }

        @Override
        public byte[] whole(byte[] mulaw) {
            return mulaw;
        }

        @Override
        public byte[] heard(String itemId, byte[] audio) {
            return audio;
        }
    }

    /** 24 kHz on the wire. Items sound one after the other, so one filter serves them all. */
    final class Resampled implements WireAudio {
        /** A frame of 20 ms; longer audio makes it grow. */
        private static final int FIRST_BYTES = 160 * ToPcm24.GROWTH;

        private final ToPcm24 up = new ToPcm24();
        private final FromPcm24 down = new FromPcm24();
        private byte[] scratch = new byte[FIRST_BYTES];
        private String lastItemId = "";

        @Override
        public byte[] append(ByteBuf mulaw) {
            var needed = mulaw.readableBytes() * ToPcm24.GROWTH;
            if (scratch.length < needed) {
                scratch = new byte[needed];
            }
            var length = up.convert(mulaw, scratch, 0);
            return ClientEvents.append(scratch, length);
        }

        @Override
        public byte[] whole(byte[] mulaw) {
            var pcm = new byte[mulaw.length * ToPcm24.GROWTH];
            new ToPcm24().convert(Unpooled.wrappedBuffer(mulaw), pcm, 0);
            return pcm;
        }

        @Override
        public byte[] heard(String itemId, byte[] audio) {
            if (!itemId.equals(lastItemId)) {
                lastItemId = itemId;
                down.reset();
            }
            return down.convert(audio);
        }
    }
}
