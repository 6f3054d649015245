package centralita.bridge.pcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplingTest {
    private static final int LOW_RATE = 8_000;
    private static final int HIGH_RATE = 24_000;

    private static byte[] mulawSine(double hertz, double amplitude, int samples) {
        var mulaw = new byte[samples];
        for (var n = 0; n < samples; n++) {
            mulaw[n] = Mulaw.mulaw((int) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * n / LOW_RATE)));
        }
        return mulaw;
    }

    private static byte[] pcmSine(double hertz, double amplitude, int samples) {
        var pcm = new byte[samples * 2];
        for (var n = 0; n < samples; n++) {
            var value = (int) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * n / HIGH_RATE));
            pcm[2 * n] = (byte) value;
            pcm[2 * n + 1] = (byte) (value >> 8);
        }
        return pcm;
    }

    private static double[] up(byte[] mulaw) {
        var pcm = new byte[mulaw.length * ToPcm24.GROWTH];
        new ToPcm24().convert(Unpooled.wrappedBuffer(mulaw), pcm, 0);
        return samples(pcm);
    }

    private static double[] samples(byte[] pcm) {
        var values = new double[pcm.length / 2];
        for (var n = 0; n < values.length; n++) {
            values[n] = (short) (pcm[2 * n] & 0xFF | pcm[2 * n + 1] << 8);
        }
        return values;
    }

    private static double[] linear(byte[] mulaw) {
        var values = new double[mulaw.length];
        for (var n = 0; n < values.length; n++) {
            values[n] = Mulaw.linear(mulaw[n]);
        }
        return values;
    }

    /** Amplitude of one frequency, over the part where the filter is full. */
    private static double amplitude(double[] values, double hertz, int rate) {
        var from = rate / 100;
        double real = 0;
        double imaginary = 0;
        for (var n = from; n < values.length; n++) {
            real += values[n] * Math.cos(2 * Math.PI * hertz * n / rate);
            imaginary += values[n] * Math.sin(2 * Math.PI * hertz * n / rate);
        }
        return 2 * Math.hypot(real, imaginary) / (values.length - from);
    }

    private static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }

    /** Power of the sine over the power of everything else. */
    private static double signalToNoise(double[] values, double hertz, int rate) {
        var from = rate / 100;
        var tone = amplitude(values, hertz, rate);
        double all = 0;
        for (var n = from; n < values.length; n++) {
            all += values[n] * values[n];
        }
        var power = all / (values.length - from);
        return 10 * Math.log10(tone * tone / 2 / (power - tone * tone / 2));
    }

    @Test
    void everyCodeOfTheLawIsItselfAgain() {
        for (var code = 0; code < 256; code++) {
            var linear = Mulaw.linear((byte) code);
            // There are two zeros; the law sends the positive one.
            assertThat(Mulaw.mulaw(linear)).isEqualTo(linear == 0 ? (byte) 0xFF : (byte) code);
        }
        assertThat(Mulaw.linear((byte) 0x80)).isEqualTo((short) 32_124);
        assertThat(Mulaw.mulaw(Integer.MAX_VALUE)).isEqualTo((byte) 0x80);
        assertThat(Mulaw.mulaw(-40_000)).isEqualTo((byte) 0x00);
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, 300, 1000, 2000, 3000, 3400})
    void theTelephonesBandPassesUnchangedUpwards(double hertz) {
        var out = up(mulawSine(hertz, 20_000, LOW_RATE));

        assertThat(decibels(amplitude(out, hertz, HIGH_RATE) / 20_000)).isCloseTo(0, within(0.2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, 300, 1000, 2000, 3000, 3400})
    void theTelephonesBandPassesUnchangedDownwards(double hertz) {
        var out = linear(new FromPcm24().convert(pcmSine(hertz, 20_000, HIGH_RATE)));

        assertThat(decibels(amplitude(out, hertz, LOW_RATE) / 20_000)).isCloseTo(0, within(0.2));
    }

    /** The image of f at 8 kHz is at 8,000 - f and 8,000 + f. */
    @ParameterizedTest
    @CsvSource({"1000, 7000", "1000, 9000", "3000, 5000", "3400, 4600", "300, 7700"})
    void noImageIsHeardAbove(double hertz, double image) {
        var out = up(mulawSine(hertz, 20_000, LOW_RATE));

        assertThat(decibels(amplitude(out, image, HIGH_RATE) / 20_000)).isLessThan(-65);
    }

    /** Above 4 kHz a frequency f would come out at 8,000 - f. */
    @ParameterizedTest
    @CsvSource({"4600, 3400", "5000, 3000", "6000, 2000", "7000, 1000", "9000, 1000", "11000, 3000"})
    void whatALineCannotCarryIsNotFoldedBack(double hertz, double folded) {
        var out = linear(new FromPcm24().convert(pcmSine(hertz, 20_000, HIGH_RATE)));

        assertThat(decibels(amplitude(out, folded, LOW_RATE) / 20_000)).isLessThan(-60);
    }

    /** G.711 by itself gives about 38 dB; the way there and back, with a second μ-law, must not cost more than 3 of them. */
    @ParameterizedTest
    @ValueSource(doubles = {300, 1004, 2100, 3300})
    void thereAndBackSoundsLikeOneMoreTelephoneCall(double hertz) {
        // Given
        var before = mulawSine(hertz, 15_000, LOW_RATE);
        var pcm = new byte[before.length * ToPcm24.GROWTH];
        new ToPcm24().convert(Unpooled.wrappedBuffer(before), pcm, 0);

        // When
        var after = new FromPcm24().convert(pcm);

        // Then
        assertThat(after).hasSameSizeAs(before);
        assertThat(signalToNoise(linear(before), hertz, LOW_RATE)).isGreaterThan(36);
        assertThat(signalToNoise(linear(after), hertz, LOW_RATE)).isGreaterThan(33);
        assertThat(decibels(amplitude(linear(after), hertz, LOW_RATE) / 15_000)).isCloseTo(0, within(0.2));
    }

    @Test
    void theDelayIsTwoMillisecondsEachWay() {
        // Given: a click after 20 ms
        var mulaw = new byte[800];
        Arrays.fill(mulaw, (byte) 0xFF);
        mulaw[160] = Mulaw.mulaw(30_000);

        // When
        var up = up(mulaw);
        var pcm = new byte[mulaw.length * ToPcm24.GROWTH];
        new ToPcm24().convert(Unpooled.wrappedBuffer(mulaw), pcm, 0);
        var down = linear(new FromPcm24().convert(pcm));

        // Then: 48 samples of 24 kHz; both ways 32 of 8 kHz, less the 2/3 of a sample by which decimation comes late
        assertThat(loudest(up)).isEqualTo(160 * 3 + 48);
        assertThat(loudest(down)).isBetween(160 + 31, 160 + 32);
    }

    private static int loudest(double[] values) {
        var best = 0;
        for (var n = 1; n < values.length; n++) {
            if (Math.abs(values[n]) > Math.abs(values[best])) {
                best = n;
            }
        }
        return best;
    }

    @Test
    void piecesOfAnyLengthGiveTheSameAsTheWhole() {
        // Given
        var random = new Random(11);
        var mulaw = new byte[4_000];
        random.nextBytes(mulaw);
        var whole = new byte[mulaw.length * ToPcm24.GROWTH];
        new ToPcm24().convert(Unpooled.wrappedBuffer(mulaw), whole, 0);
        var wholeBack = new FromPcm24().convert(whole);

        // When
        var up = new ToPcm24();
        var pieces = new byte[whole.length];
        var at = 0;
        for (var from = 0; from < mulaw.length; ) {
            var length = Math.min(mulaw.length - from, 1 + random.nextInt(300));
            at += up.convert(Unpooled.wrappedBuffer(mulaw, from, length), pieces, at);
            from += length;
        }
        var down = new FromPcm24();
        var back = new byte[wholeBack.length];
        var backAt = 0;
        for (var from = 0; from < pieces.length; ) {
            // Odd lengths, too: a sample may be cut in two.
            var length = Math.min(pieces.length - from, 1 + random.nextInt(1_001));
            var piece = down.convert(Arrays.copyOfRange(pieces, from, from + length));
            System.arraycopy(piece, 0, back, backAt, piece.length);
            backAt += piece.length;
            from += length;
        }

        // Then
        assertThat(pieces).isEqualTo(whole);
        assertThat(back).isEqualTo(wholeBack);
    }

    @Test
    void theLoudestNoiseIsClippedAndNothingWorse() {
        // Given: a square wave, which a filter overshoots
        var mulaw = new byte[800];
        for (var n = 0; n < mulaw.length; n++) {
            mulaw[n] = (byte) (n / 10 % 2 == 0 ? 0x80 : 0x00);
        }

        // When
        var out = up(mulaw);

        // Then: no sample has changed its sign by running over
        for (var n = 200; n < out.length - 3; n++) {
            assertThat(Math.abs(out[n + 1] - out[n])).isLessThan(40_000);
        }
    }
}
