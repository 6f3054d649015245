package centralita.simulators.model;

import static centralita.simulators.model.Wire.event;

import centralita.simulators.model.protocol.AudioFormat;
import centralita.simulators.model.protocol.Item;
import centralita.simulators.model.protocol.TokenUsage;
import centralita.simulators.model.scenario.Reply.Part;
import centralita.simulators.speech.Clip;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of one response, as they are made: each with the events that announce, fill and end it. */
final class ResponseOutput {
    private final Live live;
    private final String id;
    private final ResponseRequest request;
    private final AudioFormat format;
    private final List<Item> items = new ArrayList<>();
    private @Nullable Item open;
    private boolean openIsAudible;
    private String audioPrefix = "";
    private boolean signed;
    private long firstAudioNanos;
    private long sentBytes;
    private int textTokens;

    ResponseOutput(Live live, String responseId, ResponseRequest request) {
        this.live = live;
        this.request = request;
        id = responseId;
        format = request.format();
    }

    long sentAudioMs() {
        return sentBytes / format.bytesPerMs();
    }

    double sinceFirstAudioMs() {
        return (System.nanoTime() - firstAudioNanos) / 1e6;
    }

    long playbackLeftMs() {
        return sentBytes == 0 ? 0 : Math.max(0, sentAudioMs() - (long) sinceFirstAudioMs());
    }

    /** @return output tokens once so much more audio is sent */
    int tokensWith(int moreAudioMs) {
        return textTokens + TokenUsage.outputAudioTokens((int) sentAudioMs() + moreAudioMs);
    }

    TokenUsage usage(TokenUsage input) {
        return input.withOutput(textTokens, TokenUsage.outputAudioTokens((int) sentAudioMs()));
    }

    void openMessage(boolean audible) {
        openIsAudible = audible && !request.inText();
        var partType = openIsAudible ? "audio" : "text";
        var item = Item.answer(live.nextId("item"));
        announce(item);
        var part = event("response.content_part.added");
        part.putObject("part").put("type", partType).put(partType.equals("audio") ? "transcript" : "text", "");
        live.wire.send(located(part, item).put("content_index", 0));
        audioPrefix = live.wire.audioPrefix(id, item.id(), items.size() - 1);
        signed = false;
    }

    private void announce(Item item) {
        open = item;
        items.add(item);
        var added = event("response.output_item.added").put("response_id", id).put("output_index", items.size() - 1);
        added.set("item", item.json());
        live.wire.send(added);
        if (!request.outOfBand()) {
            live.conversation.append(item);
            tellConversation("conversation.item.added", item);
        }
    }

    private void tellConversation(String type, Item item) {
        var told = event(type).put("previous_item_id", live.conversation.previousOf(item));
        told.set("item", item.json());
        live.wire.send(told);
    }

    void speak(Clip clip, int from, int to, String text) {
        if (!text.isEmpty()) {
            say("response.output_audio_transcript.delta", text);
        }
        sign();
        sendAudio(format.fromMulaw(clip.mulaw(), from, to));
    }

    private void sign() {
        if (signed) {
            return;
        }
        signed = true;
        var signature = live.watch.signature();
        if (signature.length > 0) {
            sendAudio(format.fromMulaw(signature, 0, signature.length));
        }
    }

    void say(String deltaType, String text) {
        var item = current();
        item.spoke(text);
        textTokens += TokenUsage.textTokens(text.length());
        live.wire.send(located(event(deltaType), item).put("content_index", 0).put("delta", text));
    }

    /** Sends audio of the open item as one event. */
    void sendAudio(byte[] audio) {
        if (firstAudioNanos == 0) {
            firstAudioNanos = System.nanoTime();
        }
        long beforeMs = sentAudioMs();
        sentBytes += audio.length;
        current().madeAudio((int) (sentAudioMs() - beforeMs));
        live.hasSpoken = true;
        live.journal.audioSent(audio, format.bytesPerMs());
        live.wire.sendAudio(audioPrefix, audio);
    }

    void call(Part.Call call) {
        var item = Item.functionCall(live.nextId("item"), call.name(), live.nextId("call"));
        announce(item);
        int half = call.arguments().length() / 2;
        for (var piece : new String[] {
            call.arguments().substring(0, half), call.arguments().substring(half)
        }) {
            live.wire.send(located(event("response.function_call_arguments.delta"), item)
                    .put("call_id", item.field("call_id"))
                    .put("delta", piece));
        }
        textTokens +=
                TokenUsage.textTokens(call.name().length() + call.arguments().length());
        item.arguments(call.arguments());
        live.wire.send(located(event("response.function_call_arguments.done"), item)
                .put("call_id", item.field("call_id"))
                .put("name", call.name())
                .put("arguments", call.arguments()));
        finish(item, "completed");
    }

    /** Sends what ends the open message; nothing when none is open. */
    void closeOpen(String status) {
        var item = open;
        if (item == null) {
            return;
        }
        var text = item.spokenText();
        boolean audible = openIsAudible;
        var part = event("response.content_part.done");
        if (audible) {
            live.wire.send(located(event("response.output_audio.done"), item).put("content_index", 0));
            live.wire.send(located(event("response.output_audio_transcript.done"), item)
                    .put("content_index", 0)
                    .put("transcript", text));
            part.putObject("part").put("type", "audio").put("transcript", text);
        } else {
            live.wire.send(located(event("response.output_text.done"), item)
                    .put("content_index", 0)
                    .put("text", text));
            part.putObject("part").put("type", "text").put("text", text);
        }
        live.wire.send(located(part, item).put("content_index", 0));
        item.finish(status, audible);
        finish(item, status);
    }

    private void finish(Item item, String status) {
        item.status(status);
        open = null;
        if (!request.outOfBand()) {
            tellConversation("conversation.item.done", item);
        }
        var done = event("response.output_item.done").put("response_id", id).put("output_index", items.size() - 1);
        done.set("item", item.json());
        live.wire.send(done);
    }

    private Item current() {
        if (open == null) {
            throw new IllegalStateException("no item of response %s is open".formatted(id));
        }
        return open;
    }

    private ObjectNode located(ObjectNode event, Item item) {
        return event.put("response_id", id).put("item_id", item.id()).put("output_index", items.size() - 1);
    }

    ArrayNode json() {
        var array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(item.json()));
        return array;
    }
}
