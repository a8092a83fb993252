package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Signatory;
import org.entente.crypto.Base64Url;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.AkpKey;
import org.entente.crypto.document.CompanionSignature;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyFile;
import org.entente.crypto.keys.Pkcs11Token;
import org.entente.crypto.keys.Pkcs11Uri;
import org.jspecify.annotations.Nullable;

/**
 * An officer's own key, on the officer's own machine: one EC P-256 key with its certificate, in a PKCS#12 file or on a PKCS#11 token, and
 * perhaps a post-quantum companion of it in a file. A gateway never holds it; it only gets the signatures.
 */
public final class OfficerKey {
    private static final String ALIAS = "officer";
    private static final String COMPANION = "officer-post-quantum";
    private static final String CONTENT_TYPE = "json";

    private final CertifiedKey key;
    private final @Nullable CertifiedKey companion;

    private OfficerKey(CertifiedKey key, @Nullable CertifiedKey companion) {
        this.key = key;
        this.companion = companion;
    }

    /**
     * A new key with a self-signed certificate.
     *
     * @param name who signs, for the certificate's subject
     */
    public static OfficerKey generate(String name, Instant notBefore, Duration validity, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            X509Certificate certificate = Certificates.selfSigned(
                    keys, "CN=" + escaped(name), Certificates.Use.SIGNING, List.of(), notBefore, validity, random);
            return new OfficerKey(CertifiedKey.of(keys.getPrivate(), certificate), null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes P-256 keys", e);
        }
    }

    /**
     * The same officer with a new post-quantum key (ML-DSA-65), which signs every act beside the certificate's once the party's card lists
     * it.
     */
    public OfficerKey withCompanion(SecureRandom random) {
        X509Certificate own = key.certificate();
        Instant from = own.getNotBefore().toInstant();
        Duration validity = Duration.between(from, own.getNotAfter().toInstant());
        return new OfficerKey(
                key, CertifiedKey.mlDsa65(own.getSubjectX500Principal().getName(), from, validity, random));
    }

    /**
     * The same officer with the post-quantum key of another file, for one whose key is on a token: tokens hold no such keys.
     *
     * @throws IOException if the file cannot be read, the passphrase is wrong or it holds no such key
     */
    public OfficerKey withCompanion(Path file, char[] passphrase) throws IOException {
        CertifiedKey found = KeyFile.read(file, passphrase).get(COMPANION);
        if (found == null) {
            throw new IOException(file + " holds no key named " + COMPANION);
        }
        return new OfficerKey(key, found);
    }

    /** A value of a distinguished name (RFC 4514 section 2.4). */
    private static String escaped(String name) {
        return name.replaceAll("([,+\"\\\\<>;=#])", "\\\\$1").strip();
    }

    /**
     * Opens a PKCS#12 file with exactly one private key, and perhaps a post-quantum companion of it.
     *
     * @throws IOException if it cannot be read, the passphrase is wrong or there is not exactly one key
     */
    public static OfficerKey load(Path file, char[] passphrase) throws IOException {
        Map<String, CertifiedKey> keys = KeyFile.read(file, passphrase);
        CertifiedKey companion = keys.remove(COMPANION);
        if (keys.size() != 1) {
            throw new IOException(file + " holds " + keys.size() + " private keys; exactly one is wanted");
        }
        return new OfficerKey(keys.values().iterator().next(), companion);
    }

    /**
     * The key on a smart card or another PKCS#11 token; it stays there.
     *
     * @param pin of the token's user
     * @throws IOException if token, PIN or key are not there or not fit
     */
    public static OfficerKey onToken(Pkcs11Uri uri, char[] pin) throws IOException {
        return new OfficerKey(Pkcs11Token.open(uri, pin), null);
    }

