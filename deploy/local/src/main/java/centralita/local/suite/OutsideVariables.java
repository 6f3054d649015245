package centralita.local.suite;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the user has set in place of what the launcher would bring itself; every one on its own. An empty value is none.
 *
 * @param twilioAuthToken one or several, separated by commas
 */
record OutsideVariables(
        Optional<URI> publicBaseUrl,
        Optional<String> twilioAccountSid,
        Optional<String> twilioAuthToken,
        Optional<URI> twilioApiBaseUrl,
        Optional<String> openAiApiKey,
        Optional<URI> openAiApiBaseUrl,
        Optional<URI> openAiRealtimeUrl,
        Optional<String> openAiRealtimeModel,
        Optional<String> openAiWebhookSecret,
        Optional<String> kafkaBootstrapServers,
        Optional<String> redisHosts,
        Optional<String> recordingLocation) {

    private static final Pattern ACCOUNT_SID = Pattern.compile("AC[0-9a-fA-F]{32}");
    private static final Pattern RECORDING_LOCATION = Pattern.compile("(file:///|s3://)\\S+");
    private static final Pattern HOST_PORTS = Pattern.compile("[^\\s,:/]+:\\d{1,5}(,[^\\s,:/]+:\\d{1,5})*");

    /** @throws LaunchException naming the first variable that is malformed, its shape and an example; never its value */
    static OutsideVariables parse(Map<String, String> environment) {
        var variables = new Reader(environment);
        return new OutsideVariables(
                variables.address("PUBLIC_BASE_URL", List.of("http", "https"), "https://voice.example.test"),
                variables.matching(
                        "TWILIO_ACCOUNT_SID",
                        ACCOUNT_SID,
                        "AC and 32 hexadecimal digits, such as AC0123456789abcdef0123456789abcdef"),
                variables.text("TWILIO_AUTH_TOKEN"),
                variables.address("TWILIO_API_BASE_URL", List.of("http", "https"), "https://api.twilio.com"),
                variables.text("OPENAI_API_KEY"),
                variables.address("OPENAI_API_BASE_URL", List.of("http", "https"), "https://api.openai.com/v1"),
                variables.address("OPENAI_REALTIME_URL", List.of("ws", "wss"), "wss://api.openai.com/v1/realtime"),
                variables.text("OPENAI_REALTIME_MODEL"),
                variables.text("OPENAI_WEBHOOK_SECRET"),
                variables.matching(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        HOST_PORTS,
                        "host:port, or several separated by commas, such as 127.0.0.1:9092"),
                variables
                        .address("REDIS_HOSTS", List.of("redis", "rediss"), "redis://127.0.0.1:6379")
                        .map(URI::toString),
                variables.matching(
                        "CENTRALITA_RECORDING_LOCATION",
                        RECORDING_LOCATION,
                        "a file:/// or s3:// address, such as file:///var/lib/centralita/recordings"));
    }

    private record Reader(Map<String, String> environment) {
        Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
        }

        Optional<String> matching(String name, Pattern shape, String words) {
            var value = text(name);
            if (value.isPresent() && !shape.matcher(value.get()).matches()) {
                throw new LaunchException(name + " must be " + words + ".");
            }
            return value;
        }

        Optional<URI> address(String name, List<String> schemes, String example) {
            return text(name).map(value -> {
                try {
                    var address = new URI(value);
                    if (schemes.contains(String.valueOf(address.getScheme()))
                            && address.getHost() != null
                            && address.getRawQuery() == null
                            && address.getRawFragment() == null) {
                        return address;
                    }
                } catch (URISyntaxException e) {
                    // Said below; the exception would repeat the value.
                    return refuse(name, schemes, example);
                }
                return refuse(name, schemes, example);
            });
        }

        private static URI refuse(String name, List<String> schemes, String example) {
            throw new LaunchException(name + " must be an address that begins with " + String.join(":// or ", schemes)
                    + ":// and has no query, such as " + example + ".");
        }
    }
}
