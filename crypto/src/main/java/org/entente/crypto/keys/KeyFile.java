package org.entente.crypto.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.entente.crypto.DurableFile;
import org.jspecify.annotations.Nullable;

/** PKCS#12 files of named keys, by the JDK's key store (PBES2 with AES-256 and HMAC-SHA-256). One passphrase opens file and keys. */
public final class KeyFile {
    /** Follows the alias of a post-quantum key in that of its certificate. */
    private static final String CERTIFICATE = "-certificate";

    private KeyFile() {}

    /**
     * Every private key in the file, by its alias.
     *
     * @throws IOException if it cannot be read, the passphrase is wrong, or a key in it is of a kind that this program does not use
     */
    public static SortedMap<String, CertifiedKey> read(Path file, char[] passphrase) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), passphrase);
            SortedMap<String, CertifiedKey> keys = new TreeMap<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    switch (store.getKey(alias, passphrase)) {
                        case PrivateKey key -> keys.put(alias, certified(key, store.getCertificateChain(alias)));
                        case SecretKey seed -> keys.put(alias, seeded(seed, store.getCertificate(alias + CERTIFICATE)));
                        case null, default -> throw new IOException("the entry " + alias + " is no key");
                    }
                }
            }
            return keys;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the key file " + file + " cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(
                    "the key file " + file + " cannot be opened; is the passphrase right? (" + e.getMessage() + ")", e);
        }
    }

    private static CertifiedKey seeded(SecretKey seed, @Nullable Certificate certificate) throws IOException {
        if (certificate == null) {
            throw new IOException("a post-quantum key has no certificate");
        }
        // which of the three parameter sets the seed is for, only the certificate tells
        SignatureAlgorithm algorithm = KeyCodec.mlDsa(certificate.getPublicKey());
        return CertifiedKey.of(
                MlDsaKeys.ofSeed(algorithm, seed.getEncoded()).getPrivate(), (X509Certificate) certificate);
    }

    private static CertifiedKey certified(PrivateKey key, Certificate[] chain) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : chain) {
            certificates.add((X509Certificate) certificate);
        }
        return new CertifiedKey(SigningKey.of(key, certificates.getFirst().getPublicKey()), certificates, key);
    }

    /**
     * Writes a new file that only its owner may read.
     *
     * @throws IOException if the file exists or cannot be written
     */
    public static void create(Map<String, CertifiedKey> keys, Path file, char[] passphrase) throws IOException {
        byte[] bytes = encode(keys, passphrase);
        Files.createFile(file, ownerOnly());
        Files.write(file, bytes, StandardOpenOption.WRITE);
    }

    /**
     * Writes the file, in place of one that is there, so that a crash leaves either the old or the new one whole.
     *
     * @throws IOException if it cannot be written
     */
    public static void replace(Map<String, CertifiedKey> keys, Path file, char[] passphrase) throws IOException {
        DurableFile.writeSecret(file, encode(keys, passphrase));
    }

    private static byte[] encode(Map<String, CertifiedKey> keys, char[] passphrase) throws IOException {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("a key file needs a passphrase");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Map.Entry<String, CertifiedKey> key : keys.entrySet()) {
                Certificate[] chain = key.getValue().chain().toArray(new Certificate[0]);
                byte[] seed = MlDsaKeys.seed(key.getValue().privateKey());
                if (seed == null) {
                    store.setKeyEntry(key.getKey(), key.getValue().privateKey(), passphrase, chain);
                } else {
                    // the platform reads back no ML-DSA key in seed form, so the seed is kept as a secret; PKCS#12
                    // wants
                    // an algorithm with an object identifier, and 32 bytes fit this one
                    store.setKeyEntry(key.getKey(), new SecretKeySpec(seed, "AES"), passphrase, null);
                    store.setCertificateEntry(key.getKey() + CERTIFICATE, chain[0]);
                }
            }
            store.store(bytes, passphrase);
            return bytes.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException("the keys cannot be encoded: " + e.getMessage(), e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
