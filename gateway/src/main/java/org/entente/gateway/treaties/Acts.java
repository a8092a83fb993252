package org.entente.gateway.treaties;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Membership;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
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

    private final TreatyDirectory directory;
    private final ActRules rules;
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
        this.directory = directory;
        this.rules = new ActRules(tables, texts, signatories, memberCards::fetchLater);
        this.signatories = signatories;
        this.memberCards = memberCards;
        this.outbox = outbox;
        this.life = life;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Takes an act in.
     *
     * @throws EntenteException with one of the codes of the treaties' section; nothing was kept then
     */
    ActReceipt take(ActMessage message, ActRules.Source source) {
        byte[] json = message.toJson();
        for (int attempt = 1; ; attempt++) {
            Optional<ActReceipt> known = rules.known(message, json, source);
            if (known.isPresent()) {
                return known.get();
            }
            try {
                return keep(rules.step(message, source), json, source);
            } catch (ConflictingWriteException | DuplicateWriteException e) {
                // Another act on the same text came first; this one is judged again on what that left.
                if (attempt == ATTEMPTS) {
                    throw new EntenteException(
                            ErrorCode.UNAVAILABLE, "Too many acts on this agreement at the same moment.", e);
                }
            } catch (EntenteException e) {
                String partner = source.partner();
                boolean newerCard =
                        e.code() == ErrorCode.SIGNATORY_UNKNOWN || e.code() == ErrorCode.ACT_COMPANION_REFUSED;
                if (newerCard && partner != null) {
                    rules.possibleAuthors(message)
                            .forEach(party -> memberCards.fetchLater(partner, message.textDigest(), party));
                }
                // It may be refused only because the same act was kept a moment ago.
                return rules.known(message, json, source).orElseThrow(() -> e);
            }
        }
    }

    /** See {@link ActRules#possibleAuthors}: one of them may have a newer card than the one held here. */
    Set<String> possibleAuthors(ActMessage message) {
        return rules.possibleAuthors(message);
    }

    private ActReceipt keep(ActRules.Step step, byte[] message, ActRules.Source source) {
        Instrument instrument = step.instrument();
        Agreement agreement = step.agreement();
        Treaty treaty = step.treaty();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        boolean adopts = rules.check(step, now);
        List<Write> writes = new ArrayList<>();
        if (treaty == null) {
            writes.add(TreatyTables.insert(agreement, instrument.digest(), now));
        }
        if (adopts) {
            writes.add(TreatyTables.adopt(agreement, instrument.digest()));
        }
        if (treaty != null) {
            writes.add(TreatyTables.nextRevision(treaty));
        }
        writes.add(TreatyTables.insert(instrument, message, source.partner(), now));
        writes.addAll(deliveries(step, source, now));
        writes.add(TreatyTables.count());
        journal.append(new Draft(
                instrument.journalKind(), ActRules.record(step, message, source, now), agreement.id(), writes));
        afterwards(instrument);
        return step.receipt(now);
    }

    /** To whom the act goes; at the depositary a state that accedes gets all that was done before, too. */
    private List<Write> deliveries(ActRules.Step step, ActRules.Source source, Instant now) {
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
}
