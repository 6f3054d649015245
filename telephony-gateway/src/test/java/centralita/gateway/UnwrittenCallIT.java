package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.contracts.call.EndReason;
import centralita.contracts.id.UuidV7;
import centralita.gateway.testing.ForeignCalls;
import centralita.gateway.testing.Provider;
import centralita.gateway.testing.RunningGateway;
import centralita.gateway.testing.ScriptedBridge;
import centralita.gateway.testing.StoppedRedis;
import centralita.livestate.LiveKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** F-S1, F-S3, TH-11: calls that this gateway holds and Redis does not know get there, or no other gateway could go on with them. */
@QuarkusTest
@TestProfile(UnwrittenCallIT.AsImpatientAsInProduction.class)
class UnwrittenCallIT extends RunningGateway {
    public static class AsImpatientAsInProduction implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gateway.redis.timeout-ms", "80");
        }
    }

    @Test
    void aCallThatCameWhileRedisWasLeftAloneIsWrittenSoon() {
        // Given: a gateway that has answered before
        bridge.await(
                RecordKind.PREPARE,
                provider.post("/webhook/twilio", Provider.fields(newCall())).callId());

        // Given: Redis is slow for a moment, too short for the pool of bridges to be out of sight
        var callSids = IntStream.range(0, 4).mapToObj(_ -> newCall()).toList();
        StoppedRedis.forMs(300);

        // When: after some that were not answered in time nobody asks it at all
        var callIds = callSids.stream()
                .map(callSid -> provider.post("/webhook/twilio", Provider.fields(callSid))
                        .callId())
                .toList();

        // Then
        for (var callId : callIds) {
            Awaitility.await("the call is in Redis")
                    .ignoreExceptions()
                    .until(() -> bridgeId.equals(written(callId).get("bridgeId")));
        }

        // Then: and so is what they have reserved, although nobody was asked for it (TH-11)
        for (var callSid : callSids) {
            Awaitility.await("the reservation")
                    .ignoreExceptions()
                    .until(() -> redis.sortedSet(String.class)
                            .zscore(LiveKeys.ADMITTED_INBOUND, callSid)
                            .isPresent());
        }
    }

    @Test
    void aCallThatRedisHasForgottenIsWrittenAgainWhenItsStreamComes() {
        // Given
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        forget(answer.callId(), callSid);

        // When
        provider.open(answer.streamUrl()).start(callSid);

        // Then
        bridge.await(RecordKind.ATTACH, answer.callId());
        Awaitility.await("the call is in Redis")
                .until(() -> "talking".equals(written(answer.callId()).get("phase")));
        assertThat(written(answer.callId()))
                .containsEntry("streams", "1")
                .containsEntry("bridgeId", bridgeId)
                .containsEntry("epoch", "1")
                .containsKey("gateway");
    }

    @Test
    void aForgottenCallThatIsMeantToEndIsWrittenSoThatNoGatewayTakesItUpAgain() {
        // Given
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        provider.open(answer.streamUrl()).start(callSid);
        var attach = bridge.await(RecordKind.ATTACH, answer.callId());
        Awaitility.await().until(() -> "talking".equals(written(answer.callId()).get("phase")));
        forget(answer.callId(), callSid);

        // When
        bridge.send(
                attach.session(), 0, RecordKind.HANG_UP, new LinkControl.HangUp(EndReason.ASSISTANT_HUNG_UP, false));

        // Then
        Awaitility.await("the reason is in Redis")
                .until(() -> "ASSISTANT_HUNG_UP".equals(written(answer.callId()).get("endReason")));
    }

    @Test
    void theBridgeThatTakesAForgottenCallOverIsWritten() {
        // Given
        var callSid = newCall();
        var answer = provider.post("/webhook/twilio", Provider.fields(callSid));
        provider.open(answer.streamUrl()).start(callSid);
        var attach = bridge.await(RecordKind.ATTACH, answer.callId());
        Awaitility.await().until(() -> "talking".equals(written(answer.callId()).get("phase")));
        forget(answer.callId(), callSid);

        // When
        try (var other = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis)) {
            other.awaitLink();
            bridge.close();

            // Then
            var next = other.await(RecordKind.ATTACH, answer.callId()).as(LinkControl.Attach.class);
            assertThat(next.epoch())
                    .isGreaterThan(attach.as(LinkControl.Attach.class).epoch());
            Awaitility.await("its owner is in Redis")
                    .until(() -> Long.toString(next.epoch())
                            .equals(written(answer.callId()).get("epoch")));
            provider.hangUp(callSid);
        }
    }

    @Test
    void aCallThatWasTakenUpFromTheRequestAloneIsFoundByTheNextGateway() {
        // Given: another gateway had it, and Redis never heard of it
        var callSid = newCall();
        var callId = UuidV7.next();

        // When
        provider.post("/webhook/twilio/after-stream/" + callId, Provider.inProgress(callSid));

        // Then
        var prepared = bridge.await(RecordKind.PREPARE, callId).as(LinkControl.Prepare.class);
        Awaitility.await("the call is in Redis").until(() -> !written(callId).isEmpty());
        assertThat(written(callId))
                .containsEntry("callSid", callSid)
                .containsEntry("bridgeId", bridgeId)
                .containsEntry("epoch", Long.toString(prepared.epoch()))
                .containsEntry("streams", "1");
    }

    @Test
    void whatTheProviderBringsBackIsEnoughToFindTheBridgeOfACallThatRedisDoesNotKnow() {
        // Given: another gateway had it, under an epoch that nobody here knows
        var callSid = newCall();
        var callId = UuidV7.next();
        try (var other = ScriptedBridge.start("bridge-" + UUID.randomUUID(), redis)) {
            other.awaitLink();

            // When
            var answer = provider.post(
                    "/webhook/twilio/after-stream/" + callId + "?bridge=" + bridgeId + "&epoch=77&number=3",
                    Provider.inProgress(callSid));

            // Then: neither the bridge nor the epoch has changed, so that it goes on with the session that it kept
            var prepared = bridge.await(RecordKind.PREPARE, callId).as(LinkControl.Prepare.class);
            assertThat(List.of(prepared.epoch(), prepared.resume())).isEqualTo(List.of(77L, true));
            assertThat(answer.redirect()).endsWith(callId + "?bridge=" + bridgeId + "&epoch=77&number=4");

            // When
            var stream = provider.open(answer.streamUrl()).start(callSid);

            // Then
            assertThat(bridge.await(RecordKind.ATTACH, callId).as(LinkControl.Attach.class))
                    .isEqualTo(new LinkControl.Attach(callId, 77, stream.streamSid, 4));
            assertThat(other.of(RecordKind.PREPARE, callId)).isEmpty();
        }
    }

    @Test
    void aStreamBringsTheBridgeOfACallThatOnlyAnotherGatewayWasAskedFor() {
        // Given
        var callSid = newCall();
        var answered = provider.post("/webhook/twilio", Provider.fields(callSid));
        var parameters = answered.parameters();

        // Then
        assertThat(parameters)
                .containsEntry("number", "1")
                .containsEntry("bridge", bridgeId)
                .containsEntry("epoch", "1");
    }

    @Test
    void aCallOfWhichThisGatewayKnowsAnEarlierOwnerIsTakenUpAsTheProviderBringsItBack() {
        // Given: its webhook came here
        var callSid = newCall();
        var callId = provider.post("/webhook/twilio", Provider.fields(callSid)).callId();
        bridge.await(RecordKind.PREPARE, callId);

        // When: another gateway had its stream and gave it a bridge anew, and Redis was not told
        provider.post(
                "/webhook/twilio/after-stream/" + callId + "?bridge=" + bridgeId + "&epoch=50&number=1",
                Provider.inProgress(callSid));

        // Then
        Awaitility.await("the order under the later epoch")
                .until(() -> bridge.of(RecordKind.PREPARE, callId).stream()
                        .anyMatch(it -> it.as(LinkControl.Prepare.class).epoch() == 50));
    }

    @Test
    void aBridgeThatIsGoneIsNotWaitedForAndItsEpochIsOver() {
        // Given
        var callSid = newCall();
        var callId = UuidV7.next();

        // When
        provider.post(
                "/webhook/twilio/after-stream/" + callId + "?bridge=a-bridge-that-died&epoch=9999999999999&number=1",
                Provider.inProgress(callSid));

        // Then
        assertThat(bridge.await(RecordKind.PREPARE, callId)
                        .as(LinkControl.Prepare.class)
                        .epoch())
                .isEqualTo(10_000_000_000_000L);
    }

    @Test
    void aRedisThatHasLostItsLastSecondDoesNotBringAnOldOwnerBack() {
        // Given: it knows the owner before the last one
        var call = ForeignCalls.write(redis, Provider.CALLER, 1, "a-bridge-of-before", null);

        // When
        provider.post(
                "/webhook/twilio/after-stream/" + call.callId() + "?bridge=" + bridgeId + "&epoch=8&number=1",
                Provider.inProgress(call.callSid()));

        // Then
        assertThat(bridge.await(RecordKind.PREPARE, call.callId())
                        .as(LinkControl.Prepare.class)
                        .epoch())
                .isEqualTo(8);
        Awaitility.await("its owner is in Redis")
                .until(() -> bridgeId.equals(written(call.callId()).get("bridgeId")));
        assertThat(written(call.callId())).containsEntry("epoch", "8").containsEntry("streams", "1");
        provider.hangUp(call.callSid());
    }

    private Map<String, String> written(UUID callId) {
        return redis.hash(String.class).hgetall(LiveKeys.call(callId));
    }

    private void forget(UUID callId, String callSid) {
        redis.key().del(LiveKeys.call(callId), LiveKeys.callSid(callSid));
    }
}
