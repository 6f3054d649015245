package centralita.recording.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Objects as files of one folder, which may be a volume that several gateways mount. Only the owner may read folders
 * and files. A written object outlives the process; whether it outlives the machine is the file system's affair, because
 * nothing is forced to the disk.
 */
public final class FileRecordingStorage implements RecordingStorage {
    private static final int ATTEMPTS = 3;

    private final Path root;
    private final FileAttribute<?>[] ownersFolder;
    private final FileAttribute<?>[] ownersFile;

    /** @param root made when it is not there */
    public FileRecordingStorage(Path root) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        var posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.ownersFolder = posix ? only("rwx------") : new FileAttribute<?>[0];
        this.ownersFile = posix ? only("rw-------") : new FileAttribute<?>[0];
        Files.createDirectories(this.root, ownersFolder);
    }

    private static FileAttribute<?>[] only(String permissions) {
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    /** Makes the content of the file that will be the object. */
    @FunctionalInterface
    private interface Content {
        void writeTo(Path fresh) throws IOException;
    }

    /** Gives the file its name. */
    @FunctionalInterface
    private interface Naming {
        void name(Path fresh, Path target) throws IOException;
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        write(name, fresh -> Files.write(fresh, content, StandardOpenOption.WRITE), FileRecordingStorage::replace);
    }

    @Override
    public void put(String name, Path file) throws IOException {
        write(
                name,
                fresh -> {
                    try (var out = Files.newOutputStream(fresh, StandardOpenOption.WRITE)) {
                        Files.copy(file, out);
                    }
                },
                FileRecordingStorage::replace);
    }

    private static void replace(Path fresh, Path target) throws IOException {
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public boolean putIfAbsent(String name, byte[] content) throws IOException {
        try {
            // A link is made or refused at once, and what it names is complete.
            write(
                    name,
                    fresh -> Files.write(fresh, content, StandardOpenOption.WRITE),
                    (fresh, target) -> Files.createLink(target, fresh));
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        }
    }

    private void write(String name, Content content, Naming naming) throws IOException {
        var target = path(name);
        var folder = target.resolveSibling("");
        for (var attempt = 1; ; attempt++) {
            Files.createDirectories(folder, ownersFolder);
            // A dot: no list shows it, also when we die before it has its name.
            var fresh = folder.resolve("." + UUID.randomUUID());
            try {
                Files.createFile(fresh, ownersFile);
                content.writeTo(fresh);
                naming.name(fresh, target);
                return;
            } catch (NoSuchFileException e) {
                // Somebody took the empty folder away in between.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } finally {
                Files.deleteIfExists(fresh);
            }
        }
    }

    @Override
    public InputStream read(String name) throws IOException {
        return Files.newInputStream(path(name));
    }

    @Override
    public List<StoredObject> list(String folder) throws IOException {
        var objects = new ArrayList<StoredObject>();
        for (var path : children(folder)) {
            try {
                if (Files.isRegularFile(path)) {
                    objects.add(new StoredObject(folder + path.getFileName(), Files.size(path)));
                }
            } catch (NoSuchFileException _) {
                continue; // Deleted while we looked.
            }
        }
        objects.sort(Comparator.comparing(StoredObject::name));
        return objects;
    }

    @Override
    public List<String> folders(String folder) throws IOException {
        return children(folder).stream()
                .filter(Files::isDirectory)
                .map(path -> folder + path.getFileName() + "/")
                .sorted()
                .toList();
    }

    private List<Path> children(String folder) throws IOException {
        var path = root.resolve(ObjectName.checkFolder(folder));
        try (var children = Files.newDirectoryStream(path, child -> !name(child).startsWith("."))) {
            var found = new ArrayList<Path>();
            children.forEach(found::add);
            return found;
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Takes folders away, too, that have become empty. */
    @Override
    public void delete(String name) throws IOException {
        var path = path(name);
        Files.deleteIfExists(path);
        for (var folder = path.getParent(); folder != null && !folder.equals(root); folder = folder.getParent()) {
            if (!deleteIfEmpty(folder)) {
                return;
            }
        }
    }

    private static boolean deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (DirectoryNotEmptyException _) {
            return false;
        }
    }

    private Path path(String name) {
        return root.resolve(ObjectName.check(name));
    }

    @Override
    public void close() {
        // Nothing is open between calls.
    }
}
