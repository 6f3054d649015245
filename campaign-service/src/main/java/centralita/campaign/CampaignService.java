package centralita.campaign;

import static centralita.edge.configuration.SharedVariables.DATABASE_PASSWORD;
import static centralita.edge.configuration.SharedVariables.DATABASE_URL;
import static centralita.edge.configuration.SharedVariables.DATABASE_USER;

import centralita.edge.configuration.ServiceStart;
import centralita.edge.configuration.ServiceVariables;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service; what it needs of its environment is {@link #VARIABLES}. */
@QuarkusMain
public class CampaignService {
    static final ServiceVariables VARIABLES =
            ServiceVariables.of("campaign-service", DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD);

    public static void main(String... args) {
        ServiceStart.run(VARIABLES, args);
    }
}
