package centralita.recording.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import centralita.recording.storage.RecordingStorage;
import centralita.recording.storage.RecordingStorageContract;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The vendor's client against a bucket that checks its signatures with the vendor's signer. */
class S3RecordingStorageIT extends RecordingStorageContract {
    private BucketStandIn bucket;
    private RecordingStorage storage;

    @BeforeEach
    void begin() throws IOException {
        bucket = new BucketStandIn();
        storage = open("a-secret-key");
    }

    @AfterEach
    void end() {
        storage.close();
        bucket.close();
    }

    private RecordingStorage open(String secret) throws IOException {
        return S3RecordingStorageProvider.open(
                bucket.location(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("an-access-key", secret)));
    }

    @Override
    protected RecordingStorage storage() {
        return storage;
    }

    @Test
    void objectsLieUnderTheFolderOfTheAddress() throws IOException {
        storage.put("open/call-1/a.mulaw", bytes("x"));

        assertThat(bucket.keys()).containsExactly("of/us/open/call-1/a.mulaw");
        assertThat(bucket.refused()).isZero();
    }

    @Test
    void aWrongKeyIsRefusedAndSaidAsAFailureThatShowsNoSecret() throws IOException {
        try (var stranger = open("another-secret-key")) {
            assertThatThrownBy(() -> stranger.put("open/call-1/a.mulaw", bytes("x")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the bucket did not put");
            assertThatThrownBy(() -> stranger.putIfAbsent("open/call-1/a.mulaw", bytes("x")))
                    .isInstanceOf(IOException.class);
        }
        assertThat(bucket.refused()).isPositive();
        assertThat(bucket.keys()).isEmpty();
    }

    @Test
    void anAddressWithACredentialOrAnUnknownOptionIsRefused() {
        var provider = new S3RecordingStorageProvider();

        assertThatThrownBy(() -> provider.open(URI.create("s3://key:secret@bucket/folder")))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> provider.open(URI.create("s3://bucket/folder?secret=x")))
                .isInstanceOf(IOException.class);
    }
}
