package centralita.simulators.model;

import static centralita.simulators.model.Wire.event;

import centralita.simulators.model.scenario.Fault;
import java.nio.charset.StandardCharsets;

/** Makes one response go wrong. */
final class ResponseFaults {
    private static final int HUGE_CHARACTERS = 1_048_576;
    private static final int QUOTA_CLOSE_CODE = 1011;

    private final Live live;
    private final ResponseInTheMaking response;

    ResponseFaults(Live live, ResponseInTheMaking response) {
        this.live = live;
        this.response = response;
    }

    /** @return whether the response is no longer to be made in the ordinary way */
    boolean struck(Fault fault) {
        return switch (fault.kind()) {
            case DROP, CLOSE -> {
                if (fault.ms() == 0) {
                    breakSocket(fault);
                }
                yield fault.ms() == 0;
            }
            case FAIL -> {
                response.end(ResponseEnding.failed(
                        "invalid_request_error", fault.code() == null ? "rate_limit_exceeded" : fault.code()));
                yield true;
            }
            case QUOTA -> {
                live.journal.error("insufficient_quota");
                live.wire.sendError(
                        "insufficient_quota",
                        "insufficient_quota",
                        "You exceeded your current quota, please check your plan and billing details.",
                        null,
                        null);
                response.end(ResponseEnding.failed("insufficient_quota", "insufficient_quota"));
                live.wire.close(QUOTA_CLOSE_CODE, "insufficient_quota.insufficient_quota");
                yield true;
            }
            case SLOW -> {
                response.resumeLater(Math.max(1, fault.ms()));
                yield true;
            }
            case SERVER_ERROR -> {
                live.journal.error(null);
                live.wire.sendError(
                        "server_error", null, "The server had an error while processing your request.", null, null);
                response.end(ResponseEnding.failed("server_error", null));
                yield true;
            }
            case STALL -> true;
            case UNKNOWN_EVENTS -> {
                live.wire.send(event("response.thought.delta").put("delta", "hm"));
                live.wire.send(event("vendor.new_thing").put("response_id", response.id()));
                yield false;
            }
            case GARBAGE -> {
                live.wire.sendRaw("this is no JSON");
                live.wire.sendRaw("{\"type\":");
                live.wire.sendRaw("[]");
                live.wire.sendRaw("{\"no\":\"type\"}");
                live.wire.sendRaw("{\"type\":\"response.output_audio.delta\",\"delta\":\"*not base64*\"}");
                live.wire.sendBinary("binary".getBytes(StandardCharsets.US_ASCII));
                yield false;
            }
            case HUGE_FRAME -> {
                live.wire.send(event("vendor.huge_thing").put("padding", "x".repeat(HUGE_CHARACTERS)));
                yield false;
            }
            case NO_USAGE -> false;
        };
    }

    static boolean breaksAt(Fault fault, long sentAudioMs) {
        return (fault.kind() == Fault.Kind.DROP || fault.kind() == Fault.Kind.CLOSE) && sentAudioMs >= fault.ms();
    }

    void breakSocket(Fault fault) {
        response.abandon();
        if (fault.kind() == Fault.Kind.DROP) {
            live.wire.drop();
        } else {
            live.wire.close(fault.code() == null ? 1001 : Integer.parseInt(fault.code()), "going away");
        }
    }
}
