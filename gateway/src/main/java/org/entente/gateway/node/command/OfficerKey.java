package org.entente.gateway.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.naming.ldap.Rdn;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.SigningKey;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * The key with which a person signs agreements: EC P-256 with a self-signed certificate in a PKCS#12 file on that person's
 * machine. No node ever holds it.
 */
final class OfficerKey {

    private static final String ALIAS = "officer";

    private OfficerKey() {}

    /** A new key whose certificate names person, post and state. */
    static CertifiedKey generate(
            String name, String post, String party, Instant from, Duration validity, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            String subject =
                    "CN=" + Rdn.escapeValue(name) + ",T=" + Rdn.escapeValue(post) + ",O=" + Rdn.escapeValue(party);
            X509Certificate certificate =
                    Certificates.selfSigned(pair, subject, Certificates.Use.SIGNING, List.of(), from, validity, random);
            return CertifiedKey.of(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes P-256 keys", e);
        }
    }

    /** Writes a new file for the owner only; an existing file is refused. */
    static void store(CertifiedKey key, Path file, char[] passphrase) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key.privateKey(), passphrase, key.chain().toArray(Certificate[]::new));
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
                store.store(out, passphrase);
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID, "The key file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Opens a file with exactly one private key, of whatever alias. */
    static CertifiedKey load(Path file, char[] passphrase) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, passphrase);
            for (String alias : java.util.Collections.list(store.aliases())) {
                if (store.getKey(alias, passphrase) instanceof PrivateKey key) {
                    List<X509Certificate> chain = java.util.Arrays.stream(store.getCertificateChain(alias))
                            .map(X509Certificate.class::cast)
                            .toList();
                    return new CertifiedKey(SigningKey.of(key, chain.getFirst().getPublicKey()), chain, key);
                }
            }
            throw new EntenteException(ErrorCode.KEY_FILE_INVALID, "The file " + file + " holds no private key.");
        } catch (GeneralSecurityException | IOException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID, "The key file " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }
}
