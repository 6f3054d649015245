package centralita.livestate;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.contracts.call.Direction;
import centralita.contracts.call.EndReason;
import centralita.contracts.id.UuidV7;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts against a real Redis 6.2. */
class LiveScriptIT {
    private static final long CALL_SECONDS = LiveKeys.CALL_TTL.toSeconds();
    private static final long SID_SECONDS = LiveKeys.WEBHOOK_TTL.toSeconds();

    private static RedisCli redis;

    private final UUID callId = UuidV7.next();
    private final String callSid = "CA" + callId.toString().replace("-", "");

    @BeforeAll
    static void connect() {
        redis = new RedisCli();
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @Test
    void aCallIsReceivedAndReadBackAsItWas() {
        // Given
        var call = call("bridge-1", 1);

        // When
        var answer = receive(callId, call);

        // Then
        assertThat(answer).isEqualTo(callId.toString());
        assertThat(LiveCall.of(callId, redis.hash(LiveKeys.call(callId)))).isEqualTo(call);
        assertThat(redis.ttl(LiveKeys.call(callId)))
                .isBetween(Duration.ofSeconds(CALL_SECONDS - 60), LiveKeys.CALL_TTL);
        assertThat(redis.ttl(LiveKeys.callSid(callSid)))
                .isBetween(Duration.ofSeconds(SID_SECONDS - 60), LiveKeys.WEBHOOK_TTL);
    }

    @Test
    void aRepeatedWebhookIsTheSameCall_TH2() {
        // Given
        receive(callId, call("bridge-1", 1));
        var again = UuidV7.next();

        // When
        var answer = receive(again, call("bridge-2", 1));

        // Then
        assertThat(answer).isEqualTo(callId.toString());
        assertThat(redis.hash(LiveKeys.call(again))).isEmpty();
        assertThat(redis.hash(LiveKeys.call(callId))).containsEntry("bridgeId", "bridge-1");
    }

    @Test
    void twentyWebhooksAtOnceMakeOneCall() {
        // Given
        var ids = IntStream.range(0, 20).mapToObj(_ -> UuidV7.next()).toList();

        // When
        var answers = ids.stream()
                .map(id -> redis.later(
                        LiveScript.RECEIVE_CALL,
                        List.of(LiveKeys.callSid(callSid), LiveKeys.call(id)),
                        receiveArguments(id, call("bridge-1", 1))))
                .toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();

        // Then
        assertThat(answers.stream().map(answer -> answer.join().toString()).distinct())
                .hasSize(1);
        assertThat(ids.stream().filter(id -> !redis.hash(LiveKeys.call(id)).isEmpty()))
                .hasSize(1);
    }

    @Test
    void aCallOfWhichRedisKnowsNothingIsRestoredAsItsGatewayHasIt_FS1() {
        // Given
        var call = call("bridge-1", 5);

        // When
        var answer = restore(call, 2);

        // Then
        assertThat(answer).isEqualTo(1);
        assertThat(redis.hash(LiveKeys.call(callId)))
                .containsEntry("callSid", callSid)
                .containsEntry("bridgeId", "bridge-1")
                .containsEntry("epoch", "5")
                .containsEntry("streams", "2");
        assertThat(redis.send("get", LiveKeys.callSid(callSid)).toString()).isEqualTo(callId.toString());
        assertThat(redis.ttl(LiveKeys.call(callId))).isGreaterThan(Duration.ofHours(5));
    }

    @Test
    void theWordOfAnOwnerThatCameLaterIsWrittenOverThatOfTheOneBefore() {
        // Given
        receive(callId, call("bridge-1", 1));

        // When: the gateway had to choose another bridge while Redis was away
        var answer = restore(call("bridge-2", 1_795_341_782_140L), 1);

        // Then: what only the first webhook knew stays
        assertThat(answer).isEqualTo(1);
        assertThat(redis.hash(LiveKeys.call(callId)))
                .containsEntry("bridgeId", "bridge-2")
                .containsEntry("epoch", "1795341782140")
                .containsEntry("streams", "1")
                .containsEntry("phase", "talking")
                .containsEntry("receivedMs", "1795341782000");
    }

    @Test
    void whoKnowsLessOfACallThanRedisRestoresNothing() {
        // Given
        restore(call("bridge-1", 5), 2);

        // When: an earlier owner, an earlier stream, and the same once more
        var answers = List.of(
                restore(call("bridge-2", 4), 3), restore(call("bridge-2", 6), 1), restore(call("bridge-2", 5), 2));

        // Then
        assertThat(answers).isEqualTo(List.of(0L, 0L, 0L));
        assertThat(redis.hash(LiveKeys.call(callId)))
                .containsEntry("bridgeId", "bridge-1")
                .containsEntry("epoch", "5");
    }

    @Test
    void aCallThatIsToEndIsNotRestored() {
        // Given
        receive(callId, call("bridge-1", 1));
        end(EndReason.ASSISTANT_HUNG_UP);

        // When
        var answer = restore(call("bridge-2", 9), 1);

        // Then
        assertThat(answer).isZero();
        assertThat(redis.hash(LiveKeys.call(callId)))
                .containsEntry("phase", "ending")
                .containsEntry("bridgeId", "bridge-1");
    }

    @Test
    void aCallWhoseProvidersIdStandsForAnotherOneIsFoundByItsOwn() {
        // Given: the webhook was answered twice, once without Redis
        var other = UuidV7.next();
        receive(other, call("bridge-1", 1));

        // When
        restore(call("bridge-2", 1), 1);

        // Then
        assertThat(redis.hash(LiveKeys.call(callId))).containsEntry("bridgeId", "bridge-2");
        assertThat(redis.send("get", LiveKeys.callSid(callSid)).toString()).isEqualTo(other.toString());
    }

    @Test
    void aNewOwnerGetsAHigherEpochThanAnybodyKnows_FS2() {
        // Given
        receive(callId, call("bridge-1", 1));

        // When: by what is stored, by what the asker knows, by the clock
        var stored = own("bridge-2", 0, 0);
        var asked = own("bridge-3", 40, 0);
        var clock = own("bridge-4", 0, 1_795_341_782_140L);
        var after = own("bridge-5", 0, 1_795_341_782_000L);

        // Then
        assertThat(List.of(stored, asked, clock, after))
                .isEqualTo(List.of("2", "41", "1795341782140", "1795341782141"));
        assertThat(redis.hash(LiveKeys.call(callId)))
                .containsEntry("bridgeId", "bridge-5")
                .containsEntry("epoch", "1795341782141");
    }

    @Test
    void twentyWhoTakeACallAtOnceGetTwentyEpochs() {
        // Given
        receive(callId, call("bridge-1", 1));

        // When
        var answers = IntStream.range(0, 20)
                .mapToObj(n -> redis.later(
                        LiveScript.OWN_CALL, List.of(LiveKeys.call(callId)), "bridge-" + n, 1, 5_000, CALL_SECONDS))
                .toList();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();

        // Then
        assertThat(answers.stream().map(answer -> answer.join().toLong()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(5_000, 5_020).mapToObj(Long::valueOf).toList());
    }

    @Test
    void nobodyOwnsACallThatIsNotThere() {
        // When
        var answer = redis.run(LiveScript.OWN_CALL, List.of(LiveKeys.call(callId)), "bridge-1", 1, 1, CALL_SECONDS);

        // Then
        assertThat(answer).isNull();
        assertThat(redis.hash(LiveKeys.call(callId))).isEmpty();
    }

    @Test
    void onlyWhoIsNotStaleMayWriteToACall_FP2() {
        // Given
        receive(callId, call("bridge-1", 1));
        own("bridge-2", 1, 0);

        // When
        var stale = update(1, "phase", "talking");
        var current = update(2, "phase", "talking", "streams", "1");

        // Then
        assertThat(stale).isZero();
        assertThat(current).isEqualTo(1);
        assertThat(redis.hash(LiveKeys.call(callId)))
                .containsEntry("phase", "talking")
                .containsEntry("streams", "1");
    }

    @Test
    void anUpdateKeepsACallAlive() {
        // Given
        receive(callId, call("bridge-1", 1));
        redis.send("expire", LiveKeys.call(callId), 60);

        // When
        update(1, "phase", "talking");

        // Then
        assertThat(redis.ttl(LiveKeys.call(callId))).isGreaterThan(Duration.ofHours(5));
    }

    @Test
    void anUpdateMakesNoCall() {
        // When
        var answer = update(1, "phase", "talking");

        // Then
        assertThat(answer).isEqualTo(-1);
        assertThat(redis.hash(LiveKeys.call(callId))).isEmpty();
    }

    @Test
    void theFirstReasonForTheEndStays() {
        // Given
        receive(callId, call("bridge-1", 1));

        // When
        var first = end(EndReason.SILENCE_LIMIT);
        var second = end(EndReason.CALLER_HUNG_UP);

        // Then
        assertThat(List.of(first, second)).isEqualTo(List.of("SILENCE_LIMIT", "SILENCE_LIMIT"));
        var ended = LiveCall.of(callId, redis.hash(LiveKeys.call(callId)));
        assertThat(ended.phase()).isEqualTo("ending");
        assertThat(ended.endReason()).isEqualTo(EndReason.SILENCE_LIMIT);
        assertThat(redis.ttl(LiveKeys.call(callId))).isGreaterThan(Duration.ofHours(5));
    }

    @Test
    void aCallThatIsNotThereDoesNotEnd() {
        // When
        var answer = redis.run(LiveScript.END_CALL, List.of(LiveKeys.call(callId)), "CALLER_HUNG_UP");

        // Then
        assertThat(answer).isNull();
        assertThat(redis.hash(LiveKeys.call(callId))).isEmpty();
    }

    @Test
    void theJournalKeepsTheNewestEntriesInOrder() {
        // Given
        receive(callId, call("bridge-1", 1));

        // When
        var first = journal(1, 3, "{\"n\":1}", "{\"n\":2}");
        var second = journal(1, 3, "{\"n\":3}", "{\"n\":4}");

        // Then
        assertThat(List.of(first, second)).isEqualTo(List.of(2L, 3L));
        assertThat(redis.list(LiveKeys.journal(callId))).isEqualTo(List.of("{\"n\":2}", "{\"n\":3}", "{\"n\":4}"));
        assertThat(redis.ttl(LiveKeys.journal(callId))).isBetween(Duration.ofHours(5), LiveKeys.CALL_TTL);
    }

    @Test
    void whatIsBeingSaidTakesOnePlaceHoweverOftenItIsWritten() {
        // Given
        var caller = "{\"kind\":\"caller\",\"itemId\":\"item_1\",\"text\":\"Hello\"}";
        var begun = "{\"kind\":\"speaking\",\"itemId\":\"item_2\",\"text\":\"It\"}";
        var more = "{\"kind\":\"speaking\",\"itemId\":\"item_2\",\"text\":\"It is\"}";
        var other = "{\"kind\":\"speaking\",\"itemId\":\"item_22\",\"text\":\"And\"}";
        var said = "{\"kind\":\"assistant\",\"itemId\":\"item_22\",\"text\":\"And\"}";
        receive(callId, call("bridge-1", 1));

        // When
        journal(1, 10, caller, begun);
        journal(1, 10, more);
        journal(1, 10, more, more, other);
        var length = journal(1, 10, said, caller);

        // Then
        assertThat(length).isEqualTo(4);
        assertThat(redis.list(LiveKeys.journal(callId))).isEqualTo(List.of(caller, more, said, caller));
    }

    @Test
    void whatACallHasUsedStandsFirstAndOnceAndIsNeverPushedOut_TH11() {
        // Given
        var used = "{\"kind\":\"used\",\"toolCalls\":1,\"tokens\":100}";
        var more = "{\"kind\":\"used\",\"toolCalls\":1,\"tokens\":900}";
        var begun = "{\"kind\":\"speaking\",\"itemId\":\"item_1\",\"text\":\"Once\"}";
        var said = "{\"kind\":\"assistant\",\"itemId\":\"item_1\",\"text\":\"Once upon\"}";

        // When: it comes between two entries of one answer, and the journal becomes too long twice
        journal(1, 3, "{\"n\":1}", used, begun);
        journal(1, 3, more, said);
        journal(1, 3, "{\"n\":2}", "{\"n\":3}");
        var length = journal(1, 3, "{\"n\":4}");

        // Then
        assertThat(length).isEqualTo(4);
        assertThat(redis.list(LiveKeys.journal(callId)))
                .isEqualTo(List.of(more, "{\"n\":2}", "{\"n\":3}", "{\"n\":4}"));
    }

    @Test
    void whoHasLostACallCannotWriteItsJournal_FP2() {
        // Given
        receive(callId, call("bridge-1", 1));
        journal(1, 10, "{\"n\":1}");
        own("bridge-2", 1, 0);

        // When
        var stale = journal(1, 10, "{\"n\":\"zombie\"}");
        var owner = journal(2, 10, "{\"n\":2}");

        // Then
        assertThat(List.of(stale, owner)).isEqualTo(List.of(0L, 2L));
        assertThat(redis.list(LiveKeys.journal(callId))).isEqualTo(List.of("{\"n\":1}", "{\"n\":2}"));
    }

    @Test
    void aJournalGoesOnWhenRedisHasForgottenTheCall_FS1() {
        // When
        var written = journal(7, 10, "{\"n\":1}");

        // Then
        assertThat(written).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aBridgeIsReadBackAsItWas(BridgeEntry.State state) {
        // Given
        var bridge = new BridgeEntry(callId.toString(), "ws://10.0.0.7:8082", 12, 3, 100, state, 1_795_341_782_140L);
        var command = new ArrayList<Object>(List.of(LiveKeys.bridge(bridge.bridgeId())));
        bridge.toFields().forEach((name, value) -> command.addAll(List.of(name, value)));

        // When
        redis.send("hset", command.toArray());

        // Then
        var fields = redis.hash(LiveKeys.bridge(bridge.bridgeId()));
        assertThat(BridgeEntry.of(bridge.bridgeId(), fields)).isEqualTo(bridge);
        assertThat(bridge.load()).isEqualTo(0.15);
    }

    private LiveCall call(String bridgeId, long epoch) {
        return new LiveCall(
                callId,
                callSid,
                "AC00000000000000000000000000000001",
                Direction.INBOUND,
                "customer-service-es",
                3,
                "+34600111267",
                "+15005550006",
                "{}",
                bridgeId,
                epoch,
                "ringing",
                0,
                null,
                1_795_341_782_000L,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    private String receive(UUID id, LiveCall call) {
        return redis.run(
                        LiveScript.RECEIVE_CALL,
                        List.of(LiveKeys.callSid(callSid), LiveKeys.call(id)),
                        receiveArguments(id, call))
                .toString();
    }

    private static Object[] receiveArguments(UUID id, LiveCall call) {
        var arguments = new ArrayList<Object>(List.of(id, CALL_SECONDS, SID_SECONDS));
        for (Map.Entry<String, String> field : call.toFields().entrySet()) {
            arguments.add(field.getKey());
            arguments.add(field.getValue());
        }
        return arguments.toArray();
    }

    private long restore(LiveCall call, int streams) {
        var rest = call.toFields();
        var arguments = new ArrayList<Object>(List.of(callId, CALL_SECONDS, SID_SECONDS, call.epoch(), streams, 8));
        arguments.addAll(List.of("bridgeId", call.bridgeId(), "epoch", call.epoch()));
        arguments.addAll(List.of("streams", streams, "phase", "talking"));
        List.of("bridgeId", "epoch", "streams", "phase").forEach(rest::remove);
        rest.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return redis.run(
                        LiveScript.RESTORE_CALL,
                        List.of(LiveKeys.callSid(callSid), LiveKeys.call(callId)),
                        arguments.toArray())
                .toLong();
    }

    private String own(String bridgeId, long known, long clockMs) {
        return redis.run(LiveScript.OWN_CALL, List.of(LiveKeys.call(callId)), bridgeId, known, clockMs, CALL_SECONDS)
                .toString();
    }

    private long update(long epoch, Object... fields) {
        var arguments = new ArrayList<Object>(List.of(epoch, CALL_SECONDS));
        arguments.addAll(List.of(fields));
        return redis.run(LiveScript.UPDATE_CALL, List.of(LiveKeys.call(callId)), arguments.toArray())
                .toLong();
    }

    @Test
    void aJournalThatWasLostIsInOrderAgainWhateverWasWrittenSince_FS1() {
        // Given: what came after the loss
        journal(3, 400, "c");

        // When
        var entries = journalAgain(3, "a", "b", "c");

        // Then
        assertThat(entries).isEqualTo(3);
        assertThat(redis.list(LiveKeys.journal(callId))).isEqualTo(List.of("a", "b", "c"));
        assertThat(redis.ttl(LiveKeys.journal(callId))).isPositive();
    }

    @Test
    void aJournalThatLostNothingLosesNothingWhenItIsWrittenAgain_FS1() {
        // Given: more than the writer knows
        journal(3, 400, "of the bridge before", "a", "b");

        // When
        journalAgain(3, "a", "b");

        // Then
        assertThat(redis.list(LiveKeys.journal(callId))).isEqualTo(List.of("of the bridge before", "a", "b", "a", "b"));
    }

    @Test
    void theJournalOfAnotherOwnerIsNotWrittenAgain_FS2() {
        // Given
        redis.send("hset", LiveKeys.call(callId), "epoch", 4);

        // When, then
        assertThat(journalAgain(3, "a")).isEqualTo(0);
        assertThat(redis.list(LiveKeys.journal(callId))).isEmpty();
    }

    private String end(EndReason reason) {
        return redis.run(LiveScript.END_CALL, List.of(LiveKeys.call(callId)), reason)
                .toString();
    }

    private long journal(long epoch, int most, Object... entries) {
        var arguments = new ArrayList<Object>(List.of(epoch, CALL_SECONDS, most));
        arguments.addAll(List.of(entries));
        return redis.run(
                        LiveScript.APPEND_JOURNAL,
                        List.of(LiveKeys.journal(callId), LiveKeys.call(callId)),
                        arguments.toArray())
                .toLong();
    }

    private long journalAgain(long epoch, Object... entries) {
        var arguments = new ArrayList<Object>(List.of(epoch, CALL_SECONDS, 400));
        arguments.addAll(List.of(entries));
        return redis.run(
                        LiveScript.RESTORE_JOURNAL,
                        List.of(LiveKeys.journal(callId), LiveKeys.call(callId)),
                        arguments.toArray())
                .toLong();
    }
}
