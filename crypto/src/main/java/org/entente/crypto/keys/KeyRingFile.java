package org.entente.crypto.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The PKCS#12 form of a key ring, by the JDK's key store (PBES2 with AES-256 and HMAC-SHA-256). */
final class KeyRingFile {
    private static final String SIGNING = "signing";
    private static final String TLS = "tls";
    private static final String JOURNAL = "journal";

    private KeyRingFile() {}

    static KeyRing load(Path file, char[] passphrase) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), passphrase);
            return new KeyRing(
                    entry(store, SIGNING, passphrase, file),
                    entry(store, TLS, passphrase, file),
                    entry(store, JOURNAL, passphrase, file));
        } catch (GeneralSecurityException e) {
            throw new IOException("the key ring " + file + " cannot be opened: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(
                    "the key ring " + file + " cannot be opened; is the passphrase right? (" + e.getMessage() + ")", e);
        }
    }

    private static CertifiedKey entry(KeyStore store, String alias, char[] passphrase, Path file)
            throws GeneralSecurityException, IOException {
        Key key = store.getKey(alias, passphrase);
        Certificate[] chain = store.getCertificateChain(alias);
        if (!(key instanceof PrivateKey privateKey) || chain == null || chain.length == 0) {
            throw new IOException("no key named " + alias + " in " + file);
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : chain) {
            certificates.add((X509Certificate) certificate);
        }
        return new CertifiedKey(
                SigningKey.of(privateKey, certificates.getFirst().getPublicKey()), certificates, privateKey);
    }

    static void store(KeyRing ring, Path file, char[] passphrase) throws IOException {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("a key ring needs a passphrase");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            put(store, SIGNING, ring.signing(), passphrase);
            put(store, TLS, ring.tls(), passphrase);
            put(store, JOURNAL, ring.journalEntry(), passphrase);
            store.store(bytes, passphrase);
        } catch (GeneralSecurityException e) {
            throw new IOException("the key ring cannot be encoded", e);
        }
        writeAtomically(file.toAbsolutePath(), bytes.toByteArray());
    }

    private static void put(KeyStore store, String alias, CertifiedKey key, char[] passphrase)
            throws GeneralSecurityException {
        store.setKeyEntry(alias, key.privateKey(), passphrase, key.chain().toArray(new Certificate[0]));
    }

    private static void writeAtomically(Path file, byte[] bytes) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent());
        Path fresh = Files.createTempFile(folder, ".keyring", ".new", ownerOnly());
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true); // the rename itself must survive a power cut
        } catch (IOException e) {
            // some file systems cannot force a directory; the file's own bytes are already safe
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
