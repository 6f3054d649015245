package centralita.bridge;

import centralita.edge.configuration.ServiceStart;
import centralita.edge.configuration.ServiceVariables;
import centralita.edge.configuration.Shape;
import centralita.edge.configuration.SharedVariables;
import centralita.edge.configuration.Variable;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the realtime bridge. */
@QuarkusMain
public class RealtimeBridge {
    static final ServiceVariables VARIABLES = ServiceVariables.of(
            "realtime-bridge",
            SharedVariables.REDIS_HOSTS,
            SharedVariables.KAFKA_BOOTSTRAP_SERVERS,
            SharedVariables.SPOOL_DIRECTORY,
            SharedVariables.LINK_SECRET,
            Variable.requiredSecret("OPENAI_API_KEY", Shape.text(), "sk-proj-…"),
            Variable.optional(
                    "OPENAI_REALTIME_URL",
                    new Shape(
                            "a ws:// or wss:// address without query",
                            value -> Shape.address("ws", "wss").fits().test(value) && value.indexOf('?') < 0),
                    "wss://api.openai.com/v1/realtime"),
            Variable.optional("OPENAI_REALTIME_MODEL", Shape.text(), "gpt-realtime-2.1"),
            Variable.optional("CENTRALITA_BRIDGE_ID", Shape.matching("a word", "[A-Za-z0-9._-]{1,64}"), "bridge-1"),
            Variable.optional("CENTRALITA_BRIDGE_ADDRESS", Shape.address("ws", "wss"), "ws://10.0.0.7:8082"),
            Variable.optional("CENTRALITA_BRIDGE_CAPACITY", Shape.number(1, 10_000), "500"),
            Variable.optional(
                    "CENTRALITA_TIMEZONE", Shape.matching("an IANA time zone", "[A-Za-z0-9_+/-]+"), "Europe/Madrid"));

    private RealtimeBridge() {}

    public static void main(String... args) {
        ServiceStart.run(VARIABLES, args);
    }
}
