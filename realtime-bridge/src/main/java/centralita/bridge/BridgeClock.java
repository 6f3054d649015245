package centralita.bridge;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The wall clock of this process. */
@Singleton
class BridgeClock {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
