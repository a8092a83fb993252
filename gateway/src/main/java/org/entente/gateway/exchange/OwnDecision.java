package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.entente.agreements.ArtefactRef;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.decision.DataRequest;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.decision.Reason;
import org.entente.agreements.decision.Roles;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.ExchangeRecord.AgreementRef;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/** The consumer's own decision before anything is sent: the same pure function as the provider's, on what the consumer can know. */
@Singleton
final class OwnDecision {
    /** Kind of the journal entry for a question that this node itself has refused. */
    static final String REFUSED_AT_HOME = "refused-at-home";

    private final Treaties treaties;
    private final Holds holds;
    private final NodeIdentity identity;
    private final Journal journal;
    private final Cards cards;
    private final Clock clock;

    OwnDecision(Treaties treaties, Holds holds, NodeIdentity identity, Journal journal, Cards cards, Clock clock) {
        this.treaties = treaties;
        this.holds = holds;
        this.identity = identity;
        this.journal = journal;
        this.cards = cards;
        this.clock = clock;
    }

    /**
     * The journal's record of a refusal at home.
     *
     * @param selection what was asked for, in records of earlier versions
     * @param requests what was decided on; absent in records of earlier versions
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Refused(
            String kind,
            String time,
            String provider,
            String purpose,
            String requester,
            @Nullable JsonNode selection,
            @Nullable List<DataRequest> requests,
            JsonNode decision) {}

    /** Under what a request is sent; nothing of it when there is no agreement. */
    record Terms(
            @Nullable AgreementFile agreement, @Nullable Leg leg) {
        @Nullable
        String agreementId() {
            return agreement == null ? null : agreement.agreement().id();
        }

        @Nullable
        String legId() {
            return leg == null ? null : leg.id();
        }

        @Nullable
        AgreementRef reference() {
            return Cards.reference(agreement);
        }
    }

    Cards cards() {
        return cards;
    }

    /** The question as asked for that authority of the asker which an agreement admits; for the first one where none is admitted. */
    Question acting(Question question) {
        SortedSet<String> authorities = question.asker().authorities();
        if (authorities.size() < 2) {
            return question;
        }
        return authorities.stream()
                .map(question::by)
                .filter(one -> decide(one) instanceof Decision.Permit)
                .findFirst()
                .orElseGet(() -> question.by(authorities.first()));
    }

    Decision decide(Question question) {
        AgreementBook book = treaties.bookWith(question.provider());
        return wanted(question)
                .decide(book, facts(question, book), roles(question.dataflow().structure()));
    }

    /** Whether an opened crisis pack of a leg of this text answers the question; empty if the text has no such pack. */
    Optional<Decision> decidePack(Question question, String textDigest, String leg) {
        AgreementBook book = treaties.bookWith(question.provider());
        Facts facts = facts(question, book);
        return book.named(textDigest, facts.now())
                .flatMap(file -> pack(file, leg)
                        .map(pack -> wanted(question)
                                .decidePack(
                                        file,
                                        pack,
                                        facts,
                                        roles(question.dataflow().structure()))));
    }

    private static Optional<CrisisClause.Pack> pack(AgreementFile file, String leg) {
        CrisisClause crisis = file.agreement().crisis();
        return crisis == null
                ? Optional.empty()
                : crisis.packs().stream().filter(pack -> pack.leg().equals(leg)).findFirst();
    }

    private Facts facts(Question question, AgreementBook book) {
        return new Facts(
                clock.instant(),
                Facts.Side.CONSUMER,
                holds.facts(question.provider()),
                new TreeMap<>(),
                null,
                null,
                book.journalSize());
    }

    private Wanted wanted(Question question) {
        var dataflow = question.dataflow().id();
        DataRequest request = new DataRequest(
                identity.party(),
                question.provider(),
                question.agreement(),
                question.leg(),
                new ArtefactRef(dataflow.agency(), dataflow.id(), dataflow.version()),
                question.purpose(),
                question.asker().role(),
                question.asker().authority(),
                question.selection().dimensions(),
                question.selection().time());
        return Wanted.of(request, question.named());
    }

    /** The roles of a structure's dimensions as decisions want them. */
    static Roles roles(Structure structure) {
        return new Roles(
                structure.keyDimensions().stream().map(Dimension::id).toList(),
                structure.reportingArea().id(),
                structure
                        .dimension(Dimension.Role.COUNTERPART_AREA)
                        .map(Dimension::id)
                        .orElse(""),
                structure.time().id());
    }

    /** The terms of a permit, or, for a question that is sent all the same, the leg it names or the only one there is. */
    Terms terms(Question question, Decision decision) {
        AgreementBook book = treaties.bookWith(question.provider());
        Instant now = clock.instant();
        String agreement = question.agreement();
        String leg = question.leg();
        if (decision instanceof Decision.Permit permit) {
            agreement = permit.digest();
            leg = permit.leg();
        }
        List<AgreementFile> files = agreement == null
                ? book.current(now)
                : book.named(agreement, now).stream().toList();
        Terms found = null;
        for (AgreementFile file : files) {
            for (Leg candidate : file.agreement().legs()) {
                boolean fits = file.runs(candidate, question.provider(), identity.party())
                        && (leg == null || leg.equals(candidate.id()));
                if (fits && found != null) {
                    return new Terms(null, null);
                }
                if (fits) {
                    found = new Terms(file, candidate);
                }
            }
        }
        return found == null ? new Terms(null, null) : found;
    }

    /** Whether a declared crisis has effect on the leg between the provider and this node. */
    boolean inCrisis(Terms terms, String provider) {
        AgreementFile file = terms.agreement();
        String leg = terms.legId();
        Instant now = clock.instant();
        return file != null
                && leg != null
                && file.at(now).crisisOn(leg, provider, identity.party(), now).isPresent();
    }

    /** A refusal at home is journaled too: it shows what was wanted, by whom, and which clause stood against it. */
    void recordRefusal(Question question, Decision.Refusal refusal) {
        Refused record = new Refused(
                REFUSED_AT_HOME,
                clock.instant().toString(),
                question.provider(),
                question.purpose(),
                question.asker().requester().toString(),
                null,
                wanted(question).requests(),
                RecordCodec.tree(refusal));
        journal.append(new Draft(REFUSED_AT_HOME, RecordCodec.tree(record), question.provider(), List.of()));
    }

    static EntenteException refused(
            String provider, @Nullable String exchange, String sentence, List<Reason> reasons, boolean atHome) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("partner", provider);
        String by = atHome ? "own node" : provider;
        members.put("refusedBy", by);
        if (exchange != null) {
            members.put("exchange", exchange);
        }
        members.put("reasons", reasons);
        return new EntenteException(ErrorCode.AGREEMENT_REFUSED, "Refused by " + by + ": " + sentence, members);
    }
}
