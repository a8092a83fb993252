package org.entente.gateway.partners;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.DocumentSignature;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.Fingerprint;

/**
 * A card as its owner signed it. A card stands on its own signature: by the key it lists as {@code signing}. A later card
 * that lists another key carries in addition the signature of the key before, so that nobody else can continue a chain. Where that key was
 * lost or stolen, the card says so and carries the signature of an officer on the card before instead.
 */
public final class CardDocument {
    private static final int MAX_BYTES = 256 * 1024;
    private static final String CONTENT_TYPE = "json";

    private final SignedDocument document;
    private final Card card;
    private final String digest;

    private CardDocument(SignedDocument document, Card card) {
        this.document = document;
        this.card = card;
        this.digest = Base64Url.encode(document.digest());
    }

    /**
     * Reads and verifies a signed card.
     *
     * @throws VerificationException if it is not in its form or not signed by its own key
     */
    public static CardDocument parse(byte[] json) throws VerificationException {
        if (json.length > MAX_BYTES) {
            throw new VerificationException(Reason.MALFORMED, "a card has at most " + MAX_BYTES + " bytes");
        }
        SignedDocument document = SignedDocument.parse(json);
        Card card = Card.read(CanonicalJson.parseStrict(document.payload()));
        document.verify();
        CardDocument read = new CardDocument(document, card);
        X509Certificate own = card.signing().getFirst().certificate();
        if (!read.isSignedBy(own)) {
            throw new VerificationException(
                    Reason.SIGNATURE_MISSING, "the card is not signed by the key that it lists");
        }
        return read;
    }

    /**
     * Signs a card.
     *
     * @param keys the card's own signing key, and the one before if that was another
     */
    static CardDocument sign(Card card, List<CertifiedKey> keys, Instant now) {
        byte[] payload = card.write();
        SignedDocument document = new SignedDocument(payload, List.of());
        for (CertifiedKey key : keys) {
            // a key that is announced signs for the time when it begins
            Instant begins = key.certificate().getNotBefore().toInstant();
            document =
                    document.with(SignedDocument.sign(payload, CONTENT_TYPE, key, now.isBefore(begins) ? begins : now));
        }
        try {
            return parse(document.toJson());
        } catch (VerificationException e) {
            throw new IllegalArgumentException("the card would not be accepted: " + e.sentence(), e);
        }
    }

    /** The card. */
    public Card card() {
        return card;
    }

    /** The signed form, as it is passed on. */
    public byte[] toJson() {
        return document.toJson();
    }

    /** SHA-256 of the payload, 32 bytes. */
    public byte[] digestBytes() {
        return document.digest();
    }

    /** The same in base64url, as it stands in {@code keyid} and in agreements. */
    public String digest() {
        return digest;
    }

    /** What people compare over another channel. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(document.digest());
    }

    /**
     * Refuses this card as the one after another.
     *
     * @throws VerificationException naming the link that is broken
     */
    public void checkFollows(CardDocument before) throws VerificationException {
        Card earlier = before.card;
        if (!card.party().equals(earlier.party())) {
            throw broken("it is " + card.party() + "'s and not " + earlier.party() + "'s");
        }
        if (card.sequence() != earlier.sequence() + 1 || !before.digest.equals(card.previous())) {
            throw broken("card " + card.sequence() + " does not name card " + earlier.sequence()
                    + ", which is held here, as the one before");
        }
        if (card.issued().isBefore(earlier.issued())) {
            throw broken("it is older than the card that it replaces");
        }
        if (card.journalKey().equals(earlier.journalKey())
                && !Objects.equals(card.journalCompanion(), earlier.journalCompanion())) {
            throw broken("its journal key goes on with another companion; a companion comes and goes with its key");
        }
        if (card.replaces() != null) {
            checkReplaces(earlier);
        } else if (!isSignedBy(earlier.signing().getFirst().certificate())) {
            throw broken("the key of the card before has not signed it");
        }
    }

