package centralita.simulators.twilio;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Sends a call's status callbacks, numbered in firing order, over a network as bad as it was ordered. */
final class StatusCallbacks {
    private final Vertx vertx;
    private final WebhookClient webhooks;
    private final LiveCall call;
    private int sequence;

    StatusCallbacks(Vertx vertx, WebhookClient webhooks, LiveCall call) {
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.call = call;
    }

    /** @param more fields of this event, such as {@code CallDuration} */
    void fire(CallStatus status, Map<String, String> more) {
        var plan = call.plan();
        if (!plan.statusCallback().present() || !plan.events().contains(status.event())) {
            return;
        }
        var fields = new LinkedHashMap<>(call.fields());
        fields.put("CallStatus", status.word());
        fields.put("Timestamp", TwilioTime.write(Instant.now()));
        fields.put("CallbackSource", "call-progress-events");
        fields.put("SequenceNumber", Integer.toString(sequence++));
        fields.putAll(more);
        if (plan.callbacks().lost().equals(status.word())) {
            return;
        }
        for (int copy = 0; copy < plan.callbacks().copies(); copy++) {
            later(fields);
        }
    }

    private void later(Map<String, String> fields) {
        var conditions = call.plan().callbacks();
        var lateMs = conditions.late().toMillis();
        var delayMs = conditions.shuffled() && lateMs > 0
                ? ThreadLocalRandom.current().nextLong(lateMs)
                : lateMs;
        if (delayMs == 0) {
            send(fields);
        } else {
            vertx.setTimer(delayMs, timer -> send(fields));
        }
    }

    private void send(Map<String, String> fields) {
        var to = call.plan().statusCallback();
        URI url = call.exchange().resolve(to.url());
        var started = System.nanoTime();
        webhooks.request(to.method(), url, fields, WebhookClient.MAX_DOCUMENT_BYTES)
                .onSuccess(answer -> call.asked(url, answer.status(), answer.tookMs()))
                .onFailure(e -> call.askedInVain(url, e, started));
    }
}