    /**
     * Writes the key to a new file that only its owner may read.
     *
     * @throws IOException if the file exists or cannot be written
     * @throws UnsupportedOperationException for a key on a token
     */
    public void store(Path file, char[] passphrase) throws IOException {
        if (key.privateKey().getEncoded() == null) {
            throw new UnsupportedOperationException("a key on a token is not written into a file");
        }
        KeyFile.create(
                companion == null ? Map.of(ALIAS, key) : Map.of(ALIAS, key, COMPANION, companion), file, passphrase);
    }

    /** The officer's certificate. */
    public X509Certificate certificate() {
        return key.certificate();
    }

    /** The post-quantum key as cards list it beside the certificate; null if there is none. */
    public @Nullable AkpKey companion() {
        return companion == null ? null : AkpKey.of(companion.key());
    }

    /** Its digest as cards list signatories: base64url SHA-256. */
    public String certificateSha256() {
        return Base64Url.encode(Certificates.sha256(key.certificate()));
    }

    /**
     * Signs a document that is no act, such as a card or the manifest of a package: with the certificate's key alone.
     *
     * @param canonical the document's canonical bytes
     * @return JWS general JSON with this one signature
     */
    public byte[] sign(byte[] canonical, Instant now) {
        return document(canonical, now).toJson();
    }

    private SignedDocument document(byte[] canonical, Instant now) {
        return new SignedDocument(canonical, List.of(SignedDocument.sign(canonical, CONTENT_TYPE, key, now)));
    }

    /**
     * Signs the text of an agreement without an act that says who signs.
     *
     * @param canonical the document's canonical bytes
     * @return for {@link Treaties#sign}
     */
    public byte[] signText(byte[] canonical, Instant now) {
        SignedDocument document = document(canonical, now);
        return accompanied(CanonicalJson.parseStrict(document.toJson()), Map.of(ActMessage.DOCUMENT, document));
    }

    /** Signs another act; the result is for {@link Treaties#submit}. */
    public byte[] sign(Instrument instrument, Instant now) {
        return signText(CanonicalJson.encode(instrument), now);
    }

    /**
     * Signs the text of an agreement and says who signs: two signatures with the same key, over the text and over the act.
     *
     * @param id {@code urn:uuid:...} of the act
     * @return for {@link Treaties#submit}
     */
    public byte[] sign(Agreement text, String id, String party, Signatory signatory, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        Conclusion.Signed act =
                new Conclusion.Signed(id, text.id(), text.digest(), party, at, certificateSha256(), signatory);
        SignedDocument signedText = document(text.canonical(), now);
        SignedDocument signedAct = document(CanonicalJson.encode(act), now);
        return accompanied(pair(signedAct, signedText.toJson()), Map.of("act", signedAct, "text", signedText));
    }

    /**
     * Signs a proposal, so that a person and not only a node answers for it, or the correction of a concluded text.
     *
     * @param act about this text: {@code proposed} or {@code text-correction-proposed}
     * @return for {@link Treaties#submit}
     */
    public byte[] propose(Agreement text, Instrument act, Instant now) {
        SignedDocument signedAct = document(CanonicalJson.encode(act), now);
        return accompanied(pair(signedAct, text.canonical()), Map.of("act", signedAct));
    }

    private static ObjectNode pair(SignedDocument act, byte[] text) {
        ObjectNode pair = JsonNodeFactory.instance.objectNode();
        pair.set("act", CanonicalJson.parseStrict(act.toJson()));
        pair.set("text", CanonicalJson.parseStrict(text));
        return pair;
    }

    /** What is handed in, with a post-quantum signature beside each document where the officer has the key for it. */
    private byte[] accompanied(JsonNode signed, Map<String, SignedDocument> documents) {
        if (companion == null) {
            return CanonicalJson.encode(signed);
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ObjectNode beside = whole.putObject(ActMessage.COMPANION);
        documents.forEach((name, document) -> beside.set(
                name,
                CompanionSignature.sign(
                                document.payload(), document.signatures().getFirst(), companion.key())
                        .toJson()));
        whole.set(ActMessage.SIGNED, signed);
        return CanonicalJson.encode(whole);
    }
}