    /** Whoever has the keys before has no part in what replaces them, and none of them goes on. */
    private void checkReplaces(Card earlier) throws VerificationException {
        if (signatory(earlier).isEmpty()) {
            throw broken("it replaces keys, and no officer on the card before has signed it");
        }
        for (Card.Signing before : earlier.signing()) {
            for (Card.Signing now : card.signing()) {
                if (sameKey(before.certificate(), now.certificate())) {
                    throw broken("it replaces keys, and lists the signing key " + now.name() + " of the card before");
                }
            }
        }
        for (X509Certificate before : earlier.tls()) {
            if (card.tls().stream().anyMatch(now -> sameKey(before, now))) {
                throw broken("it replaces keys, and lists a TLS key of the card before");
            }
        }
    }

    private static boolean sameKey(X509Certificate one, X509Certificate other) {
        return Arrays.equals(
                one.getPublicKey().getEncoded(), other.getPublicKey().getEncoded());
    }

    /** The certificate of an officer on a card, this one or another, who has signed this one. */
    Optional<X509Certificate> signatory(Card of) {
        return document.signatures().stream()
                .map(DocumentSignature::certificate)
                .filter(of::isSignatory)
                .findFirst();
    }

    /**
     * A signatory as the card lists it that was current at a moment; as the last card does, if that one does not list it. What must accompany
     * the person's signature of that moment is what it says there.
     *
     * @param chain a party's cards, root card first
     * @param certificateSha256 base64url SHA-256 of the person's certificate
     */
    public static Optional<Card.Signatory> signatoryAt(List<CardDocument> chain, String certificateSha256, Instant at) {
        Optional<Card.Signatory> found = Optional.empty();
        for (int i = 0; i < chain.size() && found.isEmpty(); i++) {
            boolean last = i == chain.size() - 1;
            if (last || chain.get(i + 1).card().issued().isAfter(at)) {
                found = listed(chain.get(i).card(), certificateSha256)
                        .or(() -> listed(chain.getLast().card(), certificateSha256));
                break;
            }
        }
        return found;
    }

    private static Optional<Card.Signatory> listed(Card card, String certificateSha256) {
        return card.authorities().stream()
                .flatMap(authority -> authority.signatories().stream())
                .filter(signatory -> signatory.certificateSha256().equals(certificateSha256))
                .findFirst();
    }

    /**
     * This card with the signature of an officer beside those that it has.
     *
     * @param jws the same payload with the officer's signature, JWS general JSON
     * @throws VerificationException if it is another payload, or the signature does not hold
     */
    public CardDocument countersigned(byte[] jws) throws VerificationException {
        SignedDocument more = SignedDocument.parse(jws);
        if (!Arrays.equals(more.payload(), document.payload())) {
            throw new VerificationException(Reason.DIGEST_MISMATCH, "the officer has signed something else");
        }
        SignedDocument whole = document;
        for (DocumentSignature signature : more.signatures()) {
            whole = whole.with(signature);
        }
        return parse(whole.toJson());
    }

    /** What is signed. */
    public byte[] payload() {
        return document.payload();
    }

    private static VerificationException broken(String how) {
        return new VerificationException(Reason.PROOF_INVALID, "the card does not follow the one before: " + how);
    }

    /**
     * Whether this card changes nothing that a person must confirm: signing keys, journal key, the key for sealed files, authorities and their
     * signatories, and whom the party acts for. TLS certificates and endpoints may change by themselves.
     */
    boolean isRenewalOf(CardDocument before) {
        Card earlier = before.card;
        return card.signing().equals(earlier.signing())
                && card.journal().equals(earlier.journal())
                && Objects.equals(card.sealing(), earlier.sealing())
                && card.authorities().equals(earlier.authorities())
                && card.onBehalfOf().equals(earlier.onBehalfOf());
    }

    private boolean isSignedBy(X509Certificate certificate) {
        PublicKey wanted = certificate.getPublicKey();
        for (DocumentSignature signature : document.signatures()) {
            PublicKey key = signature.certificate().getPublicKey();
            if (Arrays.equals(key.getEncoded(), wanted.getEncoded())) {
                return true;
            }
        }
        return false;
    }
}
