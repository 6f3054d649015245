package centralita.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseAwayTest {
    @ParameterizedTest
    @CsvSource({
        "08006, true", // connection failure
        "53300, true", // too many connections
        "57P01, true", // shutdown by the administrator
        "57P03, true", // still starting
        "23505, false", // a key that is there already
        "22001, false", // a value that is too long
        "40001, false", // a transaction that lost to another
        "42P01, false", // a table that is not there
    })
    void whatTheDatabaseSaysTellsWhetherItIsAway(String sqlState, boolean away) {
        assertThat(DatabaseAway.is(new PgException("…", "FATAL", sqlState, null)))
                .isEqualTo(away);
    }

    static Stream<Throwable> brokenConnections() {
        return Stream.of(
                new SocketException("Connection reset"),
                new ClosedChannelException(),
                ClosedConnectionException.INSTANCE,
                new VertxException("Connection was closed", true),
                new NoStackTraceThrowable("Connection is not active now, current status: CLOSED"));
    }

    @ParameterizedTest
    @MethodSource("brokenConnections")
    void aBrokenConnectionLeavesOpenWhatBecameOfAWrite(Throwable failure) {
        assertThat(DatabaseAway.is(failure)).isTrue();
        assertThat(DatabaseAway.leavesOpen(failure)).isTrue();
    }

    static Stream<Throwable> noConnections() {
        return Stream.of(new ConnectException("Connection refused"), new UnknownHostException("database"));
    }

    @ParameterizedTest
    @MethodSource("noConnections")
    void withoutAConnectionNothingWasWritten(Throwable failure) {
        assertThat(DatabaseAway.is(failure)).isTrue();
        assertThat(DatabaseAway.leavesOpen(failure)).isFalse();
    }

    @Test
    void ourOwnMistakesAreNoAbsence() {
        assertThat(DatabaseAway.is(new IllegalStateException("Connection"))).isFalse();
    }
}
