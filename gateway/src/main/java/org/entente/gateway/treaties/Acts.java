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
import org.entente.agreements.Party;
import org.entente.agreements.life.ActRefusedException;
import org.entente.agreements.life.Author;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Life;
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
 * signatories, and keeps them in one transaction with their journal entry. An act that is held already gets the receipt it got
 * before.
 */
@Singleton
final class Acts {
    private static final Logger LOG = LoggerFactory.getLogger(Acts.class);
    private static final int ATTEMPTS = 10;

    private final TreatyTables tables;
    private final TreatyDirectory directory;
    private final Signatories signatories;
    private final Outbox outbox;
    private final EffectWatch effects;
    private final Journal journal;
    private final Clock clock;

    Acts(
            TreatyTables tables,
            TreatyDirectory directory,
            Signatories signatories,
            Outbox outbox,
            EffectWatch effects,
            Journal journal,
            Clock clock) {
        this.tables = tables;
        this.directory = directory;
        this.signatories = signatories;
        this.outbox = outbox;
        this.effects = effects;
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
            String certificate) {}

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
            case ActMessage.Signature signature -> signature(signature);
            case ActMessage.Act act -> act(act);
        };
        requireInvolved(step.agreement(), signatories.own());
        String partner = source.partner();
        if (partner != null) {
            requireInvolved(step.agreement(), partner);
            boolean sealedByAnother = step.instrument() instanceof Conclusion.Proposed
                    && !step.instrument().party().equals(partner);
            if (sealedByAnother) {
                throw new EntenteException(
                        ErrorCode.PARTY_NOT_INVOLVED,
                        "A proposal of " + step.instrument().party() + " cannot come from " + partner + ".");
            }
        }
        return step;
    }

    private static void requireInvolved(Agreement agreement, String party) {
        if (agreement.party(party).isEmpty()) {
            throw new EntenteException(
                    ErrorCode.PARTY_NOT_INVOLVED,
                    party + " is no party to agreement " + agreement.id() + " version " + agreement.version() + ".");
        }
    }

    private Step proposal(ActMessage.Proposal proposal) {
        Agreement agreement = proposal.agreement();
        String digest = proposal.textDigest();
        Optional<byte[]> sameVersion = tables.digestOf(agreement.id(), agreement.version());
        if (sameVersion.isPresent() && !TreatyTables.base64(sameVersion.get()).equals(digest)) {
            throw textDiffers(agreement, digest, TreatyTables.base64(sameVersion.get()));
        }
        Treaty treaty = sameVersion.flatMap(tables::read).orElse(null);
        String before = agreement.supersedes();
        if (treaty == null
                && before != null
                && tables.read(TreatyTables.bytes(before)).isEmpty()) {
            throw new EntenteException(
                    ErrorCode.AGREEMENT_UNKNOWN,
                    "The version that this text supersedes, with digest " + before + ", is not held here.");
        }
        return new Step(proposal.instrument(), agreement, treaty, "");
    }

    private Step signature(ActMessage.Signature signature) {
        Treaty treaty = treaty(signature.textDigest(), signature.document().payload());
        Agreement agreement = treaty.file().agreement();
        String certificate = signature.certificateSha256();
        String party = signatories
                .partyOf(agreement, certificate)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.SIGNATORY_UNKNOWN,
                        "The certificate " + certificate + " is not among the signatories on the cards of "
                                + String.join(
                                        ", ",
                                        agreement.parties().stream()
                                                .map(Party::id)
                                                .toList())
                                + "."));
        Conclusion.Signed signed = new Conclusion.Signed(
                signature.id(),
                agreement.id(),
                treaty.file().digest(),
                party,
                signature.only().issuedAt(),
                certificate);
        return new Step(signed, agreement, treaty, certificate);
    }

    private Step act(ActMessage.Act act) {
        Treaty treaty = treaty(act.textDigest(), null);
        return new Step(act.instrument(), treaty.file().agreement(), treaty, act.certificateSha256());
    }

    private Treaty treaty(String digest, byte @Nullable [] text) {
        byte[] bytes = digestBytes(digest);
        Optional<Treaty> held = tables.read(bytes);
        if (held.isEmpty() && text != null) {
            refuseOtherText(text, digest);
        }
        return held.orElseThrow(() -> TreatyErrors.unknown("with digest " + digest));
    }

    private static byte[] digestBytes(String digest) {
        try {
            return TreatyTables.bytes(digest);
        } catch (IllegalArgumentException e) {
            throw new EntenteException(ErrorCode.ACT_INVALID, "The digest " + digest + " is not base64url.", e);
        }
    }

    private void refuseOtherText(byte[] text, String digest) {
        try {
            Agreement signed = Agreement.parse(text);
            tables.digestOf(signed.id(), signed.version()).ifPresent(held -> {
                throw textDiffers(signed, digest, TreatyTables.base64(held));
            });
        } catch (org.entente.agreements.InvalidAgreementException e) {
            throw TreatyErrors.of(e);
        }
    }

    private static EntenteException textDiffers(Agreement agreement, String theirs, String ours) {
        return new EntenteException(
                ErrorCode.AGREEMENT_TEXT_DIFFERS,
                "Agreement " + agreement.id() + " version " + agreement.version() + " has the digest " + ours
                        + " here, not " + theirs + ".",
                Map.of("held", ours, "given", theirs));
    }

    /** The receipt of an act that is held already. Two sides may propose the same text: that is one proposal. */
    private Optional<ActReceipt> known(ActMessage message, byte[] json, Source source) {
        Optional<TreatyTables.Kept> kept = message instanceof ActMessage.Proposal
                ? tables.proposal(digestBytes(message.textDigest()))
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
                    .ifPresent(treaty -> requireInvolved(treaty.file().agreement(), partner));
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
            signatories.requireRootCards(agreement);
            writes.add(TreatyTables.insert(agreement, instrument.digest(), now));
        } else {
            writes.add(TreatyTables.nextRevision(treaty));
        }
        writes.add(TreatyTables.insert(instrument, message, source.partner(), now));
        if (source.partner() == null) {
            writes.addAll(outbox.towards(agreement, instrument, now));
        }
        writes.add(TreatyTables.count());
        journal.append(new Draft(instrument.journalKind(), record(step, message, source, now), agreement.id(), writes));
        afterwards(instrument);
        return new ActReceipt(instrument.id(), agreement.id(), agreement.version(), instrument.digest(), now);
    }

    /** The act is durable by now; what follows from it is done again by schedule if it cannot be done at once. */
    private void afterwards(Instrument instrument) {
        try {
            directory.reload();
            effects.note(instrument.digest());
        } catch (EntenteException e) {
            LOG.warn("the act {} is kept; what follows from it comes later: {}", instrument.id(), e.getMessage());
        }
    }

    private void check(Step step, Instant now) {
        Treaty treaty = step.treaty();
        List<Instrument> soFar = treaty == null ? List.of() : treaty.file().instruments();
        Set<String> ofParty = signatories.of(step.instrument().party());
        try {
            Life.check(step.agreement(), soFar, step.instrument(), new Author(step.certificate(), ofParty), now);
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
