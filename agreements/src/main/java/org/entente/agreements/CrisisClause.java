package org.entente.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Clause 32: what a declared crisis changes. It ends by itself and never weakens protection.
 *
 * @param declarableBy parties that may declare
 * @param countersigned parties that have countersigned in advance; the others countersign each declaration
 * @param maxDays days after which a declared crisis ends by itself
 * @param reviewDays days after the end by which a review falls due
 */
public record CrisisClause(
        List<Text> triggers,
        List<String> declarableBy,
        List<String> countersigned,
        int maxDays,
        int reviewDays,
        boolean extraLog,
        List<Widening> widenings,
        List<Pack> packs) {
    public CrisisClause {
        triggers = Copies.of(triggers);
        declarableBy = Copies.of(declarableBy);
        countersigned = Copies.of(countersigned);
        widenings = Copies.of(widenings);
        packs = Copies.of(packs);
    }

    /** The wider cube of one leg while a crisis lasts, and faster answers where agreed. */
    public record Widening(
            String leg,
            AllowedCube cube,
            @Nullable Integer answerHours,
            @Nullable Quota quota) {}

    /** The slice delivered sealed at each release and opened by the consumer's signed declaration alone. */
    public record Pack(String leg, AllowedCube cube, int reportHours) {}
}
