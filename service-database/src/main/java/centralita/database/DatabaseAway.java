package centralita.database;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.List;

/** Tells a database that is away, for the moment, from one that refuses. */
public final class DatabaseAway {
    /** SQLSTATE classes: connection, insufficient resources, operator intervention (start and shutdown among it). */
    private static final List<String> OF_THE_MOMENT = List.of("08", "53", "57");

    private DatabaseAway() {}

    /** Whether the database could not be reached or went away; the same may be tried again when it is back. */
    public static boolean is(Throwable failure) {
        return switch (failure) {
            case PgException refusal ->
                OF_THE_MOMENT.stream().anyMatch(String.valueOf(refusal.getSqlState())::startsWith);
            case SocketException _, UnknownHostException _, ClosedChannelException _ -> true;
            // "Connection …": closed under a statement, or found closed before one.
            case VertxException broken -> String.valueOf(broken.getMessage()).contains("onnection");
            // The pool's own words have no type of theirs; "Timeout": no connection was free in time.
            case NoStackTraceThrowable words ->
                String.valueOf(words.getMessage()).contains("onnection") || "Timeout".equals(words.getMessage());
            default -> false;
        };
    }

    /** Whether a failure leaves it open what became of a transaction: it may have been committed. */
    static boolean leavesOpen(Throwable failure) {
        return is(failure) && !(failure instanceof ConnectException) && !(failure instanceof UnknownHostException);
    }
}
