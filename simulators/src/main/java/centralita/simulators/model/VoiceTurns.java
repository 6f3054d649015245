package centralita.simulators.model;

import static centralita.simulators.model.Wire.event;

import centralita.simulators.model.protocol.Item;
import centralita.simulators.model.protocol.Refusal;
import centralita.simulators.model.protocol.TokenUsage;
import centralita.simulators.model.protocol.TurnDetection;
import centralita.simulators.model.scenario.Situation.Trigger;
import centralita.simulators.speech.Clip;
import centralita.simulators.speech.ClipRecognizer.Heard;
import centralita.simulators.speech.SpeechDetector;
import centralita.simulators.speech.SpeechDetector.Edge;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The caller's side: audio in, turns found or committed, silence noticed, words told afterwards. */
final class VoiceTurns {
    private static final int LEAST_COMMIT_MS = 100;
    /** Without speech nobody asks for older audio; a start may reach back this far. */
    private static final int KEPT_WHILE_QUIET_MS = 2_000;
    /** When no response follows a turn, its transcript comes by itself after this. */
    private static final int TRANSCRIPT_DELAY_MS = 150;

    private static final int MOST_TRANSCRIPTS_WAITING = 100;

    private final Live live;
    private final Responses responses;
    private final AudioBuffer buffer = new AudioBuffer();
    private final Queue<Item> untranscribed = new ArrayDeque<>();
    private byte[] incompleteSample = {};
    private @Nullable SpeechDetector detector;
    private long detectorStartsAtMs;
    private @Nullable String speechItemId;
    private long speechStartMs;
    private long idleTimer = -1;

    VoiceTurns(Live live, Responses responses) {
        this.live = live;
        this.responses = responses;
        settingsChanged();
    }

    /** Begins anew to look for speech, if the settings want it. */
    void settingsChanged() {
        var sensitivity = live.settings.turnDetection().map(TurnDetection::sensitivity);
        detector = sensitivity.map(SpeechDetector::new).orElse(null);
        detectorStartsAtMs = buffer.endMs();
        speechItemId = null;
        if (live.settings.turnDetection().isEmpty()) {
            stopIdleTimer();
        }
    }

    /** @param audio in the input format, any length */
    void append(byte[] audio) {
        live.journal.audioReceived(audio, live.settings.input().bytesPerMs());
        if (live.parrot) {
            responses.parrot(audio);
            return;
        }
        var mulaw = live.settings.input().toMulaw(wholeSamples(audio));
        live.watch.heard(mulaw);
        buffer.append(mulaw);
        if (detector == null) {
            return;
        }
        for (var edge : detector.add(mulaw)) {
            switch (edge) {
                case Edge.Started started -> speechStarted(started.audioStartMs() + detectorStartsAtMs);
                case Edge.Stopped stopped -> speechStopped(stopped.audioEndMs() + detectorStartsAtMs);
            }
            if (live.parrot || detector == null) {
                return;
            }
        }
        if (!detector.speaking()) {
            buffer.keepLast(KEPT_WHILE_QUIET_MS);
        }
    }

    private byte[] wholeSamples(byte[] audio) {
        int unit = live.settings.input().bytesPerSample();
        if (unit == 1 || incompleteSample.length == 0 && audio.length % unit == 0) {
            return audio;
        }
        var joined = Arrays.copyOf(incompleteSample, incompleteSample.length + audio.length);
        System.arraycopy(audio, 0, joined, incompleteSample.length, audio.length);
        int whole = joined.length - joined.length % unit;
        incompleteSample = Arrays.copyOfRange(joined, whole, joined.length);
        return Arrays.copyOf(joined, whole);
    }

    private void speechStarted(long audioStartMs) {
        stopIdleTimer();
        speechItemId = live.nextId("item");
        speechStartMs = audioStartMs;
        live.wire.send(event("input_audio_buffer.speech_started")
                .put("audio_start_ms", audioStartMs)
                .put("item_id", speechItemId));
        if (live.settings.turnDetection().map(TurnDetection::interruptResponse).orElse(false)) {
            responses.interrupt();
        }
    }

    private void speechStopped(long audioEndMs) {
        var itemId = speechItemId == null ? live.nextId("item") : speechItemId;
        speechItemId = null;
        live.wire.send(event("input_audio_buffer.speech_stopped")
                .put("audio_end_ms", audioEndMs)
                .put("item_id", itemId));
        commit(itemId, buffer.takeFrom(speechStartMs));
        if (live.settings.turnDetection().map(TurnDetection::createResponse).orElse(false)) {
            responses.createForTurn(null);
        }
    }

