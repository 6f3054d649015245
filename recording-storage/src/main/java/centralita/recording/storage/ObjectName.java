package centralita.recording.storage;

import java.util.regex.Pattern;

/** What an object may be called. So narrow that no name can leave its folder, on any storage. */
public final class ObjectName {
    private static final String WORD = "[a-z0-9][a-z0-9-]*(\\.[a-z0-9-]+)*";
    private static final Pattern NAME = Pattern.compile(WORD + "(/" + WORD + ")*");

    private ObjectName() {}

    /**
     * @return the name
     * @throws IllegalArgumentException when it is not lower-case words with {@code -}, {@code .} and {@code /} in them
     */
    public static String check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of an object");
        }
        return name;
    }

    /** The same for a folder, which ends in {@code /}. */
    public static String checkFolder(String folder) {
        if (!folder.endsWith("/")) {
            throw new IllegalArgumentException("not the name of a folder");
        }
        check(folder.substring(0, folder.length() - 1));
        return folder;
    }
}
