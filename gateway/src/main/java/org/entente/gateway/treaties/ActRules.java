package org.entente.gateway.treaties;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.ActRefusedException;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Author;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Life;
import org.entente.agreements.life.Membership;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.document.AkpKey;
import org.entente.crypto.document.CompanionSignature;
import org.entente.crypto.document.DocumentSignature;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What is checked of an act before it is kept: its author, its text, its place in the order of acts. Pure as far as the shelf is: a node and
 * a desk in a folder take the same acts and refuse the same ones.
 */
final class ActRules {
    private final TextShelf tables;
    private final TextRules texts;
    private final Signatories signatories;
    private final CardFetch fetch;

    /** Asks a partner for the card of an act's author; the act is refused meanwhile and will be sent again. */
    @FunctionalInterface
    interface CardFetch {
        void later(String partner, String digest, String author);
    }

    ActRules(TextShelf tables, TextRules texts, Signatories signatories, CardFetch fetch) {
        this.tables = tables;
        this.texts = texts;
        this.signatories = signatories;
        this.fetch = fetch;
    }

    /**
     * Where an act comes from.
     *
     * @param partner the partner whose node sent it; null for this node's own officers
     * @param by staff user, or the partner
     */
    record Source(@Nullable String partner, String by) {
        static Source partner(String party) {
            return new Source(party, party);
        }

        static Source own(String by) {
            return new Source(null, by);
        }
    }

    /** What is about to be kept. */
    record Step(
            Instrument instrument,
            Agreement agreement,
            @Nullable Treaty treaty,
            String certificate) {
        List<Instrument> soFar() {
            return treaty == null ? List.of() : treaty.file().instruments();
        }

        Circle circle() {
            return Circle.of(agreement, soFar());
        }

        /** The circle with this act in it: an acceding state belongs to it. */
        Circle circleAfter() {
            List<Instrument> all = new ArrayList<>(soFar());
            all.add(instrument);
            return Circle.of(agreement, all);
        }

        /** What is said to whoever has sent it. */
        ActReceipt receipt(Instant received) {
            return new ActReceipt(instrument.id(), agreement.id(), agreement.version(), instrument.digest(), received);
        }
    }

    /**
     * What an act does, as far as its author may do it at all.
     *
     * @throws EntenteException with one of the codes of the treaties' section
     */
    Step step(ActMessage message, Source source) {
        Step step = switch (message) {
            case ActMessage.Proposal proposal -> proposal(proposal);
            case ActMessage.Signature signature -> signature(signature, source);
            case ActMessage.Act act -> act(act);
        };
        Circle circle = step.circle();
        requireInvolved(circle, step.agreement(), signatories.own());
        String partner = source.partner();
        if (partner != null) {
            requireInvolved(circle, step.agreement(), partner);
        } else {
            requireOwnAct(step.instrument());
        }
        if (signatories.chain(circle, step.instrument().party()).isEmpty()) {
            throw unconfirmed(circle, step.agreement(), step.instrument().party(), source);
        }
        requireCompanions(circle, step.instrument().party(), message);
        return step;
    }

    /** Whoever lists a post-quantum key on the card signs with it too; whoever lists none signs with none. */
    private void requireCompanions(Circle circle, String party, ActMessage message) {
        for (ActMessage.Part part : message.parts().values()) {
            DocumentSignature signature = part.only();
            String certificate = Base64Url.encode(Certificates.sha256(signature.certificate()));
            AkpKey listed = signatories.companion(circle, party, certificate, signature.issuedAt());
            CompanionSignature companion = part.companion();
            if (listed == null) {
                if (companion == null) {
                    continue;
                }
                throw companionRefused(
                        party,
                        "it is signed with the post-quantum key " + companion.keyId()
                                + ", which no card that is held here lists for that time",
                        null);
            }
            if (companion == null) {
                throw companionRefused(
                        party,
                        "it lacks the signature of the post-quantum key " + listed
                                + ", which the card of that time lists for the signatory",
                        null);
            }
            try {
                companion.verify(part.document().payload(), signature, listed);
            } catch (VerificationException e) {
                throw companionRefused(party, e.sentence(), e);
            }
        }
    }

    private static EntenteException companionRefused(String party, String why, @Nullable Throwable cause) {
        return new EntenteException(
                ErrorCode.ACT_COMPANION_REFUSED, "The act of " + party + " is not taken: " + why + ".", cause);
    }

    private static void requireInvolved(Circle circle, Agreement agreement, String party) {
        if (!circle.includes(party)) {
            throw new EntenteException(
                    ErrorCode.PARTY_NOT_INVOLVED,
                    party + " is no party to agreement " + agreement.id() + " version " + agreement.version() + ".");
        }
    }

    /** Acts of other parties come from their nodes, or are handed in like mail that has arrived; signatures may be collected. */
    private void requireOwnAct(Instrument instrument) {
        boolean collected = instrument instanceof Conclusion.Signed;
        if (!collected && !instrument.party().equals(signatories.own())) {
            throw new EntenteException(
                    ErrorCode.PARTY_NOT_INVOLVED,
                    "The act is one of " + instrument.party() + "; it is handed in at that party's node.");
        }
    }

    /** No card of the author that is trusted for this text: it is fetched, and the act is sent again. */
    private EntenteException unconfirmed(Circle circle, Agreement agreement, String author, Source source) {
        String partner = source.partner();
        if (partner != null && circle.includes(author)) {
            fetch.later(partner, agreement.digest(), author);
        }
        return new EntenteException(
                ErrorCode.CARD_UNCONFIRMED,
                "The act is one of " + author + ", whose card nobody has confirmed at the node of " + signatories.own()
                        + ".",
                Map.of("party", author));
    }

