package centralita.edge.configuration;

import java.util.List;

/** Variables that mean the same in every service that reads them. {@code docs/configuration.md} says the rest. */
public final class SharedVariables {
    public static final Variable HTTP_PORT = Variable.optional("CENTRALITA_HTTP_PORT", Shape.port(), "8083");
    public static final Variable JWT_PUBLIC_KEY_LOCATION = Variable.required(
            "CENTRALITA_JWT_PUBLIC_KEY_LOCATION",
            Shape.matching("a path or URL of a PEM public key", "\\S+"),
            "/etc/centralita/jwt-public-key.pem");
    public static final Variable JWT_ISSUER = Variable.optional("CENTRALITA_JWT_ISSUER", Shape.text(), "centralita");
    public static final Variable KAFKA_BOOTSTRAP_SERVERS =
            Variable.required("KAFKA_BOOTSTRAP_SERVERS", Shape.hostPorts(), "127.0.0.1:9092");
    public static final Variable REDIS_HOSTS =
            Variable.required("REDIS_HOSTS", Shape.address("redis", "rediss", "unix"), "redis://127.0.0.1:6379");
    public static final Variable DATABASE_URL = Variable.required(
            "CENTRALITA_DATABASE_URL",
            Shape.matching("postgresql://host:port/database", "postgresql://[^/\\s]+/[^/\\s]+"),
            "postgresql://127.0.0.1:5432/orchestrator");
    public static final Variable DATABASE_USER =
            Variable.required("CENTRALITA_DATABASE_USER", Shape.text(), "orchestrator");
    public static final Variable DATABASE_PASSWORD =
            Variable.requiredSecret("CENTRALITA_DATABASE_PASSWORD", Shape.text(), "a-long-random-text");
    public static final Variable LINK_SECRET =
            Variable.requiredSecret("CENTRALITA_LINK_SECRET", Shape.secrets(16), "a-long-random-text");
    public static final Variable NUMBER_HASH_KEY =
            Variable.requiredSecret("CENTRALITA_NUMBER_HASH_KEY", Shape.secret(16), "a-long-random-text");
    public static final Variable SPOOL_DIRECTORY =
            Variable.optional("CENTRALITA_SPOOL_DIRECTORY", Shape.text(), "/var/lib/centralita/spool");
    public static final Variable PUBLIC_BASE_URL =
            Variable.required("PUBLIC_BASE_URL", Shape.address("https", "http"), "https://voice.example.test");
    public static final Variable TWILIO_ACCOUNT_SID = Variable.optional(
            "TWILIO_ACCOUNT_SID",
            Shape.matching("AC and 32 hexadecimal digits", "AC[0-9a-fA-F]{32}"),
            "AC00000000000000000000000000000001");
    public static final Variable TWILIO_AUTH_TOKEN = Variable.optionalSecret(
            "TWILIO_AUTH_TOKEN",
            Shape.matching("an auth token, or several separated by commas", "[^,\\s]+(,[^,\\s]+)*"),
            "0123456789abcdef0123456789abcdef");
    public static final Variable TWILIO_API_BASE_URL =
            Variable.optional("TWILIO_API_BASE_URL", Shape.address("https", "http"), "https://api.twilio.com");
    public static final Variable OTEL_ENDPOINT =
            Variable.optional("OTEL_EXPORTER_OTLP_ENDPOINT", Shape.address("http", "https"), "http://collector:4317");

    /** What every service with REST reads. */
    public static final List<Variable> EVERYWHERE =
            List.of(HTTP_PORT, JWT_PUBLIC_KEY_LOCATION, JWT_ISSUER, OTEL_ENDPOINT);

    private SharedVariables() {}
}
