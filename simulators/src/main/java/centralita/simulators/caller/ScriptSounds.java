package centralita.simulators.caller;

import centralita.simulators.speech.Clips;
import centralita.simulators.twilio.WavAudio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** The sounds of one script, read before the first call so that no file is touched on the event loop. */
final class ScriptSounds {
    private final String language;
    private final Map<Path, byte[]> files = new HashMap<>();

    /** @throws ScriptException when a file is missing, or is no telephone audio */
    ScriptSounds(CallerScript script) {
        this.language = script.language();
        var errors = new ArrayList<String>();
        for (var line : script.lines()) {
            if (line.step() instanceof Step.SayFile(var wav)) {
                try {
                    files.put(
                            wav,
                            WavAudio.read(Files.readAllBytes(script.folder().resolve(wav))));
                } catch (IOException | IllegalArgumentException e) {
                    errors.add(line.number() + ": cannot say '" + wav + "': " + e.getMessage());
                }
            }
        }
        if (!errors.isEmpty()) {
            throw new ScriptException(script.name(), errors);
        }
    }

    byte[] clip(String name) {
        return Clips.recorded().get(language, name).mulaw();
    }

    byte[] file(Path wav) {
        var sound = files.get(wav);
        if (sound == null) {
            throw new IllegalArgumentException("not a file of this script: " + wav);
        }
        return sound;
    }
}
