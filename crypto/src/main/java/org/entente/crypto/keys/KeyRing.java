package org.entente.crypto.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node's keys: signing (EC P-256), TLS (EC P-256), journal (Ed25519) and sealing (EC P-256), kept in one PKCS#12 file under a
 * passphrase; and, where there are some, the keys that will follow signing, TLS and journal key when their certificates begin, and a
 * post-quantum companion (ML-DSA-65) of the signing key. A journal key may have a companion too (ML-DSA-44), which comes and goes with it. Signing and TLS keys may live on PKCS#11 tokens instead ({@link TokenKeys}).
 */
public final class KeyRing {
    /** How long the journal key before goes on signing beside the one that has followed it. */
    public static final Duration OVERLAP = Duration.ofDays(1);

    private static final Duration BACKDATED = Duration.ofHours(1);

    private final CertifiedKey signing;
    private final CertifiedKey tls;
    private final JournalSigning journal;
    private final @Nullable CertifiedKey sealing;
    private final @Nullable CertifiedKey nextSigning;
    private final @Nullable CertifiedKey nextTls;
    private final @Nullable JournalSigning nextJournal;
    private final @Nullable CertifiedKey companion;

    KeyRing(CertifiedKey signing, CertifiedKey tls, JournalSigning journal, @Nullable CertifiedKey sealing) {
        this(signing, tls, journal, sealing, null, null, null, null);
    }

