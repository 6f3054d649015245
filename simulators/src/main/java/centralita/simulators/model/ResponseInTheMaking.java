package centralita.simulators.model;

import static centralita.simulators.model.Wire.event;

import centralita.simulators.model.protocol.TokenUsage;
import centralita.simulators.model.scenario.Fault;
import centralita.simulators.model.scenario.Reply;
import centralita.simulators.model.scenario.Reply.Part;
import centralita.simulators.speech.Mulaw;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One response from {@code response.created} to {@code response.done}: a queue of steps, sent as fast as the speed and
 * the peer allow. However it ends, what was begun is closed by its {@code .done} events.
 *
 * @see ResponseOutput what the steps send
 */
final class ResponseInTheMaking {
    /** So much audio comes at once before the speed matters. */
    private static final int HEAD_START_MS = 200;

    /** More than any test uses: who admits calls by what is left must not refuse simulated ones. */
    private static final int RATE_LIMIT_TOKENS = 100_000_000;

    private record Step(int audioMs, Runnable run) {}

    private final Live live;
    private final ResponseRequest request;
    private final String id;
    private final Reply reply;
    private final @Nullable Fault fault;
    private final Responses responses;
    private final TokenUsage input;
    private final Queue<Step> steps = new ArrayDeque<>();
    private final ResponseOutput output;
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
        id = live.nextId("resp");
        output = new ResponseOutput(live, id, request);
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

    /** @return how long a listener who began with the first audio still hears it */
    long playbackLeftMs() {
        return output.playbackLeftMs();
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
        output.openMessage(true);
    }

    /** @param audio in the output format */
    void feed(byte[] audio) {
        if (!ended) {
            output.sendAudio(audio);
        }
    }

    private void plan(Part part) {
        switch (part) {
            case Part.Speech speech when request.inText() -> planText(speech.text());
            case Part.Speech speech -> planSpeech(speech);
            case Part.Writing writing -> planText(writing.text());
            case Part.Call call -> step(() -> output.call(call));
        }
    }

    private void planSpeech(Part.Speech speech) {
        step(() -> output.openMessage(true));
        for (var clip : speech.clips()) {
            var words = clip.text().split(" ");
            int chunkBytes = live.options.deltaMs() * Mulaw.BYTES_PER_MS;
            int chunks = Math.max(1, (clip.mulaw().length + chunkBytes - 1) / chunkBytes);
            for (int chunk = 0; chunk < chunks; chunk++) {
                int from = chunk * chunkBytes;
                int to = Math.min(from + chunkBytes, clip.mulaw().length);
                var text = words(words, chunk, chunks);
                steps.add(new Step((to - from) / Mulaw.BYTES_PER_MS, () -> output.speak(clip, from, to, text)));
            }
        }
        step(() -> output.closeOpen("completed"));
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
        step(() -> output.openMessage(false));
        step(() -> {
            output.say("response.output_text.delta", text);
            output.closeOpen("completed");
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
            if (steps.element().audioMs() > 0
                    && output.tokensWith(steps.element().audioMs()) > request.maxOutputTokens()) {
                end(ResponseEnding.TOO_LONG);
                return;
            }
            steps.remove().run().run();
            if (fault != null && ResponseFaults.breaksAt(fault, output.sentAudioMs())) {
                new ResponseFaults(live, this).breakSocket(fault);
                return;
            }
        }
        if (!ended && !openEnded) {
            end(ResponseEnding.COMPLETED);
        }
    }

    void resumeLater(long ms) {
        timer = live.vertx.setTimer(ms, _ -> {
            reply.parts().forEach(this::plan);
            pump();
        });
    }

    private long waitMs() {
        if (output.sentAudioMs() == 0) {
            return 0;
        }
        double allowedMs = HEAD_START_MS + output.sinceFirstAudioMs() * live.speed();
        return output.sentAudioMs() <= allowedMs
                ? 0
                : (long) Math.ceil((output.sentAudioMs() - allowedMs) / live.speed());
    }

    /** Ends the response, once. */
    void end(ResponseEnding ending) {
        if (ended) {
            return;
        }
        ended = true;
        stop();
        output.closeOpen("incomplete");
        var usage = ending.status().equals("failed") ? TokenUsage.NONE : output.usage(input);
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

    private ObjectNode json(String status, @Nullable ResponseEnding ending, @Nullable TokenUsage usage) {
        var response = request.json(id, outOfBand() ? null : live.conversation.id());
        response.put("status", status);
        response.set("output", output.json());
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
}
