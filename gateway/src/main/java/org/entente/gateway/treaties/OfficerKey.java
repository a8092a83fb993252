package org.entente.gateway.treaties;

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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Signatory;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyFile;
import org.entente.crypto.keys.Pkcs11Token;
import org.entente.crypto.keys.Pkcs11Uri;

/**
 * An officer's own key, on the officer's own machine: one EC P-256 key with its certificate, in a PKCS#12 file or on a PKCS#11 token. A
 * gateway never holds it; it only gets the signatures.
 */
public final class OfficerKey {
    private static final String ALIAS = "officer";
    private static final String CONTENT_TYPE = "json";

    private final CertifiedKey key;

    private OfficerKey(CertifiedKey key) {
        this.key = key;
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
            return new OfficerKey(CertifiedKey.of(keys.getPrivate(), certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes P-256 keys", e);
        }
    }

    /** A value of a distinguished name (RFC 4514 section 2.4). */
    private static String escaped(String name) {
        return name.replaceAll("([,+\"\\\\<>;=#])", "\\\\$1").strip();
    }

    /**
     * Opens a PKCS#12 file with exactly one private key.
     *
     * @throws IOException if it cannot be read, the passphrase is wrong or there is not exactly one key
     */
    public static OfficerKey load(Path file, char[] passphrase) throws IOException {
        Map<String, CertifiedKey> keys = KeyFile.read(file, passphrase);
        if (keys.size() != 1) {
            throw new IOException(file + " holds " + keys.size() + " private keys; exactly one is wanted");
        }
        return new OfficerKey(keys.values().iterator().next());
    }

    /**
     * The key on a smart card or another PKCS#11 token; it stays there.
     *
     * @param pin of the token's user
     * @throws IOException if token, PIN or key are not there or not fit
     */
    public static OfficerKey onToken(Pkcs11Uri uri, char[] pin) throws IOException {
        return new OfficerKey(Pkcs11Token.open(uri, pin));
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
        KeyFile.create(Map.of(ALIAS, key), file, passphrase);
    }

    /** The officer's certificate. */
    public X509Certificate certificate() {
        return key.certificate();
    }

    /** Its digest as cards list signatories: base64url SHA-256. */
    public String certificateSha256() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Certificates.sha256(key.certificate()));
    }

    /**
     * Signs the text of an agreement.
     *
     * @param canonical the document's canonical bytes
     * @return JWS general JSON with this one signature, for {@link Treaties#sign}
     */
    public byte[] sign(byte[] canonical, Instant now) {
        return new SignedDocument(canonical, List.of(SignedDocument.sign(canonical, CONTENT_TYPE, key, now))).toJson();
    }

    /** Signs another act; the result is for {@link Treaties#submit}. */
    public byte[] sign(Instrument instrument, Instant now) {
        return sign(CanonicalJson.encode(instrument), now);
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
        return pair(act, sign(text.canonical(), now), now);
    }

    /**
     * Signs a proposal, so that a person and not only a node answers for it, or the correction of a concluded text.
     *
     * @param act about this text: {@code proposed} or {@code text-correction-proposed}
     * @return for {@link Treaties#submit}
     */
    public byte[] propose(Agreement text, Instrument act, Instant now) {
        return pair(act, text.canonical(), now);
    }

    private byte[] pair(Instrument act, byte[] text, Instant now) {
        ObjectNode pair = JsonNodeFactory.instance.objectNode();
        pair.set("act", CanonicalJson.parseStrict(sign(act, now)));
        pair.set("text", CanonicalJson.parseStrict(text));
        return CanonicalJson.encode(pair);
    }
}
