package centralita.simulators.model;

import static centralita.simulators.model.Wire.event;

import centralita.simulators.model.protocol.AudioFormat;
import centralita.simulators.model.protocol.Item;
import centralita.simulators.model.protocol.TokenUsage;
import centralita.simulators.model.scenario.Fault;
import centralita.simulators.model.scenario.Reply;
import centralita.simulators.model.scenario.Reply.Part;
import centralita.simulators.speech.Clip;
import centralita.simulators.speech.Mulaw;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One response from {@code response.created} to {@code response.done}: a queue of steps, sent as fast as the speed and
 * the peer allow. However it ends, what was begun is closed by its {@code .done} events.
 */
final class ResponseInTheMaking {
    /** So much audio comes at once before the speed matters. */
    private static final int HEAD_START_MS = 200;

    private static final int RATE_LIMIT_TOKENS = 40_000;

    private record Step(int audioMs, Runnable run) {}

    /** How a response ends. */
    record Ending(
            String status,
            @Nullable String reason,
            @Nullable String errorType,
            @Nullable String errorCode) {
        static final Ending COMPLETED = new Ending("completed", null, null, null);
        static final Ending TURN_DETECTED = new Ending("cancelled", "turn_detected", null, null);
        static final Ending CLIENT_CANCELLED = new Ending("cancelled", "client_cancelled", null, null);
        static final Ending TOO_LONG = new Ending("incomplete", "max_output_tokens", null, null);

        static Ending failed(String errorType, @Nullable String code) {
            return new Ending("failed", null, errorType, code);
        }
    }

    private final Live live;
    private final ResponseRequest request;
    private final String id;
    private final Reply reply;
    private final @Nullable Fault fault;
    private final Responses responses;
    private final TokenUsage input;
    private final AudioFormat format;
    private final Queue<Step> steps = new ArrayDeque<>();
    private final List<Item> output = new ArrayList<>();
    private @Nullable Item open;
    private String audioPrefix = "";
    private long firstAudioNanos;
    private long sentBytes;
    private int textTokens;
    private long timer = -1;
    private boolean openEnded;
    private boolean ended;

    ResponseInTheMaking(
            Live live,
            Responses responses,
            ResponseRequest request,
            Reply reply,
            TokenUsage input,
            @Nullable Fault fault) {
        this.live = live;
        this.responses = responses;
        this.request = request;
        this.reply = reply;
        this.input = input;
        this.fault = fault;
        format = request.format();
        id = live.nextId("resp");
    }

    String id() {
        return id;
    }

    Reply reply() {
        return reply;
    }

    boolean outOfBand() {
        return request.outOfBand();
    }

    long sentAudioMs() {
        return sentBytes / format.bytesPerMs();
    }

    /** @return how long a listener who began with the first audio still hears it */
    long playbackLeftMs() {
        return sentBytes == 0 ? 0 : Math.max(0, sentAudioMs() - (System.nanoTime() - firstAudioNanos) / 1_000_000);
    }

    void begin() {
        var created = event("response.created");
        created.set("response", json("in_progress", null, null));
        live.wire.send(created);
        if (!outOfBand()) {
            var limits = event("rate_limits.updated");
            limits.putArray("rate_limits")
                    .addObject()
                    .put("name", "tokens")
                    .put("limit", RATE_LIMIT_TOKENS)
                    .put("remaining", Math.max(0, RATE_LIMIT_TOKENS - input.total()))
                    .put("reset_seconds", 1.5);
            live.wire.send(limits);
        }
        if (fault != null && new ResponseFaults(live, this).struck(fault)) {
            return;
        }
        reply.parts().forEach(this::plan);
        pump();
    }

    /** Begins an answer that goes on until it is cancelled, with what {@link #feed} brings. */
    void beginOpenEnded() {
        openEnded = true;
        begin();
        openMessage("audio");
    }

    /** @param audio in the output format */
    void feed(byte[] audio) {
        if (!ended) {
            sendAudio(audio);
        }
    }

    private void plan(Part part) {
        switch (part) {
            case Part.Speech speech when request.inText() -> planText(speech.text());
            case Part.Speech speech -> planSpeech(speech);
            case Part.Writing writing -> planText(writing.text());
            case Part.Call call -> step(() -> call(call));
        }
    }

    private void planSpeech(Part.Speech speech) {
        step(() -> openMessage("audio"));
        for (var clip : speech.clips()) {
            var words = clip.text().split(" ");
            int chunkBytes = live.options.deltaMs() * Mulaw.BYTES_PER_MS;
            int chunks = Math.max(1, (clip.mulaw().length + chunkBytes - 1) / chunkBytes);
            for (int chunk = 0; chunk < chunks; chunk++) {
                int from = chunk * chunkBytes;
                int to = Math.min(from + chunkBytes, clip.mulaw().length);
                var text = words(words, chunk, chunks);
                steps.add(new Step((to - from) / Mulaw.BYTES_PER_MS, () -> speak(clip, from, to, text)));
            }
        }
        step(() -> closeOpen("completed"));
    }

    /** The words that belong to one of several chunks, each followed by a space. */
    private static String words(String[] words, int chunk, int chunks) {
        var text = new StringBuilder();
        for (int word = 0; word < words.length; word++) {
            if (word * chunks / words.length == chunk) {
                text.append(words[word]).append(' ');
            }
        }
        return text.toString();
    }

    private void planText(String text) {
        step(() -> openMessage("text"));
        step(() -> {
            say("response.output_text.delta", text);
            closeOpen("completed");
        });
    }

    private void step(Runnable run) {
        steps.add(new Step(0, run));
    }

