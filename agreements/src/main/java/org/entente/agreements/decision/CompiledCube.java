package org.entente.agreements.decision;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.DimensionRule;
import org.jspecify.annotations.Nullable;

/** An allowed cube with everything worked out that depends neither on the request nor on the time. */
final class CompiledCube {
    static final LocalDate OPEN_END = LocalDate.of(9999, 12, 31);

    /** The areas for which the tokens of a cube stand. */
    record Sides(Collection<String> provider, Collection<String> consumer) {}

    private record Odd(Roles roles, List<String> dimensions) {}

    private final AllowedCube cube;
    private final SortedMap<String, String> totals;
    private final LocalDate first;
    private final LocalDate last;
    private final @Nullable SortedMap<String, Selection> fixed;
    /** Worked out for the roles seen last; there is one structure in practice. */
    private volatile @Nullable Odd odd;

    /**
     * @param sides the areas of provider and consumer when these never change; else null
     */
    CompiledCube(AllowedCube cube, @Nullable Sides sides) {
        this.cube = cube;
        this.first = LocalDate.of(cube.years().from(), 1, 1);
        Integer to = cube.years().to();
        this.last = to == null ? OPEN_END : LocalDate.of(to, 12, 31);
        SortedMap<String, String> notBrokenDown = new TreeMap<>();
        for (List<String> crossing : cube.neverCross()) {
            for (String dimension : crossing) {
                DimensionRule rule = cube.dimensions().get(dimension);
                String total = rule == null ? null : rule.total();
                if (total != null) {
                    notBrokenDown.put(dimension, total);
                }
            }
        }
        this.totals = Collections.unmodifiableSortedMap(notBrokenDown);
        this.fixed = sides == null ? null : resolve(sides);
    }

    AllowedCube cube() {
        return cube;
    }

    /** For each dimension in a forbidden crossing the code that means "not broken down". */
    SortedMap<String, String> totals() {
        return totals;
    }

    LocalDate first() {
        return first;
    }

    LocalDate last() {
        return last;
    }

    /** What is allowed of each dimension. */
    SortedMap<String, Selection> allowed(Sides sides) {
        SortedMap<String, Selection> known = fixed;
        return known == null ? resolve(sides) : known;
    }

    private SortedMap<String, Selection> resolve(Sides sides) {
        SortedMap<String, Selection> allowed = new TreeMap<>();
        cube.dimensions().forEach((dimension, rule) -> allowed.put(dimension, selection(rule, sides)));
        return Collections.unmodifiableSortedMap(allowed);
    }

    private static Selection selection(DimensionRule rule, Sides sides) {
        if (rule.allowsAll()) {
            return Selection.ALL;
        }
        SortedSet<String> codes = new TreeSet<>();
        for (String code : rule.codes()) {
            switch (code) {
                case DimensionRule.PROVIDER -> codes.addAll(sides.provider());
                case DimensionRule.CONSUMER -> codes.addAll(sides.consumer());
                default -> codes.add(code);
            }
        }
        return new Selection.Codes(codes);
    }

    /** Dimensions that only one of the cube and the structure has. */
    List<String> odd(Roles roles) {
        Odd known = odd;
        if (known == null || !known.roles().equals(roles)) {
            SortedSet<String> only = new TreeSet<>(roles.dimensions());
            only.removeAll(cube.dimensions().keySet());
            cube.dimensions().keySet().stream()
                    .filter(d -> !roles.dimensions().contains(d))
                    .forEach(only::add);
            known = new Odd(roles, List.copyOf(only));
            odd = known;
        }
        return known.dimensions();
    }
}
