package centralita.edge.failure;

import java.util.NoSuchElementException;

/** Tells a mistake in our own code, which no repetition mends, from a failure of the world outside, which may pass. */
public final class OwnFault {
    private OwnFault() {}

    /** Whether the failure, or what caused it, is of a kind that only a programmer can bring about. */
    public static boolean is(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof NullPointerException
                    || each instanceof ClassCastException
                    || each instanceof IllegalArgumentException
                    || each instanceof IllegalStateException
                    || each instanceof IndexOutOfBoundsException
                    || each instanceof ArithmeticException
                    || each instanceof NoSuchElementException
                    || each instanceof UnsupportedOperationException) {
                return true;
            }
        }
        return false;
    }
}
