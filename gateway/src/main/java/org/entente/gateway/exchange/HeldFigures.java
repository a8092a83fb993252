package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Dataflow;

/** Questions that are answered from what partners have answered before. */
@Singleton
class HeldFigures {
    /** So many answers are looked through for what is available. */
    private static final int MOST_AT_HAND = 2000;

    private final Holdings holdings;
    private final Bodies bodies;
    private final Recalls recalls;
    private final OpenedPacks packs;

    HeldFigures(Holdings holdings, Bodies bodies, Recalls recalls, OpenedPacks packs) {
        this.holdings = holdings;
        this.bodies = bodies;
        this.recalls = recalls;
        this.packs = packs;
    }

    /**
     * The newest figures at hand that cover a question.
     *
     * @throws EntenteException {@code release-recalled} if the provider has recalled the release they come from
     */
    Optional<Asking.Figures> covering(Question question, Decision.Permit permit) {
        return holdings.covering(
                        question.provider(), permit.agreement(), permit.leg(), question.purpose(), question.selection())
                .map(this::figures);
    }

    /**
     * All figures at hand that cover a question, oldest first. Whether a provider has recalled some of them is not looked at yet: that is
     * {@link #requireNotRecalled}'s, for those that are shown.
     */
    List<Asking.Figures> states(Question question, Decision.Permit permit) {
        return holdings
                .allCovering(
                        question.provider(), permit.agreement(), permit.leg(), question.purpose(), question.selection())
                .reversed()
                .stream()
                .map(holding -> figures(holding, true, () -> body(holding)))
                .toList();
    }

    /** What is held of a dataflow, newest first, without what was recalled. */
    List<Holdings.Holding> ofFlow(Dataflow flow) {
        return holdings.ofFlow(flow.id().toString(), MOST_AT_HAND).stream()
                .filter(holding ->
                        recalls.of(holding.partner(), holding.release()).isEmpty())
                .toList();
    }

    /** The figures of a holding. */
    Asking.Figures at(Holdings.Holding holding) {
        return figures(holding, true, () -> body(holding));
    }

    /** @throws EntenteException {@code release-recalled} if the provider has recalled the release that figures come from */
    void requireNotRecalled(Asking.Figures figures) {
        recalls.of(figures.provider(), figures.release()).ifPresent(recall -> {
            throw Recalls.recalled(figures.provider(), recall, figures.exchange(), "");
        });
    }

    /**
     * The newest crisis pack that was declared open and allows the question.
     *
     * @throws EntenteException {@code release-recalled} as above
     */
    Optional<Asking.Figures> openedPack(Question question) {
        return packs.covering(question).map(this::figures);
    }

    private Asking.Figures figures(Holdings.Holding holding) {
        recalls.of(holding.partner(), holding.release()).ifPresent(recall -> {
            throw Recalls.recalled(
                    holding.partner(),
                    recall,
                    holding.exchange(),
                    " What this node holds of it is not shown; fresh=true asks " + holding.partner() + " anew.");
        });
        return figures(holding, true, () -> body(holding));
    }

    private byte[] body(Holdings.Holding holding) {
        return bodies.find(holding.bodyDigest())
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.INTERNAL_ERROR, "The body of holding " + holding.exchange() + " is missing."));
    }

    /**
     * What this node keeps of an answer that gives figures.
     *
     * @param permit by which they were given: this node's own decision, or the provider's where this node had refused
     */
    static Holdings.Holding of(
            AskedAttempt attempt, Decision.Permit permit, AnswerReader.Read read, byte[] digest, Instant received) {
        AgreementFile under = attempt.terms().agreement();
        return new Holdings.Holding(
                attempt.id(),
                attempt.partner().party(),
                permit.agreement(),
                permit.leg(),
                attempt.question().purpose(),
                attempt.question().dataflow().id().toString(),
                attempt.question().selection(),
                digest,
                received,
                permit.obligations()
                        .keepUntil()
                        .value()
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant(),
                read.release(),
                Duties.of(permit.obligations(), under == null ? null : under.agreement(), received));
    }

    /** Figures with where they came from. */
    static Asking.Figures figures(Holdings.Holding holding, boolean held, Supplier<byte[]> body) {
        return new Asking.Figures(
                holding.exchange(),
                holding.partner(),
                holding.agreement(),
                holding.leg(),
                held,
                holding.received(),
                body,
                holding.bodyDigest(),
                holding.release(),
                holding.duties(),
                null);
    }
}
