package centralita.gateway;

import static centralita.edge.configuration.SharedVariables.KAFKA_BOOTSTRAP_SERVERS;
import static centralita.edge.configuration.SharedVariables.LINK_SECRET;
import static centralita.edge.configuration.SharedVariables.NUMBER_HASH_KEY;
import static centralita.edge.configuration.SharedVariables.PUBLIC_BASE_URL;
import static centralita.edge.configuration.SharedVariables.REDIS_HOSTS;
import static centralita.edge.configuration.SharedVariables.SPOOL_DIRECTORY;
import static centralita.edge.configuration.SharedVariables.TWILIO_ACCOUNT_SID;
import static centralita.edge.configuration.SharedVariables.TWILIO_AUTH_TOKEN;

import centralita.edge.configuration.ServiceStart;
import centralita.edge.configuration.ServiceVariables;
import centralita.edge.configuration.Shape;
import centralita.edge.configuration.Variable;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The telephony gateway. */
@QuarkusMain
public class Gateway {
    static final ServiceVariables VARIABLES = ServiceVariables.of(
            "telephony-gateway",
            PUBLIC_BASE_URL,
            TWILIO_ACCOUNT_SID,
            TWILIO_AUTH_TOKEN.asRequired(),
            REDIS_HOSTS,
            KAFKA_BOOTSTRAP_SERVERS,
            LINK_SECRET,
            NUMBER_HASH_KEY,
            SPOOL_DIRECTORY,
            Variable.optional(
                    "CENTRALITA_RECORDING_LOCATION",
                    Shape.matching("a file:/// or s3:// address", "(file:///|s3://)\\S+"),
                    "file:///var/lib/centralita/recordings"));

    public static void main(String... args) {
        ServiceStart.run(VARIABLES, args);
    }
}
