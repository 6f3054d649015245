package centralita.local.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The heap of other JVMs after a full collection, by the JDK's own {@code jcmd}. The histogram of classes is asked for and
 * not what is used of the heap, because that has grown again by what a busy process made until the answer came.
 */
public final class HeapFigures {
    private static final Logger LOG = Logger.getLogger(HeapFigures.class);
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    /** Objects and bytes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");
    /** Dead space that a full collection leaves where it is, because moving what lies behind it would not pay. */
    private static final Pattern FILLER =
            Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+\\S*jdk\\.internal\\.vm\\.Filler\\S+.*$");

    private static final int PATIENCE_SECONDS = 10;

    private HeapFigures() {}

    /** Bytes that are alive, over all these JVMs; empty when one of them cannot be asked. */
    public static OptionalLong live(List<Long> pids) {
        long sum = 0;
        for (long pid : pids) {
            OptionalLong alive = total(ask(pid, "GC.class_histogram"));
            if (alive.isEmpty()) {
                return alive;
            }
            sum += alive.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    /** The bytes of all objects in a histogram of classes, without what only fills holes between them. */
    static OptionalLong total(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            return OptionalLong.empty();
        }
        long fillers = FILLER.matcher(histogram)
                .results()
                .mapToLong(filler -> Long.parseLong(filler.group(1)))
                .sum();
        return OptionalLong.of(Long.parseLong(total.group(1)) - fillers);
    }

    private static String ask(long pid, String question) {
        if (!Files.isExecutable(JCMD)) {
            return "";
        }
        try {
            // Into a file: a JVM that does not take questions (it ignores SIGQUIT) would leave us reading for ever.
            Path answer = Files.createTempFile("histogram", ".txt");
            try {
                Process jcmd = new ProcessBuilder(JCMD.toString(), Long.toString(pid), question)
                        .redirectErrorStream(true)
                        .redirectOutput(answer.toFile())
                        .start();
                if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    jcmd.destroyForcibly();
                    return "";
                }
                return jcmd.exitValue() == 0 ? Files.readString(answer) : "";
            } finally {
                Files.delete(answer);
            }
        } catch (IOException e) {
            LOG.debugf(e, "jcmd cannot be asked");
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
