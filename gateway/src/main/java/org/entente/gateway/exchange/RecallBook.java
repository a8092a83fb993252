package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.life.FigureAct;
import org.entente.crypto.Base64Url;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.NodeIdentity;
import org.jspecify.annotations.Nullable;

/** Recalls as a whole: at the provider who holds what was recalled and who has destroyed it; at the holder what must go. */
@Singleton
public class RecallBook {
    private final Recalls recalls;
    private final FigureActs acts;
    private final AnsweredExchanges answered;
    private final Holdings holdings;
    private final Deletions deletions;
    private final DeletionDesk desk;
    private final NodeIdentity identity;

    RecallBook(
            Recalls recalls,
            FigureActs acts,
            AnsweredExchanges answered,
            Holdings holdings,
            Deletions deletions,
            DeletionDesk desk,
            NodeIdentity identity) {
        this.recalls = recalls;
        this.acts = acts;
        this.answered = answered;
        this.holdings = holdings;
        this.deletions = deletions;
        this.desk = desk;
        this.identity = identity;
    }

    /**
     * Who has figures of a recalled release of this node.
     *
     * @param exchanges how many answers gave figures of it
     * @param proved for how many of them the holder's journal proves the deletion
     * @param notified whether an officer's signed recall stands under an agreement with the holder
     * @param answer {@code destroyed} or {@code declined}, by an officer of the holder; absent while there is none
     * @param reason why it was declined
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Holder(
            String partner,
            long exchanges,
            long proved,
            boolean notified,
            @Nullable String answer,
            @Nullable String reason) {}

    /** A recall by this node, with the holders. */
    public record Own(Recalls.Recall recall, List<Holder> holders) {}

    /** What this node holds of a recalled release. */
    public record Held(String exchange, String leg, boolean deleted) {}

    /**
     * A partner's recall.
     *
     * @param digest of the text of the agreement under which it was made, for the officer's answer
     * @param answer {@code destroyed} or {@code declined}, by an officer of this party; absent while one is owed
     * @param reason why it was declined
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Received(
            Recalls.Recall recall,
            String provider,
            String agreement,
            String digest,
            List<Held> holdings,
            @Nullable String answer,
            @Nullable String reason) {}

    /** Both directions. */
    public record Book(List<Own> own, List<Received> received) {}

    /**
     * What was destroyed, for the officer's signed confirmation.
     *
     * @param digests of the bodies, base64url SHA-256
     */
    public record Destroyed(String recall, List<String> digests) {}

    /** All recalls. */
    public Book book() {
        List<Own> own = new ArrayList<>();
        List<Received> received = new ArrayList<>();
        Set<String> releases = new LinkedHashSet<>();
        for (FigureActs.Made made : acts.all()) {
            if (made.act() instanceof FigureAct.ReleaseRecalled recall) {
                if (recall.party().equals(identity.party())) {
                    releases.add(recall.release());
                } else {
                    received.add(received(recall, made));
                }
            }
        }
        recalls.byApprovers().forEach(recall -> releases.add(recall.release()));
        releases.forEach(release ->
                recalls.own(release).ifPresent(recall -> own.add(new Own(recall, holders(release)))));
        return new Book(own, received);
    }

    private List<Holder> holders(String release) {
        List<DeletionDesk.Recorded> proved = desk.ofRelease(release);
        return answered.holders(release).stream()
                .map(holder -> {
                    Optional<FigureActs.Made> recall = signed(release, holder.partner());
                    Optional<FigureAct> answer =
                            recall.flatMap(made -> answer(made.act().id(), holder.partner()));
                    return new Holder(
                            holder.partner(),
                            holder.exchanges(),
                            proved.stream()
                                    .filter(d -> d.partner().equals(holder.partner()))
                                    .count(),
                            recall.isPresent(),
                            answer.map(RecallBook::word).orElse(null),
                            answer.map(RecallBook::reason).orElse(null));
                })
                .toList();
    }

    /** This party's signed recall under an agreement with the partner. */
    private Optional<FigureActs.Made> signed(String release, String partner) {
        return acts.all().stream()
                .filter(made -> made.act() instanceof FigureAct.ReleaseRecalled recall
                        && recall.party().equals(identity.party())
                        && recall.release().equals(release)
                        && made.treaty().file().agreement().party(partner).isPresent())
                .findFirst();
    }

    private Optional<FigureAct> answer(String recall, String party) {
        return acts.all().stream()
                .map(FigureActs.Made::act)
                .filter(act -> act.party().equals(party) && FigureActs.answers(act, recall))
                .reduce((earlier, later) -> later);
    }

    private static String word(FigureAct answer) {
        return answer instanceof FigureAct.DestructionConfirmed ? "destroyed" : "declined";
    }

    private static @Nullable String reason(FigureAct answer) {
        return answer instanceof FigureAct.DestructionDeclined declined ? declined.reason() : null;
    }

    private Received received(FigureAct.ReleaseRecalled recall, FigureActs.Made made) {
        Optional<FigureAct> answer = answer(recall.id(), identity.party());
        return new Received(
                recalls.of(recall.party(), recall.release()).orElseThrow(),
                recall.party(),
                recall.agreement(),
                made.treaty().file().digest(),
                holdings.ofRelease(recall.party(), recall.release()).stream()
                        .map(held -> new Held(
                                held.exchange().toString(),
                                held.leg(),
                                deletions.of(held.exchange()).isPresent()))
                        .toList(),
                answer.map(RecallBook::word).orElse(null),
                answer.map(RecallBook::reason).orElse(null));
    }

    /**
     * Destroys what this node holds of a recalled release: the bodies go, digests and proofs stay, and the provider gets the journal's proof.
     * The officer's signed confirmation is an act of its own.
     *
     * @throws EntenteException {@code not-found}, {@code forbidden}
     */
    public Destroyed destroy(String recall, StaffUser by) {
        if (!by.hasRole(Roles.TREATY_OFFICER)) {
            by.require(Roles.ADMINISTRATOR);
        }
        FigureAct.ReleaseRecalled act = acts.byId(recall)
                .map(FigureActs.Made::act)
                .filter(FigureAct.ReleaseRecalled.class::isInstance)
                .map(FigureAct.ReleaseRecalled.class::cast)
                .filter(found -> !found.party().equals(identity.party()))
                .orElseThrow(() ->
                        new EntenteException(ErrorCode.NOT_FOUND, "No partner has made the recall " + recall + "."));
        List<Holdings.Holding> held = holdings.ofRelease(act.party(), act.release());
        held.forEach(holding -> {
            if (deletions.of(holding.exchange()).isEmpty()) {
                deletions.delete(holding, Deletions.RECALL, recall);
            }
        });
        return new Destroyed(
                recall,
                held.stream()
                        .map(h -> Base64Url.encode(h.bodyDigest()))
                        .distinct()
                        .toList());
    }
}
