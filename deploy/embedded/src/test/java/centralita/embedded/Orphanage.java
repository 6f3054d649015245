package centralita.embedded;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A program that starts everything, says the pids on its output, and waits to be killed. */
final class Orphanage {
    private Orphanage() {}

    /** @param arguments a folder to keep data in; none to throw it away */
    public static void main(String[] arguments) throws InterruptedException {
        var storage = Optional.of(arguments)
                .filter(all -> all.length > 0)
                .<Storage>map(all -> new Storage.Kept(Path.of(all[0])))
                .orElseGet(Storage.ThrownAway::new);
        var infrastructure = Infrastructure.start(EnumSet.allOf(Part.class), storage);
        infrastructure.databaseUrl("kept");
        infrastructure.pids().values().forEach(pid -> System.out.println("pid " + pid));
        System.out.println("started");
        new CountDownLatch(1).await();
    }
}
