package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.entente.agreements.Answering;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.decision.Reason;
import org.entente.agreements.decision.Roles;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.ExchangeRecord.AgreementRef;
import org.entente.gateway.exchange.ExchangeRecord.PartyCards;
import org.entente.gateway.exchange.ExchangeRecord.ReleaseRef;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.Identity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.NextPage;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.jspecify.annotations.Nullable;

/** The provider's decision on a request, with the facts it was made on and, for a permit, the figures it grants. */
@Singleton
class Judgement {
    private static final Set<Reason.Code> STOPS =
            Set.of(Reason.Code.HOLD, Reason.Code.LEG_STOPPED, Reason.Code.NOT_IN_EFFECT);

    private final Circumstances circumstances;
    private final Identity identity;
    private final Cards cards;
    private final Dataflows dataflows;
    private final Clock clock;

    Judgement(Circumstances circumstances, Identity identity, Cards cards, Dataflows dataflows, Clock clock) {
        this.circumstances = circumstances;
        this.identity = identity;
        this.cards = cards;
        this.dataflows = dataflows;
        this.clock = clock;
    }

    /**
     * What is to be answered.
     *
     * @param agreement the agreement that the request names, if this node has it
     * @param release what was sliced; null for a refusal
     * @param body SDMX-CSV 2.0.0; null for a refusal
     * @param cells how many cells the body holds
     * @param next link to the page behind the one that was asked for; null where nothing stands there
     * @param recall why the release that would answer does not answer any more
     * @param charges row changes that charge the quota, in the transaction of the answer
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Outcome(
            Decision decision,
            @Nullable AgreementFile agreement,
            @Nullable ReleaseRef release,
            byte @Nullable [] body,
            long cells,
            @Nullable String next,
            Recalls.@Nullable Recall recall,
            List<Write> charges) {
        boolean permitted() {
            return decision instanceof Decision.Permit;
        }

        /** Whether a person must decide before anything is answered (clause 16). */
        boolean waits() {
            return decision instanceof Decision.Permit permit
                    && permit.obligations().answering().mode() == Answering.Mode.APPROVAL;
        }

        /** Whether it is refused because something stands still that was permitted before: a hold, a suspension, an agreement that ended. */
        boolean stopped() {
            return decision instanceof Decision.Refusal refusal
                    && refusal.reasons().stream().map(Reason::code).anyMatch(STOPS::contains);
        }

        /** How a refusal is reported: what was recalled is gone, anything else was never agreed. */
        ErrorCode refusal() {
            return recall == null ? ErrorCode.AGREEMENT_REFUSED : ErrorCode.RELEASE_RECALLED;
        }

        /** Whether a hold of this node is what stands against it. */
        boolean held() {
            return recall == null
                    && decision instanceof Decision.Refusal refusal
                    && refusal.reasons().stream().anyMatch(reason -> reason.code() == Reason.Code.HOLD);
        }

        /** The same judgement for an answer that gives no figures after all, and is charged for none. */
        Outcome withoutFigures() {
            return new Outcome(decision, agreement, null, null, 0, null, recall, List.of());
        }

        int status() {
            return permitted() ? 200 : refusal().status();
        }

        String contentType() {
            return permitted() ? CsvBody.MEDIA_TYPE : "application/problem+json";
        }

