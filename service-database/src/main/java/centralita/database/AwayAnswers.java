package centralita.database;

import centralita.edge.problem.Problem;
import centralita.edge.problem.ProblemException;
import centralita.edge.problem.ProblemMappers;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.core.UriInfo;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** While the database is away, REST says 503 and when to ask again (F-S4). The first request after its return is answered. */
public final class AwayAnswers {
    private static final Logger LOG = Logger.getLogger(AwayAnswers.class);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(2);

    private final ProblemMappers others;

    AwayAnswers(ProblemMappers others) {
        this.others = others;
    }

    @ServerExceptionMapper
    public RestResponse<Problem> refused(PgException refusal, UriInfo request) {
        return answer(refusal, request);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> broken(VertxException broken, UriInfo request) {
        return answer(broken, request);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> broken(NoStackTraceThrowable broken, UriInfo request) {
        return answer(broken, request);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> broken(ClosedChannelException broken, UriInfo request) {
        return answer(broken, request);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> unreachable(SocketException unreachable, UriInfo request) {
        return answer(unreachable, request);
    }

    @ServerExceptionMapper
    public RestResponse<Problem> unreachable(UnknownHostException unreachable, UriInfo request) {
        return answer(unreachable, request);
    }

    private RestResponse<Problem> answer(Throwable failure, UriInfo request) {
        if (!DatabaseAway.is(failure)) {
            return others.unexpected(failure, request);
        }
        LOG.warnf(
                "A request finds the database away. reason=%s",
                failure.getClass().getSimpleName());
        return others.refused(ProblemException.unavailable(ASK_AGAIN_AFTER), request);
    }
}
