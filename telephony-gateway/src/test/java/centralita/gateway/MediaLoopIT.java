package centralita.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@QuarkusTest
class MediaLoopIT {
    @Inject
    MediaLoop loop;

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void onLinuxTheLoopIsTheKernelsOwn() {
        assertThat(loop.vertx().isNativeTransportEnabled()).describedAs("epoll").isTrue();
    }

    @Test
    void everythingRunsOnOneThread() throws Exception {
        var threads = new CompletableFuture<Thread>();
        var timers = new CompletableFuture<Thread>();

        loop.run(() -> {
            threads.complete(Thread.currentThread());
            loop.after(1, () -> timers.complete(Thread.currentThread()));
        });

        assertThat(timers.get(10, TimeUnit.SECONDS)).isSameAs(threads.get(10, TimeUnit.SECONDS));
    }
}
