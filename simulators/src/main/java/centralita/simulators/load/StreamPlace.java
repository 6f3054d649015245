package centralita.simulators.load;

import java.net.URI;
import java.util.Map;

/**
 * Where a call's media stream goes.
 *
 * @param url {@code ws} address
 * @param headers of the upgrade request
 * @param customParameters from the TwiML, told in {@code start}
 */
public record StreamPlace(
        URI url,
        Map<String, String> headers,
        String accountSid,
        String callSid,
        Map<String, String> customParameters) {}
