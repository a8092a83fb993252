package org.entente.gateway.region.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.entente.gateway.region.comparison.Contribution.Standing;
import org.junit.jupiter.api.Test;

class RegionalTotalTest {
    private static final RegionalTotal.Rule SHOWN = new RegionalTotal.Rule(3, 10, true);
    private static final RegionalTotal.Rule TOTALS_ONLY = new RegionalTotal.Rule(3, 10, false);

    private static List<Contribution> published(double... values) {
        List<Contribution> all = new ArrayList<>();
        Arrays.stream(values)
                .forEach(value -> all.add(new Contribution("P" + all.size(), Standing.PUBLISHED, value, 1.5, "2020")));
        return all;
    }

    @Test
    void aWithheldFigureMakesTheTotalALowerBoundAndNeverCountsAsNothing() {
        List<Contribution> all = published(10, 20, 30);
        all.add(new Contribution("W", Standing.WITHHELD, null, 0, "2020"));
        all.add(new Contribution("A", Standing.ABSENT, null, 0, ""));
        RegionalTotal total = RegionalTotal.of(all, SHOWN);
        assertEquals(RegionalTotal.Kind.AT_LEAST, total.kind());
        assertEquals(60, total.value());
        assertEquals(List.of("W"), total.withheldBy());
        assertEquals(List.of("A"), total.absent());
        assertEquals(4.5, total.rounding());
    }

    @Test
    void fewerThanThreeMembersGiveNoTotal() {
        RegionalTotal total = RegionalTotal.of(published(10, 20), SHOWN);
        assertEquals(RegionalTotal.Kind.NOT_SHOWN, total.kind());
        assertNull(total.value());
        assertThrows(IllegalArgumentException.class, () -> new RegionalTotal.Rule(2, 10, true));
    }

    @Test
    void aFigureThatASecondMemberCouldTellIsNotShownWhereMembersAreNot() {
        // P1 knows its own 100 and that the rest beside P0 is at most 1: it would know P0 to 1 in 1000.
        List<Contribution> dominated = published(1000, 100, 1);
        assertEquals(
                RegionalTotal.Kind.NOT_SHOWN,
                RegionalTotal.of(dominated, TOTALS_ONLY).kind());
        assertEquals(
                RegionalTotal.Kind.EXACT, RegionalTotal.of(dominated, SHOWN).kind());
        assertEquals(
                RegionalTotal.Kind.EXACT,
                RegionalTotal.of(published(1000, 900, 800), TOTALS_ONLY).kind());
    }

    @Test
    void aTotalOfNothingTellsOfEverybodyThatItHasNothing() {
        assertEquals(
                RegionalTotal.Kind.NOT_SHOWN,
                RegionalTotal.of(published(0, 0, 0), TOTALS_ONLY).kind());
        assertEquals(0, RegionalTotal.of(published(0, 0, 0), SHOWN).value());
    }

    @Test
    void aFigureIsThereExactlyIfItIsPublished() {
        assertThrows(IllegalArgumentException.class, () -> new Contribution("P", Standing.WITHHELD, 3.0, 0, "2020"));
        assertThrows(IllegalArgumentException.class, () -> new Contribution("P", Standing.PUBLISHED, null, 0, "2020"));
    }

    /** No contributor can tell another one's figure to within p% from a total that is shown without the members' figures. */
    @Property
    void noContributorTellsAnother(@ForAll @Size(min = 1, max = 8) List<@IntRange(max = 2000) Integer> values) {
        List<Contribution> all = published(values.stream().mapToDouble(v -> v).toArray());
        RegionalTotal total = RegionalTotal.of(all, TOTALS_ONLY);
        if (total.value() == null) {
            return;
        }
        double sum = values.stream().mapToInt(v -> v).sum();
        assertEquals(sum, total.value());
        for (int attacker = 0; attacker < values.size(); attacker++) {
            for (int target = 0; target < values.size(); target++) {
                double bound = sum - values.get(attacker);
                if (attacker != target && values.get(target) > 0) {
                    assertTrue(
                            bound - values.get(target) >= values.get(target) * 0.1,
                            values + ": " + attacker + " bounds " + target + " by " + bound);
                }
            }
        }
    }
}