    /** @throws Refusal when there is less than 100 ms */
    void commitByClient() {
        if (buffer.lengthMs() < LEAST_COMMIT_MS) {
            throw new Refusal(
                    "input_audio_buffer_commit_empty",
                    null,
                    "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has %d.00ms of audio."
                            .formatted(buffer.lengthMs()));
        }
        boolean speaking = speechItemId != null;
        var itemId = speechItemId == null ? live.nextId("item") : speechItemId;
        commit(itemId, buffer.takeFrom(speaking ? speechStartMs : 0));
        settingsChanged();
    }

    void clear() {
        buffer.clear();
        settingsChanged();
        live.wire.send(event("input_audio_buffer.cleared"));
    }

    private void commit(String itemId, byte[] mulaw) {
        List<Clip> heard =
                live.recognizer.listen(mulaw).stream().map(Heard::clip).toList();
        var item = Item.spokenByCaller(itemId, mulaw, heard);
        live.wire.send(event("input_audio_buffer.committed")
                .put("previous_item_id", live.conversation.lastId())
                .put("item_id", itemId));
        live.conversation.append(item);
        for (var stage : new String[] {"conversation.item.added", "conversation.item.done"}) {
            var added = event(stage).put("previous_item_id", live.conversation.previousOf(item));
            added.set("item", item.json());
            live.wire.send(added);
        }
        if (live.settings.transcription().isPresent() && untranscribed.size() < MOST_TRANSCRIPTS_WAITING) {
            untranscribed.add(item);
            live.vertx.setTimer(TRANSCRIPT_DELAY_MS, _ -> {
                if (!responses.speaking()) {
                    transcribe();
                }
            });
        }
    }

    /** Tells what was said, as late as the service does: after the answer. */
    void transcribe() {
        for (var item = untranscribed.poll(); item != null; item = untranscribed.poll()) {
            var model = live.settings
                    .transcription()
                    .map(t -> t.path("model").asText(""))
                    .orElse("");
            var transcript = item.heard().stream().map(Clip::text).collect(Collectors.joining(" "));
            item.transcribed(transcript);
            if (!transcript.isEmpty()) {
                live.wire.send(event("conversation.item.input_audio_transcription.delta")
                        .put("item_id", item.id())
                        .put("content_index", 0)
                        .put("delta", transcript));
            }
            var completed = event("conversation.item.input_audio_transcription.completed")
                    .put("item_id", item.id())
                    .put("content_index", 0)
                    .put("transcript", transcript);
            var usage = completed.putObject("usage");
            if (model.startsWith("whisper")) {
                usage.put("type", "duration").put("seconds", item.audioMs() / 1_000.0);
            } else {
                int input = TokenUsage.inputAudioTokens(item.audioMs());
                int output = TokenUsage.textTokens(transcript.length());
                usage.put("type", "tokens").put("total_tokens", input + output).put("input_tokens", input);
                usage.putObject("input_token_details").put("text_tokens", 0).put("audio_tokens", input);
                usage.put("output_tokens", output);
            }
            live.wire.send(completed);
        }
    }

    /** @param playbackLeftMs how long the caller still hears the answer */
    void answered(long playbackLeftMs) {
        transcribe();
        stopIdleTimer();
        var idle = live.settings.turnDetection().map(TurnDetection::idleTimeoutMs);
        if (idle.isPresent() && idle.get().isPresent() && speechItemId == null && !live.parrot) {
            long quietFromMs = buffer.endMs();
            idleTimer =
                    live.vertx.setTimer(Math.max(1, playbackLeftMs) + idle.get().getAsInt(), _ -> idle(quietFromMs));
        }
    }

    private void idle(long quietFromMs) {
        idleTimer = -1;
        if (responses.speaking() || speechItemId != null) {
            return;
        }
        var itemId = live.nextId("item");
        live.wire.send(event("input_audio_buffer.timeout_triggered")
                .put("audio_start_ms", quietFromMs)
                .put("audio_end_ms", buffer.endMs())
                .put("item_id", itemId));
        commit(itemId, buffer.takeFrom(quietFromMs));
        responses.createForTurn(new Trigger.Silence());
    }

    void stopIdleTimer() {
        if (idleTimer >= 0) {
            live.vertx.cancelTimer(idleTimer);
            idleTimer = -1;
        }
    }
}
