package centralita.recording.s3;

import centralita.recording.storage.RecordingStorage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Opens {@code s3://bucket/folder}, with {@code ?region=} (else the SDK's) and {@code &endpoint=https://host} for another
 * server than Amazon's, which then is asked by path. Credentials come from where the SDK looks for them: the environment,
 * a web identity, the machine; never from the address.
 */
public final class S3RecordingStorageProvider implements RecordingStorage.Provider {
    /** A segment that takes longer is lost: others wait behind it. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(8);

    @Override
    public Optional<RecordingStorage> open(URI location) throws IOException {
        return "s3".equals(location.getScheme())
                ? Optional.of(open(location, DefaultCredentialsProvider.create()))
                : Optional.empty();
    }

    static RecordingStorage open(URI location, AwsCredentialsProvider credentials) throws IOException {
        var bucket = location.getAuthority();
        if (bucket == null || bucket.contains("@")) {
            throw new IOException("an s3: address names a bucket, as s3://bucket/folder");
        }
        var options = options(location);
        var client = S3Client.builder()
                .credentialsProvider(credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                // Not every server that speaks S3 knows the newer trailing checksums; TLS and signature do without.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .overrideConfiguration(
                        calls -> calls.apiCallTimeout(CALL_TIMEOUT).apiCallAttemptTimeout(ATTEMPT_TIMEOUT));
        Optional.ofNullable(options.get("region")).map(Region::of).ifPresent(client::region);
        Optional.ofNullable(options.get("endpoint"))
                .ifPresent(endpoint ->
                        client.endpointOverride(URI.create(endpoint)).forcePathStyle(true));
        return new S3RecordingStorage(client.build(), bucket, folder(location));
    }

    private static String folder(URI location) {
        var path = location.getPath().replaceAll("^/+|/+$", "");
        return path.isEmpty() ? "" : path + "/";
    }

    private static Map<String, String> options(URI location) throws IOException {
        var options = new HashMap<String, String>();
        var query = location.getQuery();
        for (var option : query == null ? new String[0] : query.split("&")) {
            var parts = option.split("=", 2);
            if (parts.length != 2 || !parts[0].equals("region") && !parts[0].equals("endpoint")) {
                throw new IOException("an s3: address has the options region and endpoint, and no others");
            }
            options.put(parts[0], parts[1]);
        }
        return options;
    }
}
