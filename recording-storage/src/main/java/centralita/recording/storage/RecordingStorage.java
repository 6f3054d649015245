package centralita.recording.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Named objects that several processes share. A name is some words with {@code /} between them, see
 * {@link ObjectName#check}. An object is there whole or not at all, and never changes in parts. All methods block, and
 * any thread may call them.
 */
public interface RecordingStorage extends AutoCloseable {
    /** Keeps an object in place of any of that name. */
    void put(String name, byte[] content) throws IOException;

    /** Keeps a file's content in place of any object of that name. The file stays. */
    void put(String name, Path file) throws IOException;

    /** Keeps an object unless there is one of that name. @return whether it was kept; of several who try, one is told true */
    boolean putIfAbsent(String name, byte[] content) throws IOException;

    /**
     * Opens an object; the caller closes it.
     *
     * @throws java.nio.file.NoSuchFileException when there is none of that name
     */
    InputStream read(String name) throws IOException;

    /** The objects directly in a folder, by name. @param folder ends in {@code /} */
    List<StoredObject> list(String folder) throws IOException;

    /** The folders directly in a folder, by name, each ending in {@code /}. @param folder ends in {@code /} */
    List<String> folders(String folder) throws IOException;

    /** Takes an object away; nothing when there is none. */
    void delete(String name) throws IOException;

    @Override
    void close();

    /** Opens storages of some kind of address; found by {@link ServiceLoader}. */
    interface Provider {
        /** @return empty when the address is of another kind */
        Optional<RecordingStorage> open(URI location) throws IOException;
    }

    /**
     * Opens the storage of an address: {@code file:///var/lib/recordings}, or what a provider on the class path knows.
     *
     * @throws IOException when it cannot be opened, or nobody knows such addresses
     */
    static RecordingStorage open(URI location) throws IOException {
        if ("file".equals(location.getScheme())) {
            return new FileRecordingStorage(Path.of(location));
        }
        for (var provider : ServiceLoader.load(Provider.class, RecordingStorage.class.getClassLoader())) {
            var opened = provider.open(location);
            if (opened.isPresent()) {
                return opened.get();
            }
        }
        throw new IOException("no storage is known for addresses with " + location.getScheme() + ":");
    }
}
