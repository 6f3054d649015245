package centralita.local.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * The secrets of a local suite: made at its first start, kept in files that only their owner can read, and the same at
 * every later start, because a number's hash must not change and tokens and calls may outlive a restart.
 *
 * @param publicKeyFile PEM, for the services
 * @param linkSecret between gateway and bridge
 * @param twilioAuthToken of the Twilio stand-in
 * @param twilioAccountSid of the Twilio stand-in
 */
record Secrets(
        PrivateKey privateKey,
        Path publicKeyFile,
        String linkSecret,
        String numberHashKey,
        String twilioAuthToken,
        String twilioAccountSid) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PRIVATE_KEY = "jwt-private-key.pem";
    private static final String PUBLIC_KEY = "jwt-public-key.pem";

    /** @throws LaunchException when the folder cannot be used */
    static Secrets in(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (!Files.exists(folder.resolve(PRIVATE_KEY)) || !Files.exists(folder.resolve(PUBLIC_KEY))) {
                makeKeys(folder);
            }
            return new Secrets(
                    privateKey(folder),
                    folder.resolve(PUBLIC_KEY),
                    keep(folder.resolve("link-secret"), () -> randomHex(32)),
                    keep(folder.resolve("number-hash-key"), () -> randomHex(32)),
                    keep(folder.resolve("twilio-auth-token"), () -> randomHex(16)),
                    keep(folder.resolve("twilio-account-sid"), () -> "AC" + randomHex(16)));
        } catch (IOException | GeneralSecurityException e) {
            throw new LaunchException(
                    "The secrets in " + folder + " cannot be read or written: " + e.getMessage() + ".", e);
        }
    }

    /** @return whether a suite was ever started with this folder */
    static boolean existIn(Path folder) {
        return Files.isReadable(folder.resolve(PRIVATE_KEY));
    }

    private static void makeKeys(Path folder) throws GeneralSecurityException, IOException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        PrivateFile.write(
                folder.resolve(PRIVATE_KEY),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        PrivateFile.write(
                folder.resolve(PUBLIC_KEY), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private static PrivateKey privateKey(Path folder) throws GeneralSecurityException, IOException {
        var text = Files.readString(folder.resolve(PRIVATE_KEY));
        var bytes = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    private static String keep(Path file, Supplier<String> first) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(file, first.get());
        }
        return Files.readString(file).strip();
    }

    private static String randomHex(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static String pem(String kind, byte[] content) {
        var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + kind + "-----\n" + base64.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }

    /** Never a secret. */
    @Override
    public String toString() {
        return "Secrets[" + publicKeyFile + "]";
    }

    /** Files that only their owner can read, from their first byte on. */
    static final class PrivateFile {
        private PrivateFile() {}

        static void write(Path file, String content) throws IOException {
            var temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, content, StandardOpenOption.WRITE);
            Files.move(
                    temporary,
                    file,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
