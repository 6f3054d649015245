package centralita.audiolink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.audiolink.LinkGate.Entry;
import centralita.audiolink.LinkGate.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** TH-6: who may open a link, and with whom. */
class LinkGateTest {
    private static final String SECRET = "a-secret-of-the-deployment";
    private static final String NEXT_SECRET = "the-secret-that-comes-after";
    private static final String BRIDGE = "ws://10.0.0.7:8082";
    private static final String OTHER_BRIDGE = "ws://10.0.0.8:8082";
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private final LinkGate gate = new LinkGate(SECRET, at(NOW));

    @Test
    void aGatewayAndItsBridgeKnowOneAnother() {
        // Given
        var visit = visit(SECRET, BRIDGE);

        // When
        var entry = gate.admit(visit.authorization(), BRIDGE);

        // Then
        assertThat(entry)
                .isInstanceOfSatisfying(
                        Entry.Admitted.class,
                        admitted ->
                                assertThat(visit.isAnsweredBy(admitted.proof())).isTrue());
    }

    @Test
    void aPassForAnotherBridgeIsRefused() {
        // Given: also what differs in the port only
        var elsewhere = visit(SECRET, OTHER_BRIDGE).authorization();
        var nextDoor = visit(SECRET, "ws://10.0.0.7:8083").authorization();

        // When, then
        assertThat(gate.admit(elsewhere, BRIDGE)).isEqualTo(new Entry.Refused(Refusal.WRONG_AUDIENCE));
        assertThat(gate.admit(nextDoor, BRIDGE)).isEqualTo(new Entry.Refused(Refusal.WRONG_AUDIENCE));
    }

    @Test
    void aPassThatABridgeWasShownOpensNoOtherBridge() {
        // Given: the bridge itself, or who listens to it, passes on what it got
        var shown = visit(SECRET, BRIDGE).authorization();
        gate.admit(shown, BRIDGE);
        var gateOfOther = new LinkGate(SECRET, at(NOW));

        // When
        var entry = gateOfOther.admit(shown, OTHER_BRIDGE);

        // Then
        assertThat(entry).isEqualTo(new Entry.Refused(Refusal.WRONG_AUDIENCE));
    }

    @Test
    void aPassIsTakenOnce() {
        // Given
        var shown = visit(SECRET, BRIDGE).authorization();
        gate.admit(shown, BRIDGE);

        // When
        var again = gate.admit(shown, BRIDGE);

        // Then
        assertThat(again).isEqualTo(new Entry.Refused(Refusal.REPLAYED));
    }

    @ParameterizedTest
    @CsvSource({"0,true", "60,true", "90,true", "91,false", "3600,false", "-30,true", "-31,false", "-3600,false"})
    void aPassIsGoodForAMinuteAndHalfAMinuteOfClocksThatDisagree(long secondsLater, boolean admitted) {
        // Given
        var shown = visit(SECRET, BRIDGE).authorization();
        var later = new LinkGate(SECRET, at(NOW.plusSeconds(secondsLater)));

        // When
        var entry = later.admit(shown, BRIDGE);

        // Then
        if (admitted) {
            assertThat(entry).isInstanceOf(Entry.Admitted.class);
        } else {
            assertThat(entry).isEqualTo(new Entry.Refused(Refusal.EXPIRED));
        }
    }

    @Test
    void aPassMadeWithAnotherSecretIsForged() {
        // When, then
        assertThat(gate.admit(visit("another-secret-than-ours", BRIDGE).authorization(), BRIDGE))
                .isEqualTo(new Entry.Refused(Refusal.FORGED));
    }

    @Test
    void aPassThatWasChangedAnywhereIsForged() {
        // Given
        var shown = visit(SECRET, BRIDGE).authorization();
        var bytes = Base64.getUrlDecoder().decode(shown.substring("Bearer ".length()));

        // When, then: expiry, nonce, audience and MAC alike
        for (var at = 0; at < bytes.length; at++) {
            var changed = bytes.clone();
            changed[at] ^= 1;
            assertThat(gate.admit("Bearer " + Base64.getUrlEncoder().encodeToString(changed), BRIDGE))
                    .as("byte %d", at)
                    .isEqualTo(new Entry.Refused(Refusal.FORGED));
        }
        assertThat(gate.admit(shown, BRIDGE)).isInstanceOf(Entry.Admitted.class);
    }

