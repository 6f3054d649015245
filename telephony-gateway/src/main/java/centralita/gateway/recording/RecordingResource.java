package centralita.gateway.recording;

import centralita.contracts.call.CallEvent;
import centralita.contracts.call.CallFact;
import centralita.contracts.id.UuidV7;
import centralita.contracts.phone.NumberMask;
import centralita.edge.problem.ProblemException;
import centralita.edge.security.Roles;
import centralita.gateway.MediaLoop;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Promise;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;

/** Recordings, for those who may know what was said; each listening is told of (TH-27). */
@Path("/recordings/{callId}")
public class RecordingResource {
    private static final Logger LOG = Logger.getLogger(RecordingResource.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final RecordingVault vault;
    private final PauseBoard pauses;
    private final RecordingEvents events;
    private final RecordingMetrics metrics;
    private final NumberMask mask;
    private final MediaLoop loop;
    private final SecurityIdentity asker;
    private final Clock clock = Clock.systemUTC();

    RecordingResource(
            RecordingVault vault,
            PauseBoard pauses,
            RecordingEvents events,
            RecordingMetrics metrics,
            NumberMask mask,
            MediaLoop loop,
            SecurityIdentity asker) {
        this.vault = vault;
        this.pauses = pauses;
        this.events = events;
        this.metrics = metrics;
        this.mask = mask;
        this.loop = loop;
        this.asker = asker;
    }

    @GET
    @Blocking
    @RolesAllowed({Roles.ADMIN, Roles.AGENT})
    @Operation(summary = "What is known of the complete recording of a call")
    public CompletedRecording about(@PathParam("callId") String callId) {
        return find(id(callId));
    }

    @GET
    @Path("/audio")
    @Blocking
    @Produces("audio/wav")
    @RolesAllowed({Roles.ADMIN, Roles.AGENT})
    @Operation(summary = "The recording of a call: WAV, mu-law, 8 kHz; left the caller, right what he heard")
    public RestResponse<InputStream> audio(@PathParam("callId") String callId) {
        var recording = find(id(callId));
        try {
            var audio = vault.storage().orElseThrow().read(RecordingNames.wav(recording.callId()));
            told(recording);
            return RestResponse.ResponseBuilder.ok(audio)
                    .header("Content-Length", recording.bytes())
                    .header("Content-Disposition", "attachment; filename=\"" + recording.callId() + ".wav\"")
                    .build();
        } catch (IOException e) {
            throw unavailable(recording.callId(), e);
        }
    }

    private void told(CompletedRecording recording) {
        metrics.read();
        var reader = String.valueOf(asker.getPrincipal().getName());
        LOG.infof(
                "A recording is read. callId=%s recordingId=%s reader=\"%s\"",
                recording.callId(), recording.recordingId(), printable(reader));
        var hash = Objects.requireNonNull(mask.mask("reader:" + reader).hash());
        events.publish(CallEvent.of(
                "telephony-gateway",
                recording.callId(),
                clock.instant(),
                recording.traceparent(),
                new CallFact.RecordingRead(recording.recordingId().toString(), hash)));
    }

    /** A name from a token must not make lines of its own. */
    private static String printable(String name) {
        return name.replaceAll("[^\\p{Graph} ]|\"", "?");
    }

    @POST
    @Path("/pause")
    @RolesAllowed({Roles.ADMIN, Roles.AGENT, Roles.SERVICE})
    @Operation(summary = "Records silence from now on, for as long as a card number is told, say")
    public Uni<RestResponse<Void>> pause(@PathParam("callId") String callId) {
        return say(callId, true);
    }

    @POST
    @Path("/resume")
    @RolesAllowed({Roles.ADMIN, Roles.AGENT, Roles.SERVICE})
    @Operation(summary = "Records again")
    public Uni<RestResponse<Void>> resume(@PathParam("callId") String callId) {
        return say(callId, false);
    }

    private Uni<RestResponse<Void>> say(String callId, boolean paused) {
        var id = id(callId);
        if (vault.storage().isEmpty()) {
            throw ProblemException.notFound("recording");
        }
        var said = Promise.<Boolean>promise();
        loop.run(() -> pauses.say(id, paused).onComplete(said));
        return Uni.createFrom()
                .completionStage(() -> said.future().toCompletionStage())
                .onFailure()
                .transform(_ -> ProblemException.unavailable(SOON))
                .map(known -> {
                    if (!known) {
                        throw ProblemException.notFound("recording");
                    }
                    LOG.infof("A recording was told to pause or go on. callId=%s paused=%s", id, paused);
                    return RestResponse.noContent();
                });
    }

    private CompletedRecording find(UUID callId) {
        try {
            var assembly = vault.assembly();
            var found =
                    assembly.isEmpty() ? null : assembly.get().completed(callId).orElse(null);
            if (found == null) {
                throw ProblemException.notFound("recording");
            }
            return found;
        } catch (IOException e) {
            throw unavailable(callId, e);
        }
    }

    private static ProblemException unavailable(UUID callId, IOException e) {
        LOG.warnf(
                "A recording cannot be read. callId=%s reason=%s",
                callId, e.getClass().getSimpleName());
        return ProblemException.unavailable(SOON);
    }

    /** An id that is no id and an id of no call get the same answer (TH-32). */
    private static UUID id(String callId) {
        try {
            return UuidV7.parse(callId);
        } catch (IllegalArgumentException _) {
            throw ProblemException.notFound("recording");
        }
    }
}
