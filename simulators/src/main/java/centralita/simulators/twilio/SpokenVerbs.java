package centralita.simulators.twilio;

import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The verbs that only speak and listen. A recording that cannot be played is an incident, and the call goes on. */
final class SpokenVerbs {
    private static final int MAX_LOOPS = 1_000;
    private static final byte[] NO_SOUND = {};

    private final LiveCall call;

    SpokenVerbs(LiveCall call) {
        this.call = call;
    }

    Future<Void> say(String text) {
        call.notice(new LineEvent.Announced(text));
        return play(AnnouncementVoice.read(text), 0);
    }

    /** Runs {@code Say}, {@code Play} or {@code Pause}; anything else is silent. */
    Future<Void> perform(Verb verb, URI base) {
        return switch (verb) {
            case Verb.Say(var text, var language, var loop) -> say(text.repeat(Math.clamp(loop, 1, 10)));
            case Verb.Pause(var seconds) -> play(NO_SOUND, seconds * 1_000);
            case Verb.Play play -> sound(play, base).compose(audio -> play(audio, 0));
            default -> Future.succeededFuture();
        };
    }

    private Future<Void> play(byte[] audio, int silentMs) {
        var announcement = new Announcement(audio, silentMs);
        call.connectTo(announcement);
        return announcement.done();
    }

    Future<String> gather(Verb.Gather gather, URI base) {
        var sounds = new ArrayList<Future<byte[]>>();
        for (var prompt : gather.prompts()) {
            sounds.add(
                    switch (prompt) {
                        case Verb.Say(var text, var language, var loop) -> {
                            call.notice(new LineEvent.Announced(text));
                            yield Future.succeededFuture(AnnouncementVoice.read(text));
                        }
                        case Verb.Play play -> sound(play, base);
                        default -> Future.succeededFuture(NO_SOUND);
                    });
        }
        return Future.all(List.copyOf(sounds)).compose(ready -> {
            var prompt = new ByteArrayOutputStream();
            sounds.forEach(sound -> prompt.writeBytes(sound.result()));
            var gathering = new DigitGathering(gather, prompt.toByteArray());
            call.connectTo(gathering);
            return gathering.done();
        });
    }

    /** @return fields for the action URL; empty when nothing was said */
    Future<Map<String, String>> record(Verb.Record record) {
        var recording = new VoiceRecording(record);
        call.connectTo(recording);
        return recording.done().map(recorded -> {
            if (recorded.mulaw().length == 0) {
                return Map.of();
            }
            var recordingSid = Sids.next("RE");
            var url = call.exchange().keepRecording(recordingSid, recorded.mulaw());
            var seconds = Integer.toString(Math.ceilDiv(recorded.mulaw().length, 8_000));
            if (record.recordingCallback().present()) {
                call.post(
                        record.recordingCallback(),
                        Map.of(
                                "AccountSid",
                                call.exchange().settings().accountSid(),
                                "CallSid",
                                call.sid(),
                                "RecordingSid",
                                recordingSid,
                                "RecordingUrl",
                                url,
                                "RecordingStatus",
                                "completed",
                                "RecordingDuration",
                                seconds,
                                "RecordingChannels",
                                "1",
                                "RecordingSource",
                                "RecordVerb"));
            }
            return Map.of(
                    "RecordingUrl", url,
                    "RecordingSid", recordingSid,
                    "RecordingDuration", seconds,
                    "Digits", recorded.finishedBy());
        });
    }

    private Future<byte[]> sound(Verb.Play play, URI base) {
        if (!play.digits().isEmpty() || play.url().isEmpty()) {
            return Future.succeededFuture(NO_SOUND);
        }
        var url = base.resolve(play.url());
        var started = System.nanoTime();
        return call.exchange()
                .webhooks()
                .request("GET", url, Map.of(), WebhookClient.MAX_MEDIA_BYTES)
                .map(answer -> {
                    call.asked(url, answer.status(), answer.tookMs());
                    return repeated(WavAudio.read(answer.body().getBytes()), play.loop());
                })
                .recover(failure -> {
                    if (failure instanceof IllegalArgumentException) {
                        call.incident(12300, "sound cannot be played: " + failure.getMessage());
                    } else {
                        call.askedInVain(url, failure, started);
                    }
                    return Future.succeededFuture(NO_SOUND);
                });
    }

    private static byte[] repeated(byte[] audio, int loop) {
        var times = loop <= 0 ? MAX_LOOPS : loop;
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < times && all.size() < WebhookClient.MAX_MEDIA_BYTES; i++) {
            all.writeBytes(audio);
        }
        return all.toByteArray();
    }
}
