package centralita.local.suite;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who talks to whom: which stand-ins are needed, and what each service finds in its environment. Decides only; starts
 * nothing.
 *
 * @param publicBaseUrl where the phone's provider reaches the suite
 */
record Wiring(OutsideVariables outside, Secrets secrets, URI publicBaseUrl) {
    /** Said to a realtime server that is not OpenAI's when the user gave no key: the bridge must have one. */
    private static final String NO_KEY = "none-needed";

    /** As an operator would have it: the ingress may pass a webhook to a gateway that has just gone. */
    private static final String RETRIES = "rc=3&rp=ct,rt,5xx&rt=4000";

    private static final List<String> NO_LIMITS_ON_CALLERS = List.of(
            "GATEWAY_ADMISSION_CALLER_CALLS",
            "GATEWAY_ADMISSION_CALLER_CALLS_PER_HOUR",
            "GATEWAY_ADMISSION_ANONYMOUS_CALLS",
            "GATEWAY_ADMISSION_ANONYMOUS_CALLS_PER_HOUR",
            "GATEWAY_ADMISSION_CALLS_PER_SECOND");

    /** Where the parts that the launcher started are. Empty when something from outside takes their place. */
    record Addresses(
            String kafkaBootstrapServers, String redisHosts, Optional<URI> twilioApi, Optional<URI> realtimeModel) {}

    /** Whether calls to the model go to the stand-in. */
    static boolean needsModel(OutsideVariables outside) {
        return outside.openAiRealtimeUrl().isEmpty() && outside.openAiApiKey().isEmpty();
    }

    /**
     * Whether the REST API of the phone's provider is the stand-in's. With account and token from outside it is Twilio
     * itself; with the token alone no REST request could be made, so whoever sets only that brings a client that signs.
     */
    static boolean needsTwilio(OutsideVariables outside) {
        return outside.twilioApiBaseUrl().isEmpty()
                && (outside.twilioAuthToken().isEmpty()
                        || outside.twilioAccountSid().isEmpty());
    }

    /** The tokens with which webhooks may be signed, separated by commas. */
    private String twilioAuthTokens() {
        return outside.twilioAuthToken().orElse(secrets.twilioAuthToken());
    }

    /** The token with which the stand-in signs: the first, if there are several. */
    String signingToken() {
        return twilioAuthTokens().replaceFirst(",.*", "").strip();
    }

    /** The account of the stand-in. */
    String twilioAccountSid() {
        return outside.twilioAccountSid().orElse(secrets.twilioAccountSid());
    }

    /**
     * What a service finds in its environment, in addition to what is there anyway. A service gets the secrets of its
     * own work only.
     *
     * @param database empty for services without
     */
    Map<String, String> environment(Module module, int port, Addresses addresses, Optional<Database> database) {
        var variables = new HashMap<String, String>();
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("CENTRALITA_HTTP_PORT", Integer.toString(port));
        variables.put(
                "CENTRALITA_JWT_PUBLIC_KEY_LOCATION", secrets.publicKeyFile().toString());
        variables.put("CENTRALITA_JWT_ISSUER", BearerTokens.ISSUER);
        variables.put("KAFKA_BOOTSTRAP_SERVERS", addresses.kafkaBootstrapServers());
        variables.put("REDIS_HOSTS", addresses.redisHosts());
        variables.put("CENTRALITA_SPOOL_DIRECTORY", "spool");
        database.ifPresent(own -> {
            variables.put("CENTRALITA_DATABASE_URL", own.url());
            variables.put("CENTRALITA_DATABASE_USER", own.user());
            variables.put("CENTRALITA_DATABASE_PASSWORD", own.password());
        });
        switch (module) {
            case TELEPHONY_GATEWAY -> {
                variables.put("PUBLIC_BASE_URL", publicBaseUrl.toString());
                variables.put("CENTRALITA_LINK_SECRET", secrets.linkSecret());
                variables.put("CENTRALITA_NUMBER_HASH_KEY", secrets.numberHashKey());
                outside.recordingLocation()
                        .ifPresent(location -> variables.put("CENTRALITA_RECORDING_LOCATION", location));
                putTwilio(variables, addresses);
                outside.openAiRealtimeModel().ifPresent(model -> variables.put("OPENAI_REALTIME_MODEL", model));
                if (needsTwilio(outside)) {
                    // Simulated callers are many, call from few numbers and all at once, and cost nobody anything.
                    NO_LIMITS_ON_CALLERS.forEach(name -> variables.put(name, "-1"));
                    variables.put("GATEWAY_CONNECTION_OVERRIDES", RETRIES);
                }
                outside.openAiWebhookSecret().ifPresent(secret -> variables.put("OPENAI_WEBHOOK_SECRET", secret));
            }
            case REALTIME_BRIDGE -> {
                variables.put("CENTRALITA_LINK_SECRET", secrets.linkSecret());
                putModel(variables, addresses);
            }
            case CALL_ORCHESTRATOR -> putTwilio(variables, addresses);
            case CAMPAIGN_SERVICE, ANALYTICS_SERVICE -> {}
        }
        return variables;
    }

    record Database(String url, String user, String password) {}

    private void putTwilio(Map<String, String> variables, Addresses addresses) {
        variables.put("TWILIO_AUTH_TOKEN", twilioAuthTokens());
        // Who signs with a token from outside calls in the name of an account that we do not know, unless that was
        // given as well.
        if (outside.twilioAuthToken().isEmpty() || outside.twilioAccountSid().isPresent()) {
            variables.put("TWILIO_ACCOUNT_SID", twilioAccountSid());
        }
        outside.twilioApiBaseUrl()
                .or(addresses::twilioApi)
                .ifPresent(url -> variables.put("TWILIO_API_BASE_URL", url.toString()));
    }

    private void putModel(Map<String, String> variables, Addresses addresses) {
        variables.put("OPENAI_API_KEY", outside.openAiApiKey().orElse(NO_KEY));
        outside.openAiRealtimeModel().ifPresent(model -> variables.put("OPENAI_REALTIME_MODEL", model));
        outside.openAiApiBaseUrl().ifPresent(url -> variables.put("OPENAI_API_BASE_URL", url.toString()));
        outside.openAiRealtimeUrl()
                .or(addresses::realtimeModel)
                .or(() -> outside.openAiApiBaseUrl().map(Wiring::realtimeUrlBeside))
                .ifPresent(url -> variables.put("OPENAI_REALTIME_URL", url.toString()));
    }

    /** A key must not go to OpenAI when its owner said that it belongs to another address. */
    private static URI realtimeUrlBeside(URI apiBaseUrl) {
        var text = apiBaseUrl.toString().replaceFirst("^http", "ws");
        return URI.create(text.replaceFirst("/+$", "") + "/realtime");
    }
}
