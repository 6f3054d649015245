package centralita.simulators.model;

import static centralita.simulators.model.Wire.event;

import centralita.simulators.model.protocol.AppendFrame;
import centralita.simulators.model.protocol.BetaDialect;
import centralita.simulators.model.protocol.EventShapes;
import centralita.simulators.model.protocol.Item;
import centralita.simulators.model.protocol.Refusal;
import centralita.simulators.speech.Clip;
import centralita.simulators.speech.ClipRecognizer.Heard;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session: reads what the client sends and carries it out, or says why not. On its socket's event loop. */
final class ModelSession {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An hour, as the vendor's. */
    private static final long USUAL_LIMIT_MS = 3_600_000;

    private final Live live;
    private final Responses responses;
    private final VoiceTurns turns;
    private long expiryTimer = -1;

    ModelSession(Live live) {
        this.live = live;
        responses = new Responses(live);
        turns = new VoiceTurns(live, responses);
        responses.whenAnswered(turns::answered);
    }

    /** @param limitMs after which the session expires */
    void begin(long limitMs) {
        var created = event("session.created");
        created.set("session", live.settings.json().deepCopy());
        live.wire.send(created);
        expiryTimer = live.vertx.setTimer(Math.max(1, limitMs), _ -> expire(limitMs));
    }

    private void expire(long limitMs) {
        var message = limitMs >= 60_000
                ? "Your session hit the maximum duration of %d minutes.".formatted(limitMs / 60_000)
                : "Your session hit the maximum duration of %d milliseconds.".formatted(limitMs);
        live.refuse(new Refusal("session_expired", null, message), null);
        live.wire.close(1001, message);
    }

    /** As if its time were over now. */
    void expire() {
        expire(USUAL_LIMIT_MS);
    }

    /** @param frame one whole text message, UTF-8 */
    void receive(byte[] frame) {
        var audio = AppendFrame.audioOf(frame);
        if (audio != null) {
            turns.append(audio);
            return;
        }
        receiveTree(frame);
    }

    private void receiveTree(byte[] frame) {
        JsonNode event = null;
        try {
            event = JSON.readTree(frame);
            var ga = live.wire.beta() ? BetaDialect.toGa(event) : event;
            var type = EventShapes.check(ga);
            live.journal.event(type);
            carryOut(type, (ObjectNode) ga);
        } catch (Refusal refusal) {
            if (refusal.param() != null && refusal.param().equals("type")) {
                live.journal.event("other");
            }
            live.refuse(refusal, event == null ? null : EventShapes.eventId(event));
        } catch (JsonProcessingException e) {
            live.journal.event("other");
            live.refuse(new Refusal("invalid_event", null, "The event is no JSON."), null);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    void receiveBinary() {
        live.journal.event("other");
        live.refuse(new Refusal("invalid_event", null, "Binary frames are not supported."), null);
    }

    private void carryOut(String type, ObjectNode event) {
        switch (type) {
            case "session.update" -> update((ObjectNode) event.get("session"));
            case "input_audio_buffer.append" ->
                turns.append(decoded(event.get("audio").textValue(), "audio"));
            case "input_audio_buffer.commit" -> turns.commitByClient();
            case "input_audio_buffer.clear" -> turns.clear();
            case "conversation.item.create" ->
                createItem(
                        (ObjectNode) event.get("item"),
                        event.path("previous_item_id").textValue());
            case "conversation.item.retrieve" -> retrieve(event.get("item_id").textValue());
            case "conversation.item.truncate" -> truncate(event);
            case "conversation.item.delete" -> {
                var itemId = event.get("item_id").textValue();
                live.conversation.delete(itemId);
                live.wire.send(event("conversation.item.deleted").put("item_id", itemId));
            }
            case "response.create" -> {
                resolveReferences(event.path("response").path("input"));
                turns.stopIdleTimer();
                responses.createByClient(event.get("response"));
            }
            case "response.cancel" -> responses.cancel(event.path("response_id").textValue());
            // Only SIP and WebRTC have such a buffer; over a WebSocket there is nothing to clear.
            case "output_audio_buffer.clear" -> {}
            default -> throw new IllegalStateException("checked event of unknown type");
        }
    }

    private void update(ObjectNode change) {
        var before = live.settings;
        live.settings = before.updated(change, live.hasSpoken);
        if (!before.turnDetection().equals(live.settings.turnDetection()) || before.input() != live.settings.input()) {
            turns.settingsChanged();
        }
        var updated = event("session.updated");
        updated.set("session", live.settings.json().deepCopy());
        live.wire.send(updated);
    }

    private void createItem(ObjectNode json, @Nullable String previousItemId) {
        var item = Item.created(json, live.nextId("item"), heardIn(json));
        live.conversation.insert(item, previousItemId);
        for (var stage : new String[] {"conversation.item.added", "conversation.item.done"}) {
            var told = event(stage).put("previous_item_id", live.conversation.previousOf(item));
            told.set("item", item.json());
            live.wire.send(told);
        }
    }

    private List<Clip> heardIn(ObjectNode item) {
        var heard = new ArrayList<Clip>();
        var content = item.path("content");
        for (int part = 0; part < content.size(); part++) {
            if (content.get(part).path("type").asText().equals("input_audio")) {
                var audio =
                        decoded(content.get(part).get("audio").textValue(), "item.content[%d].audio".formatted(part));
                live.recognizer.listen(live.settings.input().toMulaw(audio)).stream()
                        .map(Heard::clip)
                        .forEach(heard::add);
            }
        }
        return heard;
    }

    private void retrieve(String itemId) {
        var item = live.conversation.retrieve(itemId);
        var retrieved = event("conversation.item.retrieved");
        retrieved.set("item", item.jsonWithAudio(live.settings.input()));
        live.wire.send(retrieved);
    }

    private void truncate(ObjectNode event) {
        var itemId = event.get("item_id").textValue();
        int contentIndex = event.get("content_index").intValue();
        int audioEndMs = event.get("audio_end_ms").intValue();
        live.conversation.truncate(itemId, contentIndex, audioEndMs);
        live.wire.send(event("conversation.item.truncated")
                .put("item_id", itemId)
                .put("content_index", contentIndex)
                .put("audio_end_ms", audioEndMs));
    }

    private void resolveReferences(JsonNode input) {
        for (int at = 0; at < input.size(); at++) {
            var item = input.get(at);
            if (item.path("type").asText().equals("item_reference")
                    && live.conversation.find(item.get("id").textValue()) == null) {
                throw new Refusal(
                        "item_not_found",
                        "response.input[%d].id".formatted(at),
                        "Item with id '%s' not found.".formatted(item.get("id").textValue()));
            }
        }
    }

    private static byte[] decoded(String base64, String path) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalidValue(path, "it is no valid base64.");
        }
    }

    void closed(int code) {
        live.vertx.cancelTimer(expiryTimer);
        turns.stopIdleTimer();
        responses.abandon();
        live.wire.ended();
        live.journal.closed(code);
        live.watch.closed(code);
    }

    String clientRequestId() {
        return live.handshake.clientRequestId();
    }

    void drop() {
        live.wire.drop();
    }

    void close(int code) {
        live.wire.close(code, "asked for");
    }

    SessionRecord record() {
        return live.journal.record(live.settings, live.conversation);
    }
}
