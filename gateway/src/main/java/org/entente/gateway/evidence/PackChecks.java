package org.entente.gateway.evidence;

import static org.entente.gateway.evidence.VerificationSteps.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Kind;
import org.entente.agreements.Leg;
import org.entente.agreements.Terms;
import org.entente.agreements.life.CrisisAct;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.TlogProof;
import org.entente.gateway.exchange.AnswerProof;
import org.entente.gateway.exchange.ExchangeRecord.PartyCards;
import org.entente.gateway.exchange.PackDocument;
import org.entente.gateway.partners.CardDocument;
import org.jspecify.annotations.Nullable;

/**
 * What both kinds of evidence of a crisis pack are checked for: that of its consumer ({@link PackEvidenceVerifier}) and that of its provider
 * ({@link DeliveredPackVerifier}).
 */
final class PackChecks {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PackChecks() {}

    /** A document that a clause of the agreement orders. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ordered(PackDocument document, byte[] bytes, byte[] figures, Leg leg, boolean framework) {
        /** How records name the document. */
        String digest() {
            return Base64Url.encode(Digests.sha256(bytes));
        }

        /** Whether a party has its side of the leg; in a framework, roles are not followed. */
        boolean isConsumer(String party) {
            return framework || leg.consumer().equals(party);
        }
    }

    /** The document is the one that the file is about, under the agreement in it, which orders such a pack from its provider. */
    static Ordered ordered(byte[] body, String pack, SignedAgreement agreement, String provider)
            throws VerificationException {
        PackDocument document = PackDocument.parse(body);
        require(document.id().equals(pack), "The document is that of the pack " + document.id() + ".");
        require(
                document.agreement().equals(agreement.reference())
                        && document.permit()
                                .digest()
                                .equals(agreement.reference().digest())
                        && document.permit().leg().equals(document.leg()),
                "The document was made under another agreement than the one in the file.");
        CrisisClause crisis = agreement.agreement().crisis();
        require(
                crisis != null
                        && crisis.packs().stream().anyMatch(each -> each.leg().equals(document.leg())),
                "The agreement orders no crisis pack of leg " + document.leg() + ".");
        Leg leg = agreement
                .agreement()
                .leg(document.leg())
                .orElseThrow(() -> new VerificationException(
                        Reason.PROOF_INVALID, "The agreement has no leg " + document.leg() + "."));
        boolean framework = agreement.agreement().kind() == Kind.FRAMEWORK;
        require(
                framework || leg.provider().equals(provider),
                "The pack is not by the provider of leg " + document.leg() + ".");
        return new Ordered(document, body, document.figures(), leg, framework);
    }

    /**
     * A party with the card by which a record names it.
     *
     * @param side the record's member, {@code provider} or {@code consumer}
     */
    static PartyCards side(JsonNode record, String side, String party, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        List<CardDocument> chain = cards.getOrDefault(party, List.of());
        String card = record.path(side).path("card").asText();
        require(
                chain.stream().anyMatch(own -> own.digest().equals(card)),
                "The record '" + record.path("kind").asText() + "' names no card of " + party + " in the file.");
        return new PartyCards(party, chain.getFirst().digest(), card);
    }

    /** A record about a pack, with what each says; its time is taken from the one in the file. */
    static ObjectNode record(String kind, Ordered ordered, EvidenceFile.Entry entry) {
        PackDocument document = ordered.document();
        return MAPPER.createObjectNode()
                .put("kind", kind)
                .put("time", entry.record().path("time").asText())
                .put("pack", document.id())
                .put("leg", document.leg())
                .put("release", document.release().id())
                .set("agreement", MAPPER.valueToTree(document.agreement()));
    }

    /** A member of a record. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** A party's journal holds exactly this record. */
    static String proved(
            EvidenceFile.Entry entry, ObjectNode expected, PartyCards owner, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        String kind = expected.path("kind").asText();
        TlogProof proof = EvidenceVerifier.proof(entry, kind);
        SaltedRecord salted = proof.saltedRecord();
        byte[] record = CanonicalJson.encode(expected);
        require(
                Arrays.equals(record, salted.record()) && Arrays.equals(record, CanonicalJson.encode(entry.record())),
                "The record '" + kind + "' says something else than what it must follow from: "
                        + difference(expected, entry.record()) + ".");
        AnswerProof.JournalKey journal = CardChains.journal(cards, owner);
        try {
            var checkpoint = journal.verify(proof, salted.leaf()).checkpoint();
            return "entry " + proof.index() + " of " + checkpoint.origin() + ", under the checkpoint of size "
                    + checkpoint.size();
        } catch (VerificationException e) {
            throw new VerificationException(
                    Reason.PROOF_INVALID,
                    "The proof from " + journal.origin() + " does not hold: " + e.getMessage(),
                    e);
        }
    }

    private static String difference(ObjectNode expected, JsonNode found) {
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            if (!member.getValue().equals(found.path(member.getKey()))) {
                return member.getKey() + " is " + found.path(member.getKey()) + ", not " + member.getValue();
            }
        }
        return "the proof carries another record, or it has further members";
    }

    /** An officer of the consumer has signed that this pack is opened. */
    static CrisisAct.PackOpened declaration(
            JsonNode declaration,
            SignedAgreement agreement,
            PackDocument document,
            String consumer,
            Map<String, List<CardDocument>> cards)
            throws VerificationException {
        if (SignedAct.read(declaration, agreement.agreement().id(), cards) instanceof CrisisAct.PackOpened act
                && act.party().equals(consumer)
                && act.digest().equals(agreement.reference().digest())
                && act.leg().equals(document.leg())
                && act.release().equals(document.release().id())) {
            return act;
        }
        throw new VerificationException(
                Reason.PROOF_INVALID,
                "The declaration does not open this pack, or is not by an officer of its consumer.");
    }

    /**
     * What timestamp authorities attest of entries.
     *
     * @param attested the earliest time; null if no trusted authority attests one
     */
    record Times(@Nullable Instant attested, String sentence) {}

    /**
     * Checks the timestamps in a file.
     *
     * @param entries those of one journal, by the names that stamps use
     * @param journal of whoever made the file
     * @param authorities fingerprints that the verifier's user trusts
     * @param asserted who says the times where nobody attests them
     */
    static Times time(
            @Nullable List<EvidenceFile.Stamp> stamps,
            Map<String, EvidenceFile.Entry> entries,
            AnswerProof.JournalKey journal,
            SignedAgreement agreement,
            Set<String> authorities,
            String asserted)
            throws VerificationException {
        if (stamps == null) {
            return new Times(null, asserted + "; no timestamp authority has attested it");
        }
        Terms.Audit audit = agreement.agreement().terms().audit();
        StampCheck check = new StampCheck(authorities, audit == null ? List.of() : audit.timestampAuthorities());
        Instant attested = null;
        List<String> sentences = new ArrayList<>();
        for (EvidenceFile.Stamp stamp : stamps) {
            EvidenceFile.Entry entry = entries.get(stamp.entry());
            if (entry == null) {
                throw new VerificationException(
                        Reason.MALFORMED, "A timestamp is about '" + stamp.entry() + "', which is not in the file.");
            }
            StampCheck.Found found = check.check(
                    stamp,
                    EvidenceVerifier.proof(entry, stamp.entry()).saltedRecord().leaf(),
                    journal);
            Instant time = found.time();
            if (time != null && (attested == null || time.isBefore(attested))) {
                attested = time;
            }
            sentences.add(found.sentence());
        }
        return new Times(attested, (attested != null ? "attested: " : asserted + ": ") + String.join("; ", sentences));
    }
}
