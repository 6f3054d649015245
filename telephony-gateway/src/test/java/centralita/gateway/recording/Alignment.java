package centralita.gateway.recording;

/** Finds a sound in a longer one. For noise, which resembles nothing but itself. */
final class Alignment {
    private static final int FIRST_LOOK = 20;

    private Alignment() {}

    /** @return where the piece begins, give or take a tenth of its samples that are not alike */
    static int of(byte[] piece, byte[] within) {
        for (var at = 0; at + piece.length <= within.length; at++) {
            if (alike(piece, within, at)) {
                return at;
            }
        }
        throw new AssertionError("the piece is not there");
    }

    private static boolean alike(byte[] piece, byte[] within, int at) {
        var alike = 0;
        for (var i = 0; i < piece.length; i++) {
            alike += piece[i] == within[at + i] ? 1 : 0;
            if (i == FIRST_LOOK && alike < FIRST_LOOK / 2) {
                return false;
            }
        }
        return alike > piece.length * 9 / 10;
    }
}