    /** The secret itself opened every bridge once. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", SECRET, "not*base64", "AAAA", "eyJhbGciOiJub25lIn0.e30."})
    void whatIsNoPassIsForged(String token) {
        // When, then
        assertThat(gate.admit("Bearer " + token, BRIDGE)).isEqualTo(new Entry.Refused(Refusal.FORGED));
        assertThat(gate.admit("Bearer " + token + "A".repeat(100_000), BRIDGE))
                .isEqualTo(new Entry.Refused(Refusal.FORGED));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"Basic dTpw", "bearer", "Bearer"})
    void withoutAPassThereIsNoWayIn(@Nullable String authorization) {
        // When, then
        assertThat(gate.admit(authorization, BRIDGE)).isEqualTo(new Entry.Refused(Refusal.MISSING));
    }

    @Test
    void whileTheSecretIsRotatedBridgesTakePassesOfBoth() {
        // Given: bridges first, then gateways, then bridges again
        var rotating = new LinkGate(SECRET + " , " + NEXT_SECRET, at(NOW));
        var before = visit(SECRET, BRIDGE);
        var after = visit(NEXT_SECRET + "," + SECRET, BRIDGE);

        // When
        var entries = new Entry[] {
            rotating.admit(before.authorization(), BRIDGE), rotating.admit(after.authorization(), BRIDGE)
        };

        // Then: the answer is under the secret of who asked
        assertThat(entries[0])
                .isInstanceOfSatisfying(
                        Entry.Admitted.class,
                        one -> assertThat(before.isAnsweredBy(one.proof())).isTrue());
        assertThat(entries[1])
                .isInstanceOfSatisfying(
                        Entry.Admitted.class,
                        one -> assertThat(after.isAnsweredBy(one.proof())).isTrue());
        assertThat(new LinkGate(NEXT_SECRET, at(NOW))
                        .admit(visit(SECRET, BRIDGE).authorization(), BRIDGE))
                .isEqualTo(new Entry.Refused(Refusal.FORGED));
    }

    @Test
    void aBridgeThatCannotAnswerIsFound() {
        // Given: one without the secret, one that was asked by another, one that gives back what it got, one from
        // before
        var visit = visit(SECRET, BRIDGE);
        var ofAnother = proof(visit(SECRET, BRIDGE));
        var withoutSecret = ((Entry.Admitted) new LinkGate("another-secret-than-ours", at(NOW))
                        .admit(visit("another-secret-than-ours", BRIDGE).authorization(), BRIDGE))
                .proof();

        // When, then
        assertThat(visit.isAnsweredBy(null)).isFalse();
        assertThat(visit.isAnsweredBy("")).isFalse();
        assertThat(visit.isAnsweredBy(ofAnother)).isFalse();
        assertThat(visit.isAnsweredBy(withoutSecret)).isFalse();
        assertThat(visit.isAnsweredBy(visit.authorization().substring("Bearer ".length())))
                .isFalse();
        assertThat(visit.isAnsweredBy(proof(visit))).isTrue();
    }

    @Test
    void passesAreForgottenWhenTheyAreOutOfDateAndNotBefore() {
        // Given: more than any gateways need
        var now = new AtomicReference<>(NOW);
        InstantSource source = now::get;
        var clock = source.withZone(ZoneOffset.UTC);
        var busy = new LinkGate(SECRET, clock);
        var visits = new LinkVisit.Visits(SECRET, clock);
        for (var n = 0; n < LinkGate.MAX_REMEMBERED; n++) {
            assertThat(busy.admit(visits.to(BRIDGE).authorization(), BRIDGE)).isInstanceOf(Entry.Admitted.class);
        }

        // When
        var atOnce = busy.admit(visits.to(BRIDGE).authorization(), BRIDGE);
        now.set(NOW.plusSeconds(91));
        var later = busy.admit(visits.to(BRIDGE).authorization(), BRIDGE);

        // Then
        assertThat(atOnce).isEqualTo(new Entry.Refused(Refusal.CROWDED));
        assertThat(later).isInstanceOf(Entry.Admitted.class);
    }

    @Test
    void aDeploymentWithoutSecretDoesNotStart() {
        // When, then
        assertThatThrownBy(() -> new LinkGate(" , ", at(NOW))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePassDoesNotContainTheSecret() {
        // When
        var shown = visit(SECRET, BRIDGE).authorization();

        // Then
        assertThat(shown).hasSize("Bearer ".length() + 91).doesNotContain(SECRET);
        assertThat(new String(Base64.getUrlDecoder().decode(shown.substring(7)), StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET);
    }

    private String proof(LinkVisit visit) {
        return ((Entry.Admitted) gate.admit(visit.authorization(), BRIDGE)).proof();
    }

    private static LinkVisit visit(String secrets, String address) {
        return new LinkVisit.Visits(secrets, at(NOW)).to(address);
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
