package centralita.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What an operator may set. Times are milliseconds where the name says so. */
@ConfigMapping(prefix = "gateway")
public interface GatewayConfig {
    /** Where the provider reaches us ({@code PUBLIC_BASE_URL}). */
    URI publicBaseUrl();

    /**
     * How the provider repeats a request for what comes next in a call, as {@code rc=3&rp=ct,rt,5xx&rt=4000}. Without it
     * an answer of 5xx from a load balancer whose gateway has just gone ends the call.
     */
    Optional<String> connectionOverrides();

    /** The provider's account ({@code TWILIO_ACCOUNT_SID}); when set, streams and webhooks of others are refused. */
    Optional<String> accountSid();

    /** {@code TWILIO_AUTH_TOKEN}: one, or several separated by commas while rotating. */
    String authToken();

    /** {@code CENTRALITA_LINK_SECRET}. */
    String linkSecret();

    /** {@code CENTRALITA_NUMBER_HASH_KEY}. */
    String numberHashKey();

    /**
     * SIP headers ({@code SipHeader_…} of the webhook) that are kept on the call and told to the model. What is not
     * named here never leaves the webhook.
     */
    Optional<List<String>> contextHeaders();

    /**
     * Other fields of the webhook that are kept in the same way: what a client's application or an address of ours adds,
     * as {@code CallerName} or {@code customerTier}.
     */
    Optional<List<String>> contextParameters();

    /** Calls that this gateway holds at most; more are answered with an apology. */
    @WithDefault("2000")
    @Min(1)
    int maxCalls();

    /**
     * While there is much to do, at least this time passes from one look at the sockets to the next, and what came
     * meanwhile is read in one go. More saves system calls, and delays audio by half of it on the average. 0: never.
     */
    @WithDefault("0")
    @Min(0)
    @Max(5000)
    int gatherMicros();

    /** Media streams that one call may have, one after another, before the caller is told that it does not work. */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int maxStreams();

    /** A lost stream may come back for so long; a bridge keeps its model session as long. */
    @WithDefault("30000")
    @Min(100)
    long comeBackMs();

    /** After the answer to the webhook the stream must come within this time; a long disclosure is spoken before it. */
    @WithDefault("90000")
    @Min(100)
    long firstStreamMs();

    /** A stream token is good for so long; the disclosure is spoken before the provider uses it. */
    @WithDefault("60")
    @Min(1)
    @Max(300)
    int streamTokenSeconds();

    /**
     * A gateway that drains or stops waits so long for a quiet moment of each stream, before it closes those that are left;
     * another gateway takes the calls over. Longer than the process is given to stop, and streams break.
     */
    @WithDefault("8000")
    @Min(0)
    @Max(600_000)
    long drainPatienceMs();

    /**
     * A gateway that stops answers at least so long after it has said that it is not ready. Shorter than a load
     * balancer needs to notice, and webhooks meet a closed door, which ends calls.
     */
    @WithDefault("1500")
    @Min(0)
    @Max(60_000)
    long drainNoticeMs();

    /** The body of a webhook must be here within this time. */
    @WithDefault("10000")
    @Min(100)
    long bodyTimeoutMs();

    /** Where events wait for Kafka ({@code CENTRALITA_SPOOL_DIRECTORY}). */
    String spoolDirectory();

    Redis redis();

    Pool pool();

    MediaStream mediaStream();

    Link link();

    HandOver handOver();

    Rebalance rebalance();

    Recording recording();

    /** The questions that a waiting caller depends on. */
    interface Redis {
        /** How long an answer to the provider may wait for Redis before it is made without. */
        @WithDefault("80")
        @Min(1)
        @Max(1000)
        long timeoutMs();

        /** How long a caller who was served already waits for Redis to say by whom. */
        @WithDefault("1500")
        @Min(1)
        @Max(5000)
        long patienceMs();

        /** After failures in a row Redis is left alone for so long. */
        @WithDefault("1000")
        @Min(10)
        long pauseMs();
    }

    /** The pool of bridges. */
    interface Pool {
        /** Between two looks at the pool. */
        @WithDefault("500")
        @Min(50)
        long pollMs();

        /** A bridge whose heartbeat has not moved for so long is not chosen while another is there. */
        @WithDefault("3000")
        @Min(500)
        long staleMs();
    }

    /** One caller's stream. */
    interface MediaStream {
        /** Without {@code start} for so long, a stream is closed. */
        @WithDefault("5000")
        @Min(100)
        long startTimeoutMs();

        /** A longer message closes the stream with 1009. */
        @WithDefault("65536")
        @Min(1024)
        int maxMessageBytes();

        /**
         * What one stream may send on the average, headers of frames included; a caller's audio needs 20,000. Above it
         * and the burst, the stream is closed with 1008: it would take the time of other calls.
         */
        @WithDefault("250000")
        @Min(50000)
        long maxBytesPerSecond();

        /** What a stream may send at once, for audio that the network held back. */
        @WithDefault("2000000")
        @Min(100000)
        long burstBytes();

        /** Without audio for so long we look whether the other end is there. */
        @WithDefault("2000")
        @Min(100)
        long gapWarnMs();

