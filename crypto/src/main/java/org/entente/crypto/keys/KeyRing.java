package org.entente.crypto.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node's keys: signing (EC P-256), TLS (EC P-256), journal (Ed25519) and sealing (EC P-256), kept in one PKCS#12 file under a
 * passphrase.
 */
public final class KeyRing {
    private static final Duration BACKDATED = Duration.ofHours(1);

    private final CertifiedKey signing;
    private final CertifiedKey tls;
    private final CertifiedKey journal;
    private final @Nullable CertifiedKey sealing;

    KeyRing(CertifiedKey signing, CertifiedKey tls, CertifiedKey journal, @Nullable CertifiedKey sealing) {
        this.signing = signing;
        this.tls = tls;
        this.journal = journal;
        this.sealing = sealing;
    }

    /**
     * New keys with self-signed certificates.
     *
     * @param party the owner, for instance {@code ITA}
     * @param tlsHosts names under which the node port is reached, for the TLS certificate
     * @param now start of the validity; the certificates begin an hour earlier, since partners' clocks may be behind
     */
    public static KeyRing generate(
            String party, List<String> tlsHosts, Instant now, Duration validity, SecureRandom random) {
        Instant notBefore = now.minus(BACKDATED);
        Duration whole = validity.plus(BACKDATED);
        return new KeyRing(
                certified(
                        KeyCodec.generateEc(random),
                        party + " signing",
                        Certificates.Use.SIGNING,
                        List.of(),
                        notBefore,
                        whole,
                        random),
                certified(
                        KeyCodec.generateEc(random),
                        party + " node",
                        Certificates.Use.TLS,
                        tlsHosts,
                        notBefore,
                        whole,
                        random),
                certified(
                        KeyCodec.generateEd25519(random),
                        party + " journal",
                        Certificates.Use.SIGNING,
                        List.of(),
                        notBefore,
                        whole,
                        random),
                certified(
                        KeyCodec.generateEc(random),
                        party + " sealing",
                        Certificates.Use.SIGNING,
                        List.of(),
                        notBefore,
                        whole,
                        random));
    }

    /** New keys for a node reached as 127.0.0.1 or localhost. */
    public static KeyRing generate(String party, Instant now, Duration validity, SecureRandom random) {
        return generate(party, List.of("localhost", "127.0.0.1"), now, validity, random);
    }

    private static CertifiedKey certified(
            KeyPair keys,
            String name,
            Certificates.Use use,
            List<String> hosts,
            Instant notBefore,
            Duration validity,
            SecureRandom random) {
        X509Certificate certificate =
                Certificates.selfSigned(keys, "CN=" + name, use, hosts, notBefore, validity, random);
        return CertifiedKey.of(keys.getPrivate(), certificate);
    }

    /**
     * Opens a key ring.
     *
     * @throws IOException if the file cannot be read, the passphrase is wrong or a key is missing; the message says which
     */
    public static KeyRing load(Path file, char[] passphrase) throws IOException {
        return KeyRingFile.load(file, passphrase);
    }

    /**
     * Writes the key ring: to a new file beside the target, forced to disk, readable by the owner only, then moved
     * over the target, so that there is never half a key ring.
     *
     * @throws IllegalArgumentException if the passphrase is empty
     */
    public void store(Path file, char[] passphrase) throws IOException {
        KeyRingFile.store(this, file, passphrase);
    }

    /** Signs messages, cards and receipts. */
    public CertifiedKey signing() {
        return signing;
    }

    /** Both ends of TLS connections between nodes. */
    public CertifiedKey tls() {
        return tls;
    }

    /** Signs checkpoints (Ed25519). */
    public SigningKey journal() {
        return journal.key();
    }

    /**
     * Opens files that partners have sealed to this party (EC P-256); its certificate only carries it in the key file. Empty in a key ring
     * that was made before there was one.
     */
    public Optional<CertifiedKey> sealing() {
        return Optional.ofNullable(sealing);
    }

    CertifiedKey journalEntry() {
        return journal;
    }

    /** This ring with another TLS key, for a renewal. */
    public KeyRing withTls(CertifiedKey renewed) {
        return new KeyRing(signing, renewed, journal, sealing);
    }
}
