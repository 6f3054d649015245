package centralita.gateway.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.gateway.call.Standing;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarriedStandingTest {
    @ParameterizedTest
    @CsvSource({"1,bridge-1,1", "4,0a1b.c_d~e,1795341782140", "9999,'',0", "1,b,0"})
    void whatIsGivenAlongComesBackAsItWas(int streams, String bridgeId, long epoch) {
        var standing = new Standing(streams, bridgeId, epoch);

        assertThat(read(CarriedStanding.write(standing))).isEqualTo(standing);
    }

    @Test
    void theNameOfABridgeThatAnAddressCannotHoldIsLeftOut() {
        assertThat(CarriedStanding.write(new Standing(2, "a bridge & more", 7)))
                .isEqualTo(Map.of("number", "2", "epoch", "7"));
    }

    @ParameterizedTest
    @CsvSource({"'','',''", "0,a b,-1", "-1,<b>,1e3", "12345,/x,12345678901234567890"})
    void whatMakesNoSenseCountsAsNotSaid(String number, String bridge, String epoch) {
        assertThat(read(Map.of("number", number, "bridge", bridge, "epoch", epoch)))
                .isEqualTo(new Standing(1, "", 0));
    }

    private static Standing read(Map<String, String> fields) {
        return CarriedStanding.read(name -> fields.getOrDefault(name, ""));
    }
}
