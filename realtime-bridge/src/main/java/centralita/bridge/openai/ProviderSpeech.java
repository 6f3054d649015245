package centralita.bridge.openai;

import centralita.bridge.pcm.FromPcm24;
import centralita.bridge.pcm.ToPcm24;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Between the telephone's audio (μ-law, 8 kHz) and what a provider takes. One per session: its filters remember the last
 * samples. On the media event loop only.
 */
final class ProviderSpeech {
    /** What a provider takes and gives. */
    enum Format {
        /** The telephone's own: nothing is done. */
        PCMU,
        /** Linear samples of 24 kHz, 16 bits, little-endian. */
        PCM24
    }

    private final @Nullable ToPcm24 toProvider;
    private final @Nullable FromPcm24 toCaller;
    private String sounding = "";

    ProviderSpeech(Format format) {
        this.toProvider = format == Format.PCM24 ? new ToPcm24() : null;
        this.toCaller = format == Format.PCM24 ? new FromPcm24() : null;
    }

    /** @param mulaw its indices stay @return valid as long as the argument */
    ByteBuf toProvider(ByteBuf mulaw) {
        if (toProvider == null) {
            return mulaw;
        }
        var pcm = new byte[mulaw.readableBytes() * ToPcm24.GROWTH];
        return Unpooled.wrappedBuffer(pcm, 0, toProvider.convert(mulaw, pcm, 0));
    }

    /** @param itemId whose audio it is: another item is another sound @return μ-law, perhaps empty */
    byte[] toCaller(String itemId, byte[] audio) {
        if (toCaller == null) {
            return audio;
        }
        if (!itemId.equals(sounding)) {
            sounding = itemId;
            toCaller.reset();
        }
        return toCaller.convert(audio);
    }
}
