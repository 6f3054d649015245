package centralita.simulators.model;

import centralita.simulators.model.SessionRecord.ItemRecord;
import centralita.simulators.model.protocol.Conversation;
import centralita.simulators.model.protocol.Item;
import centralita.simulators.model.protocol.SessionSettings;
import centralita.simulators.model.protocol.TokenUsage;
import centralita.simulators.speech.Clip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Counts what happens in one session; bounded in all it keeps. */
final class SessionJournal {
    private static final int MOST_ERRORS = 100;

    private final Handshake handshake;
    private final Instant openedAt = Instant.now();
    private final Map<String, Long> receivedEvents = new TreeMap<>();
    private final Map<String, Integer> responses = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();
    private final CRC32C received = new CRC32C();
    private final CRC32C sent = new CRC32C();
    private long appends;
    private long receivedBytes;
    private long receivedMicros;
    private long sentMicros;
    private TokenUsage usage = TokenUsage.NONE;
    private @Nullable Instant closedAt;
    private @Nullable Integer closeCode;

    SessionJournal(Handshake handshake) {
        this.handshake = handshake;
    }

    void event(String type) {
        receivedEvents.merge(type, 1L, Long::sum);
    }

    void audioReceived(byte[] audio, int bytesPerMs) {
        appends++;
        receivedBytes += audio.length;
        receivedMicros += audio.length * 1_000L / bytesPerMs;
        received.update(audio, 0, audio.length);
    }

    void audioSent(byte[] audio, int bytesPerMs) {
        sentMicros += audio.length * 1_000L / bytesPerMs;
        sent.update(audio, 0, audio.length);
    }

    void error(@Nullable String code) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(code == null ? "none" : code);
        }
    }

    void response(String status, TokenUsage used) {
        responses.merge(status, 1, Integer::sum);
        usage = usage.plus(used);
    }

    void closed(int code) {
        closedAt = Instant.now();
        closeCode = code;
    }

    SessionRecord record(SessionSettings settings, Conversation conversation) {
        var events = new TreeMap<>(receivedEvents);
        if (appends > 0) {
            events.merge("input_audio_buffer.append", appends, Long::sum);
        }
        var items = Stream.concat(
                        conversation.items().stream().map(item -> record(item, false)),
                        conversation.deleted().stream().map(item -> record(item, true)))
                .toList();
        return new SessionRecord(
                handshake.sessionId(),
                handshake.clientRequestId(),
                handshake.safetyIdentifier(),
                handshake.model(),
                handshake.scenario().name(),
                openedAt,
                closedAt,
                closeCode,
                settings.json().toString(),
                items,
                events,
                receivedMicros / 1_000,
                receivedBytes,
                "%08x".formatted(received.getValue()),
                sentMicros / 1_000,
                "%08x".formatted(sent.getValue()),
                List.copyOf(errors),
                Map.copyOf(responses),
                usage);
    }

    private static ItemRecord record(Item item, boolean deleted) {
        return new ItemRecord(
                item.id(),
                item.role(),
                item.type(),
                item.status(),
                item.truncatedAtMs().isPresent() ? "" : item.words(),
                item.heard().stream().map(Clip::toString).toList(),
                item.audioMs(),
                item.truncatedAtMs().isPresent() ? item.truncatedAtMs().getAsInt() : null,
                deleted);
    }
}