    /** Sends what may be sent now, and arranges to go on. */
    void pump() {
        timer = -1;
        while (!ended && !steps.isEmpty()) {
            if (live.wire.full()) {
                live.wire.whenDrained(this::pump);
                return;
            }
            long waitMs = steps.element().audioMs() == 0 ? 0 : waitMs();
            if (waitMs > 0) {
                timer = live.vertx.setTimer(waitMs, _ -> pump());
                return;
            }
            if (steps.element().audioMs() > 0 && tokensWith(steps.element().audioMs()) > request.maxOutputTokens()) {
                end(Ending.TOO_LONG);
                return;
            }
            steps.remove().run().run();
            if (fault != null && ResponseFaults.breaksAt(fault, sentAudioMs())) {
                new ResponseFaults(live, this).breakSocket(fault);
                return;
            }
        }
        if (!ended && !openEnded) {
            end(Ending.COMPLETED);
        }
    }

    void resumeLater(long ms) {
        timer = live.vertx.setTimer(ms, _ -> {
            reply.parts().forEach(this::plan);
            pump();
        });
    }

    private long waitMs() {
        if (firstAudioNanos == 0) {
            return 0;
        }
        double allowedMs = HEAD_START_MS + (System.nanoTime() - firstAudioNanos) / 1e6 * live.speed();
        return sentAudioMs() <= allowedMs ? 0 : (long) Math.ceil((sentAudioMs() - allowedMs) / live.speed());
    }

    private int tokensWith(int moreAudioMs) {
        return textTokens + TokenUsage.outputAudioTokens((int) sentAudioMs() + moreAudioMs);
    }

    private void openMessage(String partType) {
        var item = Item.answer(live.nextId("item"));
        announce(item);
        var part = event("response.content_part.added");
        part.putObject("part").put("type", partType).put(partType.equals("audio") ? "transcript" : "text", "");
        live.wire.send(located(part, item).put("content_index", 0));
        audioPrefix = live.wire.audioPrefix(id, item.id(), output.size() - 1);
    }

    private void announce(Item item) {
        open = item;
        output.add(item);
        var added = event("response.output_item.added").put("response_id", id).put("output_index", output.size() - 1);
        added.set("item", item.json());
        live.wire.send(added);
        if (!outOfBand()) {
            live.conversation.append(item);
            tellConversation("conversation.item.added", item);
        }
    }

    private void tellConversation(String type, Item item) {
        var told = event(type).put("previous_item_id", live.conversation.previousOf(item));
        told.set("item", item.json());
        live.wire.send(told);
    }

    private void speak(Clip clip, int from, int to, String text) {
        if (!text.isEmpty()) {
            say("response.output_audio_transcript.delta", text);
        }
        sendAudio(format.fromMulaw(clip.mulaw(), from, to));
    }

    private void say(String deltaType, String text) {
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

    private void call(Part.Call call) {
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

    private void closeOpen(String status) {
        var item = open;
        if (item == null) {
            return;
        }
        var text = item.spokenText();
        boolean audible = !request.inText() && !isWriting();
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

    private boolean isWriting() {
        int index = output.size() - 1;
        return index < reply.parts().size() && reply.parts().get(index) instanceof Part.Writing;
    }

    private void finish(Item item, String status) {
        item.status(status);
        open = null;
        if (!outOfBand()) {
            tellConversation("conversation.item.done", item);
        }
        var done = event("response.output_item.done").put("response_id", id).put("output_index", output.size() - 1);
        done.set("item", item.json());
        live.wire.send(done);
    }

    /** Ends the response, once. */
    void end(Ending ending) {
        if (ended) {
            return;
        }
        ended = true;
        stop();
        closeOpen("incomplete");
        var usage = ending.status().equals("failed")
                ? TokenUsage.NONE
                : input.withOutput(textTokens, TokenUsage.outputAudioTokens((int) sentAudioMs()));
        live.journal.response(ending.status(), usage);
        var done = event("response.done");
        done.set("response", json(ending.status(), ending, usage));
        live.wire.send(done);
        responses.ended(this, ending);
    }

    /** Stops without another word: the socket has ended. */
    void abandon() {
        ended = true;
        stop();
    }

    private void stop() {
        steps.clear();
        if (timer >= 0) {
            live.vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private Item current() {
        if (open == null) {
            throw new IllegalStateException("no item of response %s is open".formatted(id));
        }
        return open;
    }

    private ObjectNode located(ObjectNode event, Item item) {
        return event.put("response_id", id).put("item_id", item.id()).put("output_index", output.size() - 1);
    }

    private ObjectNode json(String status, @Nullable Ending ending, @Nullable TokenUsage usage) {
        var response = request.json(id, outOfBand() ? null : live.conversation.id());
        response.put("status", status);
        response.set("output", outputJson());
        if (ending == null || ending.status().equals("completed")) {
            response.putNull("status_details");
        } else {
            var details = response.putObject("status_details").put("type", status);
            if (ending.reason() != null) {
                details.put("reason", ending.reason());
            } else {
                details.putObject("error").put("type", ending.errorType()).put("code", ending.errorCode());
            }
        }
        boolean silentAboutUsage = fault != null && fault.kind() == Fault.Kind.NO_USAGE;
        response.set("usage", usage == null || silentAboutUsage ? JsonNodeFactory.instance.nullNode() : usage.json());
        return response;
    }

    private ArrayNode outputJson() {
        var array = JsonNodeFactory.instance.arrayNode();
        output.forEach(item -> array.add(item.json()));
        return array;
    }
}
