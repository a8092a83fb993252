package org.entente.gateway.releases;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;
import java.util.TreeSet;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts;
import org.jspecify.annotations.Nullable;

/**
 * What this party's own law asks of every answer, whatever was agreed: {@code entente.national-law.*}. An agreement can only be stricter; each
 * decision records the floor among its facts. Without a reference there is no floor.
 *
 * @param reference the law, as refusals cite it
 * @param threshold smallest count that may be shown
 * @param width smallest uncertainty, in persons, that an attacker must be left with
 * @param protectsZeros whether a zero is protected like a small count
 * @param secondary whether complementary cells must be withheld
 * @param forbidsNarrowing whether a protected cell must never be shown more exactly later
 * @param lagMonths months that must have passed since the end of a period
 * @param excluded sensitive groups that never leave
 */
@ConfigurationProperties("entente.national-law")
public record NationalLaw(
        @Nullable String reference,
        @Nullable Integer threshold,
        @Nullable Integer width,
        @Bindable(defaultValue = "false") boolean protectsZeros,
        @Bindable(defaultValue = "false") boolean secondary,
        @Bindable(defaultValue = "false") boolean forbidsNarrowing,
        @Bindable(defaultValue = "0") int lagMonths,
        @Nullable List<SensitiveGroup> excluded) {

    /** The floor as decisions take it; null if there is none. */
    public Facts.@Nullable NationalFloor floor() {
        String law = reference;
        return law == null || law.isBlank()
                ? null
                : new Facts.NationalFloor(
                        threshold,
                        width,
                        protectsZeros,
                        secondary,
                        forbidsNarrowing,
                        lagMonths,
                        excluded == null ? null : new TreeSet<>(excluded),
                        law);
    }
}
