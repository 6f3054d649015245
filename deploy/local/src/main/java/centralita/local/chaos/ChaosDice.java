package centralita.local.chaos;

import java.time.Duration;
import java.util.Random;

/** Everything that is left to chance, from one seed. Pure: the same seed asks for the same things in the same order. */
final class ChaosDice {
    /** Close codes that a model's server may send (openai-realtime 1.3). */
    private static final int[] CLOSE_CODES = {1000, 1001, 1011, 1012, 1013};

    private final Random random;
    private final int bridges;
    private final int gateways;

    ChaosDice(long seed, int bridges, int gateways) {
        this.random = new Random(seed);
        this.bridges = bridges;
        this.gateways = gateways;
    }

    /** From 1. */
    int bridge() {
        return 1 + random.nextInt(bridges);
    }

    /** From 1. */
    int gateway() {
        return 1 + random.nextInt(gateways);
    }

    int number(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    Duration seconds(int least, int most) {
        return Duration.ofMillis(least * 1_000L + random.nextInt((most - least) * 1_000 + 1));
    }

    int closeCode() {
        return CLOSE_CODES[random.nextInt(CLOSE_CODES.length)];
    }
}
