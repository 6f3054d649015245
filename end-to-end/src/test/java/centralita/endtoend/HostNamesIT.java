package centralita.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import centralita.local.suite.RunningService;
import centralita.simulators.caller.CallerScript;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** F-R8: the program that runs, and not only its tests, keeps the names that it has looked up. */
@ExtendWith(SuiteExtension.class)
class HostNamesIT {
    @Test
    void aBridgeKeepsTheNameOfItsModel(RunningSuite running) throws Exception {
        // Given
        Callers.phone(running, CallerScript.named("greeting-and-goodbye"));

        // When: whichever bridge had the call
        var kept = 0.0;
        for (var service : running.suite().services()) {
            if (service.name().startsWith("realtime-bridge")) {
                kept += gauge(service, "centralita_names_kept");
                assertThat(gauge(service, "centralita_names_failing")).isZero();
            }
        }

        // Then
        assertThat(kept).isPositive();
    }

    private static double gauge(RunningService service, String name) throws Exception {
        var request = HttpRequest.newBuilder(service.url("/q/metrics")).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
