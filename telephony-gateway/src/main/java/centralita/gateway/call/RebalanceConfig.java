package centralita.gateway.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** Calls that leave a bridge which carries much more than another. */
@ConfigMapping(prefix = "gateway.rebalance")
public interface RebalanceConfig {
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
