package centralita.local;

import centralita.local.suite.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what libraries say to a file, so that the screen belongs to the command. */
final class LauncherLog {
    /** Held, because a log manager may forget a logger that nobody holds. */
    private static final Logger ROOT = Logger.getLogger("");

    private LauncherLog() {}

    static void writeTo(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var handler = new FileHandler(file.toString(), false);
            handler.setFormatter(new SimpleFormatter());
            handler.setLevel(Level.INFO);
            for (Handler other : ROOT.getHandlers()) {
                ROOT.removeHandler(other);
            }
            ROOT.addHandler(handler);
        } catch (IOException e) {
            throw new LaunchException("The log " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
