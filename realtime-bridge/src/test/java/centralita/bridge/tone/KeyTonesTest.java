package centralita.bridge.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver that knows nothing of the sender hears: a Goertzel detector over frames of 10 ms (ITU-T Q.24). */
class KeyTonesTest {
    private static final int RATE = 8_000;
    private static final int FRAME = 80;
    private static final int[] LOW = {697, 770, 852, 941};
    private static final int[] HIGH = {1209, 1336, 1477, 1633};
    private static final String[] PAD = {"123A", "456B", "789C", "*0#D"};

    /** G.711's own rule, written down anew. */
    private static double linear(byte code) {
        var bits = ~code & 0xFF;
        var value = ((2 * (bits & 15) + 33) << ((bits >> 4) & 7)) - 33;
        return ((bits & 0x80) == 0 ? value : -value) / 8159.0;
    }

    /** @return amplitude of a frequency in a part of the audio, 1 for the loudest sine */
    private static double goertzel(byte[] mulaw, int from, int length, double hertz) {
        var coefficient = 2 * Math.cos(2 * Math.PI * hertz / RATE);
        double last = 0;
        double beforeLast = 0;
        for (var n = from; n < from + length; n++) {
            var next = linear(mulaw[n]) + coefficient * last - beforeLast;
            beforeLast = last;
            last = next;
        }
        var power = last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
        return 2 * Math.sqrt(power) / length;
    }

    private static int loudest(byte[] mulaw, int from, int length, int[] group) {
        var best = 0;
        for (var i = 1; i < group.length; i++) {
            if (goertzel(mulaw, from, length, group[i]) > goertzel(mulaw, from, length, group[best])) {
                best = i;
            }
        }
        return best;
    }

    private record Heard(char key, int toneMs, int pauseMs) {}

    private static ArrayList<Heard> decode(byte[] mulaw) {
        var heard = new ArrayList<Heard>();
        var toneFrom = -1;
        for (var at = 0; at + FRAME <= mulaw.length; at += FRAME) {
            double energy = 0;
            for (var n = at; n < at + FRAME; n++) {
                energy += linear(mulaw[n]) * linear(mulaw[n]);
            }
            var sounds = energy / FRAME > 0.001;
            if (sounds && toneFrom < 0) {
                toneFrom = at;
            } else if (!sounds && toneFrom >= 0) {
                var length = at - toneFrom;
                var key = PAD[loudest(mulaw, toneFrom, length, LOW)].charAt(loudest(mulaw, toneFrom, length, HIGH));
                heard.add(new Heard(key, length * 1000 / RATE, 0));
                toneFrom = -1;
            }
            if (!sounds && !heard.isEmpty()) {
                var last = heard.removeLast();
                heard.add(new Heard(last.key, last.toneMs, last.pauseMs + FRAME * 1000 / RATE));
            }
        }
        return heard;
    }

    @Test
    void everyKeyIsHeardAsItselfForLongEnough() {
        // When
        var heard = decode(KeyTones.of("1234567890*#ABCD"));

        // Then
        assertThat(heard)
                .extracting(Heard::key)
                .containsExactly('1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#', 'A', 'B', 'C', 'D');
        assertThat(heard).allMatch(one -> one.toneMs == 100 && one.pauseMs == 100);
    }

    @Test
    void theSameKeyTwiceIsTwoKeys() {
        assertThat(decode(KeyTones.of("55"))).extracting(Heard::key).containsExactly('5', '5');
    }

    @Test
    void levelsAndTwistAreWhatReceiversTake() {
        // Given
        var audio = KeyTones.of("5");

        // When: the middle of the tone
        var low = goertzel(audio, 80, 640, 770);
        var high = goertzel(audio, 80, 640, 1336);

        // Then: a sine of amplitude 1 is 3.17 dBm0
        assertThat(20 * Math.log10(low) + 3.17).isCloseTo(-8, within(0.3));
        assertThat(20 * Math.log10(high) + 3.17).isCloseTo(-6, within(0.3));
        for (var other : new int[] {697, 852, 941, 1209, 1477, 1633}) {
            assertThat(goertzel(audio, 80, 640, other)).isLessThan(low / 10);
        }
    }

    @Test
    void aWaitIsHalfASecondOfSilence() {
        assertThat(decode(KeyTones.of("1w2"))).containsExactly(new Heard('1', 100, 600), new Heard('2', 100, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "E", "1 2", "+34", "１", "123456789012345678901234567890123", "1\n"})
    void whatIsNoKeyIsRefusedAndNotRepeated(String text) {
        assertThat(KeyTones.areKeys(text)).isFalse();
        assertThatThrownBy(() -> KeyTones.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("these are no keys of a telephone");
    }
}
