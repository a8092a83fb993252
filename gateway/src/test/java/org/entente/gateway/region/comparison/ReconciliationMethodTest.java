package org.entente.gateway.region.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.entente.gateway.region.comparison.ReconciliationMethod.Side;

/** What the methods of reconciliation hold for all figures. */
class ReconciliationMethodTest {
    @Property
    void theMeanLiesBetweenBothAndFavoursNoSide(
            @ForAll @IntRange(min = 0) int one, @ForAll @IntRange(min = 0) int other) {
        double mean = ReconciliationMethod.MEAN.of(one, other, null);
        assertEquals(mean, ReconciliationMethod.MEAN.of(other, one, null));
        assertEquals(Math.abs(mean - one), Math.abs(mean - other));
    }

    @Property
    void theLargerIsOneOfBothAndNoSmaller(@ForAll @IntRange(min = 0) int one, @ForAll @IntRange(min = 0) int other) {
        double larger = ReconciliationMethod.LARGER.of(one, other, null);
        assertTrue((larger == one || larger == other) && larger >= one && larger >= other);
    }

    @Property
    void thePreferredIsTheFigureOfTheSideThatIsNamed(
            @ForAll @IntRange(min = 0) int one, @ForAll @IntRange(min = 0) int other) {
        assertEquals(one, ReconciliationMethod.PREFERRED.of(one, other, Side.ORIGIN));
        assertEquals(other, ReconciliationMethod.PREFERRED.of(one, other, Side.DESTINATION));
    }

    @Property
    void aMethodIsFoundByNameAndVersionAlone(@ForAll ReconciliationMethod method) {
        assertEquals(Optional.of(method), ReconciliationMethod.find(method.id()));
        assertEquals(Optional.empty(), ReconciliationMethod.find(method.name()));
        assertEquals(Optional.empty(), ReconciliationMethod.find(method.name() + "/99"));
    }
}