    /**
     * The other parties that may be the author of an act whose certificate stands on no card held here: who it says, and of a bare signature
     * each party of the text.
     */
    Set<String> possibleAuthors(ActMessage message) {
        Set<String> authors = new TreeSet<>(
                switch (message) {
                    case ActMessage.Proposal proposal ->
                        Set.of(proposal.instrument().party());
                    case ActMessage.Act act -> Set.of(act.instrument().party());
                    case ActMessage.Signature signature ->
                        Circle.of(texts.held(signature)).parties();
                });
        authors.remove(signatories.own());
        return authors;
    }

    private Step proposal(ActMessage.Proposal proposal) {
        Treaty treaty = texts.proposed(proposal);
        Step step = new Step(proposal.instrument(), proposal.agreement(), treaty, proposal.certificateSha256());
        String party = proposal.instrument().party();
        Instant at = proposal.instrument().at();
        Circle circle = step.circle();
        boolean sealable = proposal.instrument() instanceof Conclusion.Proposed;
        boolean trusted = signatories.of(circle, party, at).contains(step.certificate())
                || (sealable && signatories.nodes(circle, party, at).contains(step.certificate()));
        if (!trusted && !signatories.chain(circle, party).isEmpty()) {
            throw new EntenteException(
                    ErrorCode.SIGNATORY_UNKNOWN,
                    "The proposal is signed under the certificate " + step.certificate()
                            + ", which is neither that of a" + " signatory nor that of the node of " + party + ".");
        }
        return step;
    }

    private Step signature(ActMessage.Signature signature, Source source) {
        Treaty treaty = texts.held(signature);
        Agreement agreement = treaty.file().agreement();
        Circle circle = Circle.of(treaty);
        String certificate = signature.certificateSha256();
        Instant at = signature.only().issuedAt();
        Optional<String> party = signatories.partyOf(circle, certificate, at);
        if (party.isEmpty()) {
            for (String unknown : circle.parties()) {
                if (signatories.chain(circle, unknown).isEmpty()) {
                    throw unconfirmed(circle, agreement, unknown, source);
                }
            }
            throw new EntenteException(
                    ErrorCode.SIGNATORY_UNKNOWN,
                    "The certificate " + certificate + " is not among the signatories on the cards of "
                            + String.join(", ", circle.parties()) + ".");
        }
        ActMessage.Act act = signature.act();
        Instrument signed = act != null
                ? act.instrument()
                : new Conclusion.Signed(
                        signature.id(), agreement.id(), treaty.file().digest(), party.get(), at, certificate);
        return new Step(signed, agreement, treaty, certificate);
    }

    private Step act(ActMessage.Act act) {
        Treaty treaty = texts.held(act.textDigest());
        return new Step(act.instrument(), treaty.file().agreement(), treaty, act.certificateSha256());
    }

    /** The receipt of an act that is held already. Two sides may propose the same text: that is one proposal. */
    Optional<ActReceipt> known(ActMessage message, byte[] json, Source source) {
        Optional<TextShelf.Kept> kept = message instanceof ActMessage.Proposal
                ? tables.proposal(TextRules.bytes(message.textDigest()))
                : Optional.empty();
        if (kept.isEmpty()) {
            kept = tables.kept(message.id());
            if (kept.isPresent() && !Arrays.equals(kept.get().message(), json)) {
                throw new EntenteException(
                        ErrorCode.ACT_INVALID, "The id " + message.id() + " stands for another act.");
            }
        }
        String partner = source.partner();
        if (kept.isPresent() && partner != null) {
            tables.read(Base64Url.decode(kept.get().receipt().digest()))
                    .ifPresent(treaty ->
                            requireInvolved(Circle.of(treaty), treaty.file().agreement(), partner));
        }
        return kept.map(TextShelf.Kept::receipt);
    }

    /**
     * Refuses an act that is out of order, and a text that describes the parties otherwise than their cards do.
     *
     * @return whether it makes its text the one of its version
     */
    boolean check(Step step, Instant now) {
        requireInOrder(step, now);
        if (step.treaty() == null) {
            step.agreement().parties().forEach(signatories::requireRootCard);
        }
        if (step.instrument() instanceof Membership.Acceded acceded) {
            signatories.requireRootCard(acceded.entry());
        }
        return texts.adopts(step.instrument(), step.agreement());
    }

    private void requireInOrder(Step step, Instant now) {
        Instrument act = step.instrument();
        Treaty treaty = step.treaty();
        AgreementFile file = treaty == null ? AgreementFile.of(step.agreement(), List.of()) : treaty.file();
        List<AgreementFile> others = tables.ofAgreement(step.agreement().id()).stream()
                .map(Treaty::file)
                .filter(other -> !other.digest().equals(file.digest()))
                .toList();
        Set<String> ofParty = signatories.of(step.circleAfter(), act.party(), act.at());
        try {
            Life.check(file, others, act, new Author(step.certificate(), ofParty), now);
        } catch (ActRefusedException e) {
            throw TreatyErrors.of(e);
        }
    }

    /** What the journal says of it. */
    static Map<String, Object> record(Step step, byte[] message, Source source, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", step.instrument().journalKind());
        record.put("time", now.toString());
        record.put("agreement", step.agreement().id());
        record.put("version", step.agreement().version());
        record.put("digest", step.instrument().digest());
        record.put("instrument", step.instrument());
        record.put("message", Base64Url.encode(Digests.sha256(message)));
        record.put("by", source.by());
        return record;
    }
}
