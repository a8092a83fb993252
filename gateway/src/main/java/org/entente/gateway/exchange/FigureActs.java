package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.agreements.life.FigureAct;
import org.entente.agreements.life.Instrument;
import org.entente.gateway.treaties.Treaties;
import org.entente.gateway.treaties.Treaty;
import org.jspecify.annotations.Nullable;

/** The signed acts about figures that were delivered, by release: recalls, reports, corrections, questions, notices of breach. */
@Singleton
class FigureActs {
    private final Treaties treaties;
    private volatile @Nullable Index index;

    FigureActs(Treaties treaties) {
        this.treaties = treaties;
    }

    /** An act, with the text of the agreement under which it was made. */
    record Made(FigureAct act, Treaty treaty) {}

    /** What follows from one state of the treaties; made again when they change. */
    private record Index(
            List<Treaty> of, List<Made> all, Map<String, FigureAct.ReleaseRecalled> recalls, Map<String, Made> byId) {}

    /** The recall of a party's release, by an officer of that party. */
    Optional<FigureAct.ReleaseRecalled> recall(String party, @Nullable String release) {
        return release == null
                ? Optional.empty()
                : Optional.ofNullable(current().recalls.get(party + "/" + release));
    }

    /** All acts about figures, in the order of the journal under each text. */
    List<Made> all() {
        return current().all;
    }

    /** The act with this id. */
    Optional<Made> byId(String id) {
        return Optional.ofNullable(current().byId.get(id));
    }

    /** What was said under an agreement about a release, or about everything delivered under it. */
    List<Made> about(String agreement, String release) {
        Index known = current();
        List<Made> about = new ArrayList<>();
        for (Made made : known.all) {
            boolean everything = made.act instanceof FigureAct.BreachNotified breach
                    && breach.releases().isEmpty();
            boolean same = made.treaty.file().agreement().id().equals(agreement);
            if (same && (everything || concerns(made.act, release, known))) {
                about.add(made);
            }
        }
        return about;
    }

    /** Whether an act is a holder's answer to a recall. */
    static boolean answers(FigureAct act, String recall) {
        return (act instanceof FigureAct.DestructionConfirmed confirmed
                        && confirmed.recall().equals(recall))
                || (act instanceof FigureAct.DestructionDeclined declined
                        && declined.recall().equals(recall));
    }

    private static boolean concerns(FigureAct act, String release, Index known) {
        return switch (act) {
            case FigureAct.ReleaseRecalled recall -> recall.release().equals(release);
            case FigureAct.ErrorReported report -> report.release().equals(release);
            case FigureAct.CorrectionGiven correction ->
                correction.corrects().equals(release) || release.equals(correction.release());
            case FigureAct.BreachNotified breach -> breach.releases().contains(release);
            case FigureAct.QuestionAsked question -> question.release().equals(release);
            case FigureAct.ReplyGiven reply ->
                known.all.stream()
                        .map(Made::act)
                        .anyMatch(other -> other instanceof FigureAct.QuestionAsked question
                                && question.thread().equals(reply.thread())
                                && question.release().equals(release));
            case FigureAct.DestructionConfirmed confirmed -> recalls(known, confirmed.recall(), release);
            case FigureAct.DestructionDeclined declined -> recalls(known, declined.recall(), release);
            case FigureAct.DeletionRecorded deletion -> false;
            case FigureAct.ReconciliationConsented consent -> false;
            case FigureAct.ReconciliationWithdrawn withdrawal -> false;
        };
    }

    private static boolean recalls(Index known, String recall, String release) {
        Made made = known.byId.get(recall);
        return made != null
                && made.act instanceof FigureAct.ReleaseRecalled recalled
                && recalled.release().equals(release);
    }

    private Index current() {
        List<Treaty> treatiesNow = treaties.all();
        Index known = index;
        if (known != null && known.of == treatiesNow) {
            return known;
        }
        Index made = read(treatiesNow);
        index = made;
        return made;
    }

    private static Index read(List<Treaty> treaties) {
        List<Made> all = new ArrayList<>();
        Map<String, FigureAct.ReleaseRecalled> recalls = new HashMap<>();
        Map<String, Made> byId = new HashMap<>();
        for (Treaty treaty : treaties) {
            for (Instrument instrument : treaty.file().instruments()) {
                if (instrument instanceof FigureAct act) {
                    Made made = new Made(act, treaty);
                    all.add(made);
                    byId.put(act.id(), made);
                    if (act instanceof FigureAct.ReleaseRecalled recall) {
                        recalls.putIfAbsent(recall.party() + "/" + recall.release(), recall);
                    }
                }
            }
        }
        return new Index(treaties, List.copyOf(all), Map.copyOf(recalls), Map.copyOf(byId));
    }
}
