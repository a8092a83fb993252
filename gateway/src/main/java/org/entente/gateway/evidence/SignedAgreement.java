package org.entente.gateway.evidence;

import static org.entente.gateway.evidence.VerificationSteps.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Kind;
import org.entente.agreements.Party;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.DocumentSignature;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.exchange.ExchangeRecord.AgreementRef;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardDocument;
import org.jspecify.annotations.Nullable;

/**
 * The agreement in an evidence file, with those who signed it.
 *
 * @param signatories officers with post and party
 * @param companions how many of them have also signed with a post-quantum key
 */
record SignedAgreement(Agreement agreement, AgreementRef reference, List<String> signatories, int companions) {

    String describe() {
        return agreement.id() + " version " + agreement.version() + ", signed by " + String.join(", ", signatories)
                + (companions == 0 ? "" : ", of which with a post-quantum key: " + companions);
    }

    /** The agreement in a file, signed by an officer of each party in it; nothing if the file has none. */
    static Optional<SignedAgreement> of(
            @Nullable JsonNode json, @Nullable JsonNode companionsOfOfficers, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        if (json == null) {
            return Optional.empty();
        }
        SignedDocument document = SignedDocument.parse(CanonicalJson.encode(json));
        document.verify();
        Agreement agreement;
        try {
            agreement = Agreement.parse(document.payload());
        } catch (InvalidAgreementException e) {
            throw new VerificationException(Reason.MALFORMED, "The agreement is not valid: " + e.getMessage(), e);
        }
        Set<String> signed = new TreeSet<>();
        List<String> names = new ArrayList<>();
        for (DocumentSignature signature : document.signatures()) {
            String sha256 = Base64Url.encode(Certificates.sha256(signature.certificate()));
            for (Party party : agreement.parties()) {
                officer(cards.getOrDefault(party.id(), List.of()), sha256).ifPresent(officer -> {
                    signed.add(party.id());
                    names.add(officer.name() + " (" + officer.post() + ", " + party.id() + ")");
                });
            }
        }
        for (Party party : agreement.parties()) {
            List<CardDocument> chain = cards.getOrDefault(party.id(), List.of());
            // Of a framework, the file holds the cards of the two sides of the exchange; that the others have signed is
            // not its matter.
            if (agreement.kind() == Kind.FRAMEWORK && chain.isEmpty()) {
                continue;
            }
            require(
                    !chain.isEmpty() && chain.getFirst().digest().equals(party.rootCard()),
                    "The agreement names another root card of " + party.id() + " than the one in the file.");
            require(
                    signed.contains(party.id()),
                    "No officer on a card of " + party.id() + " has signed the agreement.");
        }
        int companions = OfficersCompanions.of(companionsOfOfficers)
                .check(
                        document,
                        cards,
                        agreement.parties().stream().map(Party::id).toList());
        return Optional.of(new SignedAgreement(
                agreement,
                new AgreementRef(
                        agreement.id(), agreement.version(), Base64Url.encode(Digests.sha256(document.payload()))),
                names,
                companions));
    }

    private static Optional<Card.Signatory> officer(List<CardDocument> chain, String certificateSha256) {
        return chain.stream()
                .flatMap(card -> card.card().authorities().stream())
                .flatMap(authority -> authority.signatories().stream())
                .filter(signatory -> signatory.certificateSha256().equals(certificateSha256))
                .findFirst();
    }
}
