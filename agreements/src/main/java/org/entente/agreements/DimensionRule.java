package org.entente.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a leg allows of one dimension: either an explicit list of codes or all codes.
 *
 * @param codes the allowed codes; empty exactly when {@code all} is set. The tokens {@code @PROVIDER} and {@code @CONSUMER} stand for
 *     the areas of the leg's provider and consumer
 * @param all {@code true} when every code of the dimension is allowed
 * @param total the code that means "not broken down", for example {@code _T}; needed where the dimension stands in a forbidden crossing
 * @param finest the finest agreed level, in words of the codelist, for example {@code NUTS2}; the enforced form is the list of codes
 */
public record DimensionRule(
        List<String> codes,
        @Nullable Boolean all,
        @Nullable String total,
        @Nullable String finest) {
    /** Token for the areas of the leg's provider. */
    public static final String PROVIDER = "@PROVIDER";
    /** Token for the areas of the leg's consumer. */
    public static final String CONSUMER = "@CONSUMER";

    public DimensionRule {
        codes = Copies.of(codes);
    }

    /** A rule that allows exactly these codes. */
    public static DimensionRule codes(String... codes) {
        return new DimensionRule(List.of(codes), null, null, null);
    }

    /** Does the rule allow every code? */
    public boolean allowsAll() {
        return Boolean.TRUE.equals(all);
    }
}