        /** Without audio and without any other sign of life for so long, the stream is taken for dead. */
        @WithDefault("5000")
        @Min(500)
        long gapDeadMs();

        /** A peer that takes nothing for so long loses its stream. */
        @WithDefault("10000")
        @Min(500)
        long writeStallMs();

        /** Assistant's audio that is sent before it is played; what an interruption has to call back. */
        @WithDefault("5000")
        @Min(200)
        @Max(60000)
        int playAheadMs();

        /** Between two marks. */
        @WithDefault("200")
        @Min(20)
        @Max(2000)
        int markEveryMs();

        /** Assistant's audio that may wait here. A model further ahead of the caller is broken: the call ends. */
        @WithDefault("2097152")
        @Min(80000)
        long playQueueBytes();

        /** A caller whose bridge is being replaced and who hears nothing for so long hears the filler. */
        @WithDefault("600")
        @Min(0)
        long fillerAfterMs();

        /** The filler sounds no longer than this; 0 turns it off. */
        @WithDefault("10000")
        @Min(0)
        @Max(60_000)
        long fillerMs();

        /** Caller's audio kept for a bridge that takes over. */
        @WithDefault("5")
        @Min(1)
        @Max(30)
        int ringSeconds();
    }

    /** The audio link. */
    interface Link {
        @WithDefault("500")
        @Min(50)
        long pingMs();

        /** A bridge that is silent for so long is dead. Less, and a busy one is; more, and callers wait. */
        @WithDefault("2000")
        @Min(200)
        long deadMs();

        @WithDefault("2000")
        @Min(100)
        int connectTimeoutMs();

        /** Written and not yet taken by the network; beyond it, callers' audio waits in their own rings. */
        @WithDefault("1048576")
        @Min(65536)
        int writeQueueBytes();

        /**
         * Calls of a lost bridge that are taken over in a second. More, and the bridges that are left open so many model
         * sessions at once; less, and the last callers wait longer (50 calls must be back within 2 s).
         */
        @WithDefault("60")
        @Min(1)
        @Max(10_000)
        int takeoversPerSecond();

        /** For a bridge to take a call over, before the stream is given up. */
        @WithDefault("10000")
        @Min(500)
        long takeoverMs();
    }

    /** A call that changes its bridge in peace. */
    interface HandOver {
        /**
         * A bridge that drains waits so long for a turn boundary; then it lets go in mid-turn. Longer than a usual turn, or
         * callers are interrupted; too long, and a bridge is not empty in time.
         */
        @WithDefault("4000")
        @Min(0)
        long withinMs();

        /** Beyond that, for the other bridge to stand ready and for a tool that runs to end; then the call stays. */
        @WithDefault("15000")
        @Min(500)
        long patienceMs();
    }

    /** Calls that leave a bridge which carries much more than another. */
    interface Rebalance {
        /** Between two looks; 0 turns it off. */
        @WithDefault("5000")
        @Min(0)
        long everyMs();

        /** Share of capacity by which the fullest bridge must be ahead of the emptiest. Low, and calls move for nothing. */
        @WithDefault("0.25")
        double beginShare();

        /** Once begun, it goes on until this. */
        @WithDefault("0.1")
        double endShare();

        /** Calls by which it must be ahead besides. */
        @WithDefault("10")
        @Min(1)
        int leastCalls();

        /** Calls that one gateway moves in one look. */
        @WithDefault("4")
        @Min(1)
        int mostMoves();

        /** A call that was moved stays for so long. */
        @WithDefault("60000")
        @Min(0)
        long restMs();

        /** There is no hurry: a turn boundary is waited for so long, as long as the other bridge stands ready. */
        @WithDefault("45000")
        @Min(0)
        long withinMs();
    }

    /** Recording of calls, for assistants that announce it. */
    interface Recording {
        /**
         * Where recordings are kept ({@code CENTRALITA_RECORDING_LOCATION}): {@code file:///var/lib/recordings} or
         * {@code s3://bucket/folder}, the same in every gateway. Without it nothing is recorded, whatever assistants say.
         */
        Optional<URI> location();

        /**
         * Length of a segment. A crash loses the segment that is being filled and a fifth of a second more; shorter
         * ones are more objects to write, which an object store bills.
         */
        @WithDefault("500")
        @Min(100)
        @Max(10_000)
        int segmentMs();

        /** The caller's audio may be late by so much; later, it is missing. A crash loses as much of a caller who stalls. */
        @WithDefault("1000")
        @Min(0)
        @Max(5_000)
        int patienceMs();

        /** Segments that may wait for the storage, 8 KB each; more are left out, and the call goes on. */
        @WithDefault("2000")
        @Min(10)
        int queueSegments();

        /** Segments that are written at the same time. */
        @WithDefault("4")
        @Min(1)
        @Max(64)
        int writers();

        /** Between two looks for recordings that nobody completed, and for old ones. */
        @WithDefault("60000")
        @Min(100)
        long sweepEveryMs();

        /** A recording that has not grown for so long is nobody's any more. Longer than a lost stream may come back. */
        @WithDefault("180000")
        @Min(500)
        long orphanAfterMs();

        /** Whole days that a recording is kept after the day of its call; 0 for ever. */
        @WithDefault("30")
        @Min(0)
        int retentionDays();
    }
}
