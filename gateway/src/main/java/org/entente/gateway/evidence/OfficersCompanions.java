package org.entente.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.document.AkpKey;
import org.entente.crypto.document.CompanionSignature;
import org.entente.crypto.document.DocumentSignature;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardDocument;
import org.jspecify.annotations.Nullable;

/**
 * The post-quantum signatures beside those of officers: required of each officer for whom the card lists a key that was current at the time
 * of the officer's signature, and none may be there that nobody vouches for.
 */
final class OfficersCompanions {
    private final List<CompanionSignature> companions;

    private OfficersCompanions(List<CompanionSignature> companions) {
        this.companions = companions;
    }

    /** Those of {@code {"signatures": [...]}}. */
    static OfficersCompanions of(@Nullable JsonNode file) throws VerificationException {
        List<CompanionSignature> read = new ArrayList<>();
        if (file != null) {
            for (JsonNode signature : file.path("signatures")) {
                read.add(CompanionSignature.read(signature));
            }
            if (read.isEmpty() || file.size() != 1) {
                throw new VerificationException(
                        Reason.MALFORMED, "The post-quantum signatures are a list under 'signatures'.");
            }
        }
        return new OfficersCompanions(read);
    }

    /** The one in an act as nodes exchange it. */
    static OfficersCompanions ofAct(JsonNode message) throws VerificationException {
        JsonNode companion = message.path("companion");
        return new OfficersCompanions(
                companion.isMissingNode() ? List.of() : List.of(CompanionSignature.read(companion.path("document"))));
    }

    /**
     * Checks them against a document whose own signatures hold.
     *
     * @param cards by party, root card first; signatures of parties that are not there are not judged
     * @param parties whose officers may have signed
     * @return how many there are
     * @throws VerificationException with SIGNATURE_MISSING, KEY_UNKNOWN or what {@link CompanionSignature#verify} says
     */
    int check(SignedDocument document, Map<String, List<CardDocument>> cards, Iterable<String> parties)
            throws VerificationException {
        List<CompanionSignature> left = new ArrayList<>(companions);
        boolean strangers = false;
        for (DocumentSignature signature : document.signatures()) {
            String certificate = Base64Url.encode(Certificates.sha256(signature.certificate()));
            boolean listed = false;
            for (String party : parties) {
                Card.Signatory officer = CardDocument.signatoryAt(
                                cards.getOrDefault(party, List.of()), certificate, signature.issuedAt())
                        .orElse(null);
                if (officer != null) {
                    listed = true;
                    AkpKey key = officer.companion();
                    if (key != null) {
                        take(left, key, party, officer.name()).verify(document.payload(), signature, key);
                    }
                }
            }
            strangers |= !listed;
        }
        if (!left.isEmpty() && !strangers) {
            throw new VerificationException(
                    Reason.KEY_UNKNOWN,
                    "A post-quantum signature is by " + left.getFirst().keyId() + ", which no card lists.");
        }
        return companions.size() - left.size();
    }

    private static CompanionSignature take(List<CompanionSignature> left, AkpKey key, String party, String name)
            throws VerificationException {
        for (Iterator<CompanionSignature> all = left.iterator(); all.hasNext(); ) {
            CompanionSignature next = all.next();
            if (next.keyId().equals(key.thumbprint())) {
                all.remove();
                return next;
            }
        }
        throw new VerificationException(
                Reason.SIGNATURE_MISSING,
                "The signature of " + name + " (" + party
                        + ") lacks that of the post-quantum key which the card of that time lists.");
    }
}