    KeyRing(
            CertifiedKey signing,
            CertifiedKey tls,
            JournalSigning journal,
            @Nullable CertifiedKey sealing,
            @Nullable CertifiedKey nextSigning,
            @Nullable CertifiedKey nextTls,
            @Nullable JournalSigning nextJournal,
            @Nullable CertifiedKey companion) {
        this.signing = signing;
        this.tls = tls;
        this.journal = journal;
        this.sealing = sealing;
        this.nextSigning = nextSigning;
        this.nextTls = nextTls;
        this.nextJournal = nextJournal;
        this.companion = companion;
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
                journal(party, false, notBefore, whole, random),
                certified(
                        KeyCodec.generateEc(random),
                        party + " sealing",
                        Certificates.Use.SIGNING,
                        List.of(),
                        notBefore,
                        whole,
                        random));
    }

    private static JournalSigning journal(
            String party, boolean companion, Instant notBefore, Duration validity, SecureRandom random) {
        return new JournalSigning(
                certified(
                        KeyCodec.generateEd25519(random),
                        party + " journal",
                        Certificates.Use.SIGNING,
                        List.of(),
                        notBefore,
                        validity,
                        random),
                companion
                        ? certified(
                                MlDsaKeys.generate(SignatureAlgorithm.ML_DSA_44, random),
                                party + " journal post-quantum",
                                Certificates.Use.SIGNING,
                                List.of(),
                                notBefore,
                                validity,
                                random)
                        : null);
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
     * Opens a key ring whose keys are all in the file.
     *
     * @throws IOException if the file cannot be read, the passphrase is wrong or a key is missing; the message says which
     */
    public static KeyRing load(Path file, char[] passphrase) throws IOException {
        return load(file, passphrase, TokenKeys.NONE);
    }

    /** Opens a key ring of which some keys are on tokens; those of the same use in the file are passed over. */
    public static KeyRing load(Path file, char[] passphrase, TokenKeys tokens) throws IOException {
        return KeyRingFile.load(file, passphrase, tokens);
    }

    /** This ring with the keys on tokens in place of its own. */
    public KeyRing with(TokenKeys tokens) {
        return new KeyRing(
                or(tokens.signing(), signing),
                or(tokens.tls(), tls),
                journal,
                sealing,
                tokens.nextSigning() == null ? nextSigning : tokens.nextSigning(),
                tokens.nextTls() == null ? nextTls : tokens.nextTls(),
                nextJournal,
                companion);
    }

    private static CertifiedKey or(@Nullable CertifiedKey onToken, CertifiedKey inFile) {
        return onToken == null ? inFile : onToken;
    }

    /**
     * Writes the key ring: to a new file beside the target, forced to disk, readable by the owner only, then moved
     * over the target, so that there is never half a key ring. Keys on tokens stay there.
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
        return journal.key().key();
    }

    /**
     * Opens files that partners have sealed to this party (EC P-256); its certificate only carries it in the key file. Empty in a key ring
     * that was made before there was one.
     */
    public Optional<CertifiedKey> sealing() {
        return Optional.ofNullable(sealing);
    }

    /** Signs checkpoints, with its companion if it has one. */
    public JournalSigning journalSigning() {
        return journal;
    }

    /** The signing key that follows when its certificate begins; null if none is prepared. */
    public @Nullable CertifiedKey nextSigning() {
        return nextSigning;
    }

    /** The TLS key that follows when its certificate begins; null if none is prepared. */
    public @Nullable CertifiedKey nextTls() {
        return nextTls;
    }

    /** The journal key that follows when its certificate begins; until a day later both sign. Null if none is prepared. */
    public @Nullable JournalSigning nextJournal() {
        return nextJournal;
    }

    /** The journal key that a card issued now names: the one that follows, where one is prepared. */
    public JournalSigning journalToCome() {
        return nextJournal == null ? journal : nextJournal;
    }

    /** The keys that sign checkpoints at a moment, first the one that others may rely on for good. */
    public List<JournalSigning> journalsAt(Instant now) {
        if (nextJournal == null) {
            return List.of(journal);
        }
        if (overlapped(nextJournal, now)) {
            return List.of(nextJournal);
        }
        return begun(nextJournal.key(), now) ? List.of(nextJournal, journal) : List.of(journal, nextJournal);
    }

    /** The TLS key of a moment. */
    public CertifiedKey tlsAt(Instant now) {
        return begun(nextTls, now) ? Objects.requireNonNull(nextTls) : tls;
    }

    /** The post-quantum companion of the signing key (ML-DSA-65); null if the node has none. */
    public @Nullable CertifiedKey companion() {
        return companion;
    }

    /** This ring with another TLS key, for a renewal. */
    public KeyRing withTls(CertifiedKey renewed) {
        return new KeyRing(signing, renewed, journal, sealing, nextSigning, null, nextJournal, companion);
    }

    /**
     * This ring at a moment: keys whose certificates have begun have taken the place of those before them, which are
     * gone.
     */
    public KeyRing settled(Instant now) {
        boolean newSigning = begun(nextSigning, now);
        boolean newTls = begun(nextTls, now);
        boolean newJournal = nextJournal != null && overlapped(nextJournal, now);
        return new KeyRing(
                newSigning ? Objects.requireNonNull(nextSigning) : signing,
                newTls ? Objects.requireNonNull(nextTls) : tls,
                newJournal ? Objects.requireNonNull(nextJournal) : journal,
                sealing,
                newSigning ? null : nextSigning,
                newTls ? null : nextTls,
                newJournal ? null : nextJournal,
                companion);
    }

    private static boolean overlapped(JournalSigning next, Instant now) {
        return begun(next.key(), now.minus(OVERLAP));
    }

    private static boolean begun(@Nullable CertifiedKey next, Instant now) {
        return next != null && !now.isBefore(next.certificate().getNotBefore().toInstant());
    }

    /**
     * This ring with a new signing key under a self-signed certificate that begins later.
     *
     * @param begins when the key takes over
     * @param validity from then on
     * @throws IllegalStateException if one is prepared already
     */
    public KeyRing withNextSigning(String party, Instant begins, Duration validity, SecureRandom random) {
        if (nextSigning != null) {
            throw new IllegalStateException("a new signing key is announced and has not begun yet");
        }
        CertifiedKey next = certified(
                KeyCodec.generateEc(random),
                party + " signing",
                Certificates.Use.SIGNING,
                List.of(),
                begins,
                validity,
                random);
        return new KeyRing(signing, tls, journal, sealing, next, nextTls, nextJournal, companion);
    }

    /**
     * A ring for a party whose keys were lost or stolen: new ones for all that this ring has. The journal's key is followed at once by a new
     * one, and still signs beside it for a day.
     *
     * @param fresh a new ring of the same party
     */
    public KeyRing replacedBy(KeyRing fresh, String party, Instant now, Duration validity, SecureRandom random) {
        KeyRing replaced = new KeyRing(fresh.signing, fresh.tls, journal, fresh.sealing)
                .withNextJournal(party, now.truncatedTo(ChronoUnit.SECONDS), validity, false, random);
        return companion == null ? replaced : replaced.withCompanion(party, now, validity, random);
    }

    /** The same for the TLS key. */
    public KeyRing withNextTls(
            String party, List<String> tlsHosts, Instant begins, Duration validity, SecureRandom random) {
        if (nextTls != null) {
            throw new IllegalStateException("a new TLS key is announced and has not begun yet");
        }
        CertifiedKey next = certified(
                KeyCodec.generateEc(random), party + " node", Certificates.Use.TLS, tlsHosts, begins, validity, random);
        return new KeyRing(signing, tls, journal, sealing, nextSigning, next, nextJournal, companion);
    }

    /**
     * This ring with another journal key (Ed25519, with a companion if the one before has one) from now on; the one before, and one that was announced, are gone. For a journal that goes
     * on under another name.
     */
    public KeyRing withJournal(String party, Instant now, Duration validity, SecureRandom random) {
        JournalSigning other =
                journal(party, journal.companion() != null, now.truncatedTo(ChronoUnit.SECONDS), validity, random);
        return new KeyRing(signing, tls, other, sealing, nextSigning, nextTls, null, companion);
    }

    /**
     * This ring with a new journal key (Ed25519) under a certificate that begins later.
     *
     * @param withCompanion whether it has a post-quantum companion (ML-DSA-44) although the one before has none; where that has one,
     *     the new key has one in any case
     * @throws IllegalStateException if one is prepared already
     */
    public KeyRing withNextJournal(
            String party, Instant begins, Duration validity, boolean withCompanion, SecureRandom random) {
        if (nextJournal != null) {
            throw new IllegalStateException("a new journal key is announced and does not sign alone yet");
        }
        JournalSigning next = journal(party, withCompanion || journal.companion() != null, begins, validity, random);
        return new KeyRing(signing, tls, journal, sealing, nextSigning, nextTls, next, companion);
    }

    /**
     * A new ring whose messages and checkpoints carry post-quantum signatures from the first on.
     *
     * @param now start of the companions' validity, like that of the ring
     */
    public KeyRing withCompanions(String party, Instant now, Duration validity, SecureRandom random) {
        JournalSigning both = new JournalSigning(
                journal.key(),
                journal(party, true, now.minus(BACKDATED), validity.plus(BACKDATED), random)
                        .companion());
        return new KeyRing(signing, tls, both, sealing, nextSigning, nextTls, nextJournal, companion)
                .withCompanion(party, now, validity, random);
    }

    /**
     * This ring with a post-quantum companion of the signing key.
     *
     * @throws IllegalStateException if there is one already
     */
    public KeyRing withCompanion(String party, Instant now, Duration validity, SecureRandom random) {
        if (companion != null) {
            throw new IllegalStateException("there is a post-quantum companion already");
        }
        KeyPair keys = MlDsaKeys.generate(SignatureAlgorithm.ML_DSA_65, random);
        X509Certificate certificate = Certificates.selfSigned(
                keys,
                "CN=" + party + " post-quantum",
                Certificates.Use.SIGNING,
                List.of(),
                now.minus(BACKDATED),
                validity.plus(BACKDATED),
                random);
        return new KeyRing(
                signing,
                tls,
                journal,
                sealing,
                nextSigning,
                nextTls,
                nextJournal,
                CertifiedKey.of(keys.getPrivate(), certificate));
    }
}
