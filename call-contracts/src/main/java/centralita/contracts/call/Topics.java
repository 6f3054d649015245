package centralita.contracts.call;

/** The names of the Kafka topics; what is in them and for how long stands in {@code docs/events.md}. */
public final class Topics {
    /** {@link CallEvent}s, keyed by callId. No personal data. */
    public static final String CALL_LIFECYCLE = "call-lifecycle";
    /** What was said, keyed by callId. Personal data: at most three days, own access list. */
    public static final String CALL_TRANSCRIPTS = "call-transcripts";
    /** Calls that campaigns ask for, keyed by callId. Full numbers: at most three days, own access list. */
    public static final String CALL_REQUESTS = "call-requests";
    /** What happens to campaigns, keyed by campaignId. */
    public static final String CAMPAIGN_LIFECYCLE = "campaign-lifecycle";
    /** Assistants as they are now, keyed by assistantId; compacted. */
    public static final String ASSISTANT_PROFILES = "assistant-profiles";
    /** Requests for access and erasure, keyed by request. */
    public static final String PRIVACY_REQUESTS = "privacy-requests";

    private Topics() {}

    /** Where a consumer puts the records of a topic that it cannot read; kept as long as the topic itself. */
    public static String deadLetters(String topic, String consumer) {
        return topic + "-" + consumer + "-dead";
    }
}
