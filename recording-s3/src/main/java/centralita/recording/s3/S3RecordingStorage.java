package centralita.recording.s3;

import centralita.recording.storage.ObjectName;
import centralita.recording.storage.RecordingStorage;
import centralita.recording.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects of a bucket, under a folder of it. {@link #putIfAbsent} is a conditional write ({@code If-None-Match: *}), which
 * Amazon S3 has since August 2024 and MinIO, too; on a server that ignores it, two gateways may complete one recording
 * twice, to the same end.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">conditional writes</a>
 */
final class S3RecordingStorage implements RecordingStorage {
    private static final int PRECONDITION_FAILED = 412;
    /** Another conditional write of that name is under way. */
    private static final int CONFLICT = 409;

    private final S3Client client;
    private final String bucket;
    private final String root;

    /** @param root empty, or ends in {@code /} */
    S3RecordingStorage(S3Client client, String bucket, String root) {
        this.client = client;
        this.bucket = bucket;
        this.root = root;
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        put(name, RequestBody.fromBytes(content));
    }

    @Override
    public void put(String name, Path file) throws IOException {
        put(name, RequestBody.fromFile(file));
    }

    private void put(String name, RequestBody body) throws IOException {
        var key = key(name);
        asked("put", () -> client.putObject(object -> object.bucket(bucket).key(key), body));
    }

    @Override
    public boolean putIfAbsent(String name, byte[] content) throws IOException {
        var key = key(name);
        try {
            client.putObject(object -> object.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromBytes(content));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                return false;
            }
            throw failed("put if absent", e);
        } catch (SdkException e) {
            throw failed("put if absent", e);
        }
    }

    @Override
    public InputStream read(String name) throws IOException {
        var key = key(name);
        try {
            return client.getObject(object -> object.bucket(bucket).key(key));
        } catch (NoSuchKeyException e) {
            var absent = new NoSuchFileException(name);
            absent.initCause(e);
            throw absent;
        } catch (SdkException e) {
            throw failed("read", e);
        }
    }

    @Override
    public List<StoredObject> list(String folder) throws IOException {
        var request = listing(folder);
        return asked(
                "list",
                () -> client.listObjectsV2Paginator(request).contents().stream()
                        .map(object -> new StoredObject(object.key().substring(root.length()), object.size()))
                        .toList());
    }

    @Override
    public List<String> folders(String folder) throws IOException {
        var request = listing(folder);
        return asked(
                "list",
                () -> client.listObjectsV2Paginator(request).commonPrefixes().stream()
                        .map(CommonPrefix::prefix)
                        .map(prefix -> prefix.substring(root.length()))
                        .toList());
    }

    private ListObjectsV2Request listing(String folder) {
        return ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(root + ObjectName.checkFolder(folder))
                .delimiter("/")
                .build();
    }

    @Override
    public void delete(String name) throws IOException {
        var key = key(name);
        asked(
                "delete",
                () -> client.deleteObject(object -> object.bucket(bucket).key(key)));
    }

    private String key(String name) {
        return root + ObjectName.check(name);
    }

    private static <T> T asked(String what, Supplier<T> question) throws IOException {
        try {
            return question.get();
        } catch (SdkException e) {
            throw failed(what, e);
        }
    }

    private static IOException failed(String what, SdkException cause) {
        return new IOException("the bucket did not " + what, cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
