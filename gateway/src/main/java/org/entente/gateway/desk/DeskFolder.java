package org.entente.gateway.desk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.Pkcs11Token;
import org.entente.crypto.keys.Pkcs11Uri;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.FolderJournal;
import org.entente.gateway.partners.CardText;
import org.jspecify.annotations.Nullable;

/** The folder that a desk lies in: made once, opened by each command. */
public final class DeskFolder {
    private static final String KEY_RING = "keyring.p12";
    private static final String JOURNAL = "journal";

    private DeskFolder() {}

    /**
     * What a new desk is made of.
     *
     * @param node base URI that messages to it are signed for
     * @param anchor folder outside the desk that remembers how far its journal has come
     * @param signingKey address of a signing key on a token; null for one in the key ring
     * @param validity of keys and card
     */
    public record Plan(
            String party, URI node, Path anchor, @Nullable String signingKey, CardText text, Duration validity) {}

    /**
     * Makes a desk: keys, journal and first card.
     *
     * @throws EntenteException {@code node-already-initialised} if the folder holds one
     */
    public static Desk init(Path folder, Plan plan, char[] passphrase, Clock clock, SecureRandom random) {
        if (DeskSettings.existIn(folder)) {
            throw new EntenteException(
                    ErrorCode.NODE_ALREADY_INITIALISED, "There is a desk in " + folder + " already.");
        }
        DeskSettings settings = new DeskSettings(
                DeskSettings.FORMAT,
                plan.party(),
                plan.node(),
                plan.anchor().toAbsolutePath(),
                plan.signingKey(),
                DeskSettings.FILE_VALIDITY_DAYS,
                null);
        CertifiedKey onToken = plan.signingKey() == null ? null : token(plan.signingKey());
        KeyRing keys = KeyRing.generate(
                plan.party(), List.of(plan.node().getHost()), clock.instant(), plan.validity(), random);
        settings.write(folder);
        try {
            keys.store(folder.resolve(KEY_RING), passphrase);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID, "The key ring cannot be written: " + e.getMessage() + ".", e);
        }
        Ed25519NoteSigner signer = Ed25519NoteSigner.of(settings.journalOrigin(), keys.journal());
        FolderJournal journal = FolderJournal.create(folder.resolve(JOURNAL), settings.anchor(), signer, clock, random);
        try {
            Desk desk = new Desk(settings, keys, onToken == null ? keys.signing() : onToken, journal, clock, random);
            desk.begin(plan.text(), plan.validity());
            return desk;
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /**
     * Opens a desk.
     *
     * @throws EntenteException {@code settings-invalid}, {@code key-file-invalid}; {@code journal-unavailable} if the journal is damaged,
     *     was set back or is in use
     */
    public static Desk open(Path folder, char[] passphrase, Clock clock, SecureRandom random) {
        return open(folder, passphrase, clock, random, false);
    }

    /** Opens a desk on a new machine, after a person has decided that the folder is its newest state. */
    public static Desk adopt(Path folder, char[] passphrase, Clock clock, SecureRandom random) {
        return open(folder, passphrase, clock, random, true);
    }

    private static Desk open(Path folder, char[] passphrase, Clock clock, SecureRandom random, boolean adopting) {
        DeskSettings settings = DeskSettings.read(folder);
        KeyRing keys;
        try {
            keys = KeyRing.load(folder.resolve(KEY_RING), passphrase);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID, "The desk's key ring cannot be opened: " + e.getMessage() + ".", e);
        }
        CertifiedKey signing = settings.signingKey() == null ? keys.signing() : token(settings.signingKey());
        Ed25519NoteSigner signer = Ed25519NoteSigner.of(settings.journalOrigin(), keys.journal());
        Path place = folder.resolve(JOURNAL);
        FolderJournal journal = adopting
                ? FolderJournal.adopt(place, settings.anchor(), signer, clock, random)
                : FolderJournal.open(place, settings.anchor(), signer, clock, random);
        try {
            return new Desk(settings, keys, signing, journal, clock, random);
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private static CertifiedKey token(String address) {
        try {
            Pkcs11Uri uri = Pkcs11Uri.parse(address);
            return Pkcs11Token.open(uri, Pkcs11Token.pin(uri));
        } catch (IOException | IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID,
                    "The signing key on the token cannot be opened: " + e.getMessage() + ".",
                    e);
        }
    }
}
