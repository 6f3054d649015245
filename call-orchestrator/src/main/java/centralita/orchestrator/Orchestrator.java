package centralita.orchestrator;

import static centralita.edge.configuration.SharedVariables.DATABASE_PASSWORD;
import static centralita.edge.configuration.SharedVariables.DATABASE_URL;
import static centralita.edge.configuration.SharedVariables.DATABASE_USER;
import static centralita.edge.configuration.SharedVariables.KAFKA_BOOTSTRAP_SERVERS;
import static centralita.edge.configuration.SharedVariables.REDIS_HOSTS;
import static centralita.edge.configuration.SharedVariables.TWILIO_ACCOUNT_SID;
import static centralita.edge.configuration.SharedVariables.TWILIO_API_BASE_URL;
import static centralita.edge.configuration.SharedVariables.TWILIO_AUTH_TOKEN;

import centralita.edge.configuration.ServiceStart;
import centralita.edge.configuration.ServiceVariables;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the service starts. */
@QuarkusMain
public final class Orchestrator {
    static final ServiceVariables VARIABLES = ServiceVariables.of(
            "call-orchestrator",
            DATABASE_URL,
            DATABASE_USER,
            DATABASE_PASSWORD,
            REDIS_HOSTS,
            KAFKA_BOOTSTRAP_SERVERS,
            TWILIO_ACCOUNT_SID,
            TWILIO_AUTH_TOKEN,
            TWILIO_API_BASE_URL);

    private Orchestrator() {}

    public static void main(String... arguments) {
        ServiceStart.run(VARIABLES, arguments);
    }
}