        @Nullable
        AgreementRef agreementRef() {
            return Cards.reference(agreement);
        }
    }

    /** Whether any leg by which this node answers the partner leaves decisions to a person. */
    boolean mayWait(String consumer) {
        return circumstances.bookWith(consumer).files().stream()
                .flatMap(file -> file.agreement().legs().stream())
                .anyMatch(leg -> leg.answering().mode() == Answering.Mode.APPROVAL
                        && !leg.provider().equals(consumer));
    }

    PartyCards ourCards(String keyid, @Nullable AgreementFile agreement) {
        return cards.ours(keyid, agreement);
    }

    PartyCards theirCards(Partner partner, String card, @Nullable AgreementFile agreement) {
        return cards.theirs(partner, card, agreement);
    }

    /**
     * Decides a request on the facts of this moment.
     *
     * @param consumer who asks
     */
    Outcome judge(String consumer, ExchangeHeaders headers, String rawPath, @Nullable String rawQuery) {
        DataQuery query = DataQuery.parse(rawPath, rawQuery);
        requireSameLeg(query, headers);
        AgreementBook book = circumstances.bookWith(consumer);
        Instant now = clock.instant();
        Dataflow dataflow = LegFlows.of(dataflows, book, headers, now);
        BoundQuery bound = query.bind(dataflow.structure());
        String agreement = headers.agreement();
        AgreementFile file =
                agreement == null ? null : book.named(agreement, now).orElse(null);
        Leg leg = file == null || headers.leg() == null
                ? null
                : file.agreement().leg(headers.leg()).orElse(null);
        Wanted wanted = Wanted.of(consumer, identity.party(), headers, bound, dataflow);
        Roles roles = OwnDecision.roles(dataflow.structure());
        Outcome outcome = null;
        for (PublishedRelease release :
                circumstances.current(dataflow.id(), leg == null ? List.of() : leg.datasets())) {
            outcome = judge(
                    wanted,
                    bound,
                    rawQuery,
                    book,
                    file,
                    facts(book, consumer, file, leg, release),
                    roles,
                    dataflow,
                    release);
            if (outcome.permitted() && outcome.cells() > 0) {
                return outcome;
            }
        }
        return outcome == null
                ? judge(
                        wanted,
                        bound,
                        rawQuery,
                        book,
                        file,
                        facts(book, consumer, file, leg, null),
                        roles,
                        dataflow,
                        null)
                : outcome;
    }

    /** Whether a declared crisis has effect on the leg between this node and the consumer. */
    boolean inCrisis(Outcome outcome, ExchangeHeaders headers, String consumer, Instant now) {
        AgreementFile file = outcome.agreement();
        String leg = headers.leg();
        return file != null
                && leg != null
                && file.at(now).crisisOn(leg, identity.party(), consumer, now).isPresent();
    }

    private Outcome judge(
            Wanted wanted,
            BoundQuery bound,
            @Nullable String rawQuery,
            AgreementBook book,
            @Nullable AgreementFile file,
            Facts facts,
            Roles roles,
            Dataflow dataflow,
            @Nullable PublishedRelease release) {
        Decision decision = wanted.decide(book, facts, roles);
        if (!(decision instanceof Decision.Permit permit) || release == null) {
            Recalls.Recall recall =
                    release == null ? null : circumstances.recall(release.id()).orElse(null);
            return new Outcome(decision, file, null, null, 0, null, recall, List.of());
        }
        Cube granted = Granted.of(release.cube(), permit.slice()).slice(bound.selection());
        long cells = Granted.onPage(granted, bound);
        AgreementFile under = book.named(permit.digest(), facts.now()).orElse(null);
        byte[] body = CsvBody.write(
                dataflow, new MessageHeader("answer", facts.now(), identity.party()), permit, granted, bound);
        return new Outcome(
                permit,
                under,
                new ReleaseRef(release.id(), release.digest(), release.patternDigest(), release.metadataDigest()),
                body,
                cells,
                bound.goesOn(granted.cursor())
                        ? NextPage.link(bound.query(), rawQuery).orElse(null)
                        : null,
                null,
                circumstances.charge(permit, permit.obligations().quota(), cells));
    }

    private Facts facts(
            AgreementBook book,
            String consumer,
            @Nullable AgreementFile file,
            @Nullable Leg leg,
            @Nullable PublishedRelease release) {
        return new Facts(
                clock.instant(),
                Facts.Side.PROVIDER,
                holds(consumer, release),
                circumstances.quotas(file, leg),
                release == null ? null : release.coverage(),
                release == null ? null : release.fact(),
                circumstances.floor(),
                book.journalSize());
    }

    /** What this node has stopped; a recalled release is stopped for good. */
    private List<Facts.Hold> holds(String consumer, @Nullable PublishedRelease release) {
        List<Facts.Hold> standing = circumstances.holds(consumer);
        Recalls.Recall recall =
                release == null ? null : circumstances.recall(release.id()).orElse(null);
        if (recall == null) {
            return standing;
        }
        List<Facts.Hold> all = new ArrayList<>(standing);
        all.add(new Facts.Hold(Facts.Hold.Scope.RELEASE, recall.release(), recall.at(), recall.sentence()));
        return all;
    }

    /** The path and the covered field say the same leg, so that a log of addresses cannot tell another story than the signature. */
    private void requireSameLeg(DataQuery query, ExchangeHeaders headers) {
        String inPath = query.artefact().ids().equals(List.of("*"))
                ? null
                : String.join(",", query.artefact().ids());
        boolean ours = query.artefact().agencies().equals(List.of(identity.party()))
                || query.artefact().agencies().equals(List.of("*"));
        if (query.context() != DataQuery.Context.PROVISIONAGREEMENT
                || !ours
                || !java.util.Objects.equals(inPath, headers.leg())) {
            throw new EntenteException(
                    ErrorCode.QUERY_MALFORMED,
                    "Between nodes a data query names the provision agreement " + identity.party()
                            + "/{leg}, and the field Entente-Leg the same leg.");
        }
    }
}
