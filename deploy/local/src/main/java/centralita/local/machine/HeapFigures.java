package centralita.local.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** The heap of other JVMs after a full collection, by the JDK's own {@code jcmd}. */
public final class HeapFigures {
    private static final Logger LOG = Logger.getLogger(HeapFigures.class);
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern USED = Pattern.compile("\\bused (\\d+)K");
    private static final int PATIENCE_SECONDS = 10;

    private HeapFigures() {}

    /** Bytes that are alive, over all these JVMs; empty when one of them cannot be asked. */
    public static OptionalLong live(List<Long> pids) {
        long sum = 0;
        for (long pid : pids) {
            if (ask(pid, "GC.run").isEmpty()) {
                return OptionalLong.empty();
            }
            OptionalLong used = used(ask(pid, "GC.heap_info"));
            if (used.isEmpty()) {
                return used;
            }
            sum += used.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    /** What is used of the heap, whatever the collector calls its parts; class metadata is no heap. */
    static OptionalLong used(String heapInfo) {
        long sum = 0;
        boolean found = false;
        for (String line : heapInfo.lines().toList()) {
            Matcher used = USED.matcher(line);
            if (!line.strip().startsWith("Metaspace") && !line.strip().startsWith("class space") && used.find()) {
                found = true;
                sum += Long.parseLong(used.group(1)) * 1024;
            }
        }
        return found ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    private static String ask(long pid, String question) {
        if (!Files.isExecutable(JCMD)) {
            return "";
        }
        try {
            Process jcmd = new ProcessBuilder(JCMD.toString(), Long.toString(pid), question)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && jcmd.exitValue() == 0 ? answer : "";
        } catch (IOException e) {
            LOG.debugf(e, "jcmd cannot be asked");
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
