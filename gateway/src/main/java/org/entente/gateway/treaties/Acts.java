package org.entente.gateway.treaties;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.ActRefusedException;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Author;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Life;
import org.entente.agreements.life.Membership;
import org.entente.crypto.Digests;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes acts in, from this node's own officers and from partners alike: checks them against the text, the acts before and the
 * signatories, and keeps them in one transaction with their journal entry. Whoever passes an act on, what counts is its author's
 * signature. An act that is held already gets the receipt it got before.
 */
@Singleton
final class Acts {
    private static final Logger LOG = LoggerFactory.getLogger(Acts.class);
    private static final int ATTEMPTS = 10;

    private final TreatyTables tables;
    private final TreatyDirectory directory;
    private final TextRules texts;
    private final Signatories signatories;
    private final MemberCards memberCards;
    private final Outbox outbox;
    private final LifeWatch life;
    private final Journal journal;
    private final Clock clock;

    Acts(
            TreatyTables tables,
            TreatyDirectory directory,
            TextRules texts,
            Signatories signatories,
            MemberCards memberCards,
            Outbox outbox,
            LifeWatch life,
            Journal journal,
            Clock clock) {
        this.tables = tables;
        this.directory = directory;
        this.texts = texts;
        this.signatories = signatories;
        this.memberCards = memberCards;
        this.outbox = outbox;
        this.life = life;
        this.journal = journal;
        this.clock = clock;
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
    private record Step(
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
    }

    /**
     * Takes an act in.
     *
     * @throws EntenteException with one of the codes of the treaties' section; nothing was kept then
     */
    ActReceipt take(ActMessage message, Source source) {
        byte[] json = message.toJson();
        for (int attempt = 1; ; attempt++) {
            Optional<ActReceipt> known = known(message, json, source);
            if (known.isPresent()) {
                return known.get();
            }
            try {
                return keep(step(message, source), json, source);
            } catch (ConflictingWriteException | DuplicateWriteException e) {
                // Another act on the same text came first; this one is judged again on what that left.
                if (attempt == ATTEMPTS) {
                    throw new EntenteException(
                            ErrorCode.UNAVAILABLE, "Too many acts on this agreement at the same moment.", e);
                }
            } catch (EntenteException e) {
                // It may be refused only because the same act was kept a moment ago.
                return known(message, json, source).orElseThrow(() -> e);
            }
        }
    }

    private Step step(ActMessage message, Source source) {
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
        return step;
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
            memberCards.fetchLater(partner, agreement.digest(), author);
        }
        return new EntenteException(
                ErrorCode.CARD_UNCONFIRMED,
                "The act is one of " + author + ", whose card nobody has confirmed at the node of " + signatories.own()
                        + ".",
                Map.of("party", author));
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
    private Optional<ActReceipt> known(ActMessage message, byte[] json, Source source) {
        Optional<TreatyTables.Kept> kept = message instanceof ActMessage.Proposal
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
            tables.read(TreatyTables.bytes(kept.get().receipt().digest()))
                    .ifPresent(treaty ->
                            requireInvolved(Circle.of(treaty), treaty.file().agreement(), partner));
        }
        return kept.map(TreatyTables.Kept::receipt);
    }

    private ActReceipt keep(Step step, byte[] message, Source source) {
        Instrument instrument = step.instrument();
        Agreement agreement = step.agreement();
        Treaty treaty = step.treaty();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        check(step, now);
        List<Write> writes = new ArrayList<>();
        if (treaty == null) {
            agreement.parties().forEach(signatories::requireRootCard);
            writes.add(TreatyTables.insert(agreement, instrument.digest(), now));
        }
        if (instrument instanceof Membership.Acceded acceded) {
            signatories.requireRootCard(acceded.entry());
        }
        writes.addAll(texts.adoption(instrument, agreement));
        if (treaty != null) {
            writes.add(TreatyTables.nextRevision(treaty));
        }
        writes.add(TreatyTables.insert(instrument, message, source.partner(), now));
        writes.addAll(deliveries(step, source, now));
        writes.add(TreatyTables.count());
        journal.append(new Draft(instrument.journalKind(), record(step, message, source, now), agreement.id(), writes));
        afterwards(instrument);
        return new ActReceipt(instrument.id(), agreement.id(), agreement.version(), instrument.digest(), now);
    }

    /** To whom the act goes; at the depositary a state that accedes gets all that was done before, too. */
    private List<Write> deliveries(Step step, Source source, Instant now) {
        Circle circle = step.circleAfter();
        Instrument act = step.instrument();
        List<Write> writes =
                new ArrayList<>(outbox.towards(circle.recipients(signatories.own(), source.partner()), act, now));
        boolean joins = act instanceof Membership.Acceded
                && circle.depositary().filter(signatories.own()::equals).isPresent()
                && !act.party().equals(signatories.own());
        Treaty treaty = step.treaty();
        if (joins && treaty != null) {
            writes.addAll(outbox.before(act.party(), treaty.acts(), now));
        }
        return writes;
    }

    /** The act is durable by now; what follows from it is done again by schedule if it cannot be done at once. */
    private void afterwards(Instrument instrument) {
        try {
            directory.reload();
            life.note(instrument.digest());
        } catch (EntenteException e) {
            LOG.warn("the act {} is kept; what follows from it comes later: {}", instrument.id(), e.getMessage());
        }
    }

    private void check(Step step, Instant now) {
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

    private static Map<String, Object> record(Step step, byte[] message, Source source, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", step.instrument().journalKind());
        record.put("time", now.toString());
        record.put("agreement", step.agreement().id());
        record.put("version", step.agreement().version());
        record.put("digest", step.instrument().digest());
        record.put("instrument", step.instrument());
        record.put("message", TreatyTables.base64(Digests.sha256(message)));
        record.put("by", source.by());
        return record;
    }
}
