package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How small counts are protected before anything leaves (clause 12).
 *
 * @param publicSourcesPass figures already public elsewhere may pass as they are
 * @param threshold smallest count that is shown; absent when the method has none
 * @param width smallest uncertainty, in persons, that an attacker must be left with
 * @param roundingBase base of the rounding methods
 * @param secondary whether complementary cells are withheld so that sums reveal nothing
 * @param narrowable whether a protected cell may be shown more exactly later
 * @param consumerKnows in a leg, what its consumer holds itself; in a rule that was applied, each attacker who was reckoned with
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DisclosureRule(
        By by,
        Method method,
        boolean publicSourcesPass,
        @Nullable Integer threshold,
        Zeros zeros,
        @Nullable Integer width,
        @Nullable Integer roundingBase,
        boolean secondary,
        boolean narrowable,
        List<ConsumerKnowledge> consumerKnows) {
    public DisclosureRule {
        consumerKnows = Copies.of(consumerKnows);
    }

    /** A rule that reckons with nobody who holds counts of his own. */
    public DisclosureRule(
            By by,
            Method method,
            boolean publicSourcesPass,
            @Nullable Integer threshold,
            Zeros zeros,
            @Nullable Integer width,
            @Nullable Integer roundingBase,
            boolean secondary,
            boolean narrowable) {
        this(by, method, publicSourcesPass, threshold, zeros, width, roundingBase, secondary, narrowable, List.of());
    }

    /** The same, reckoning with these. */
    public DisclosureRule knowing(List<ConsumerKnowledge> attackers) {
        return new DisclosureRule(
                by, method, publicSourcesPass, threshold, zeros, width, roundingBase, secondary, narrowable, attackers);
    }

    /** The same with all that the consumer holds as one attacker has it, by the areas of the leg's sides. */
    public DisclosureRule between(Collection<String> providerAreas, Collection<String> consumerAreas) {
        return knowing(ConsumerKnowledge.pooled(consumerKnows, providerAreas, consumerAreas));
    }

    /** Who protects. */
    public enum By {
        OFFICE,
        GATEWAY
    }

    /** The closed list of methods. */
    public enum Method {
        NONE,
        SUPPRESSION,
        SMALL_COUNT_ROUNDING,
        CONVENTIONAL_ROUNDING,
        CELL_KEY
    }

    /** Whether a zero is shown or protected like a small count. */
    public enum Zeros {
        SHOWN,
        PROTECTED
    }
}
