package org.entente.agreements.decision;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Leg;

/** Cuts what is asked for to what the cube allows; what was asked for by name and lies outside is a reason against it. */
final class CubeJudge {
    private static final LocalDate OPEN_END = LocalDate.of(9999, 12, 31);

    private final DataRequest request;
    private final Agreement agreement;
    private final Leg leg;
    private final AllowedCube cube;
    private final Facts facts;
    private final Roles roles;

    CubeJudge(DataRequest request, Agreement agreement, Leg leg, AllowedCube cube, Facts facts, Roles roles) {
        this.request = request;
        this.agreement = agreement;
        this.leg = leg;
        this.cube = cube;
        this.facts = facts;
        this.roles = roles;
    }

    /** The slice, meaningful only when no reason was added. */
    Slice judge(List<Reason> reasons) {
        dimensions(reasons);
        SortedMap<String, Selection> granted = codes(reasons);
        SortedMap<String, String> totals = new TreeMap<>();
        for (List<String> crossing : cube.neverCross()) {
            for (String dimension : crossing) {
                DimensionRule rule = cube.dimensions().get(dimension);
                if (rule != null && rule.total() != null) {
                    totals.put(dimension, Objects.requireNonNull(rule.total()));
                }
            }
            crossing(crossing, totals, reasons);
        }
        return time(granted, totals, reasons);
    }

    private void dimensions(List<Reason> reasons) {
        List<String> unknown = request.selections().keySet().stream()
                .filter(d -> !roles.dimensions().contains(d))
                .toList();
        if (!unknown.isEmpty()) {
            reasons.add(new Reason(
                    Reason.Code.DIMENSION_UNKNOWN,
                    clause(10, "standards"),
                    "the structure has no dimension " + String.join(", ", unknown) + "; it has "
                            + String.join(", ", roles.dimensions()),
                    unknown));
        }
        SortedSet<String> odd = new TreeSet<>(roles.dimensions());
        odd.removeAll(cube.dimensions().keySet());
        cube.dimensions().keySet().stream()
                .filter(d -> !roles.dimensions().contains(d))
                .forEach(odd::add);
        if (!odd.isEmpty()) {
            reasons.add(new Reason(
                    Reason.Code.LEG_INCOMPLETE,
                    clause(7, "cube"),
                    "the leg's cube and the structure do not have the same dimensions: " + String.join(", ", odd)
                            + "; what the leg does not speak of does not pass",
                    List.copyOf(odd)));
        }
    }

    private SortedMap<String, Selection> codes(List<Reason> reasons) {
        SortedMap<String, Selection> granted = new TreeMap<>();
        cube.dimensions().forEach((dimension, rule) -> {
            Selection asked = request.selections().getOrDefault(dimension, Selection.ALL);
            Selection allowed = allowed(rule);
            if (asked instanceof Selection.Codes explicit) {
                outside(dimension, explicit.codes(), allowed, reasons);
                granted.put(dimension, asked);
            } else {
                granted.put(dimension, allowed);
            }
        });
        return granted;
    }

    private void outside(String dimension, SortedSet<String> asked, Selection allowed, List<Reason> reasons) {
        List<String> outside = asked.stream().filter(c -> !allowed.contains(c)).toList();
        if (asked.isEmpty()) {
            reasons.add(new Reason(
                    Reason.Code.CODES_OUTSIDE,
                    clause(7, "cube"),
                    "the request selects no code of " + dimension,
                    List.of()));
        } else if (!outside.isEmpty()) {
            reasons.add(new Reason(
                    Reason.Code.CODES_OUTSIDE,
                    clause(7, "cube"),
                    "leg " + leg.id() + " does not allow " + dimension + " " + String.join(", ", outside)
                            + "; it allows " + some(allowed),
                    outside));
        }
    }

    private static String some(Selection allowed) {
        if (allowed instanceof Selection.Codes codes) {
            List<String> first = codes.codes().stream().limit(20).toList();
            int more = codes.codes().size() - first.size();
            return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
        }
        return "every code";
    }

    private Selection allowed(DimensionRule rule) {
        if (rule.allowsAll()) {
            return Selection.ALL;
        }
        SortedSet<String> codes = new TreeSet<>();
        for (String code : rule.codes()) {
            if (code.equals(DimensionRule.PROVIDER)) {
                codes.addAll(areas(request.provider()));
            } else if (code.equals(DimensionRule.CONSUMER)) {
                codes.addAll(areas(request.consumer()));
            } else {
                codes.add(code);
            }
        }
        return new Selection.Codes(codes);
    }

    private Collection<String> areas(String party) {
        return agreement.party(party).map(p -> p.areas()).orElse(List.of());
    }

    /** Refuses when every dimension of the crossing is asked for by a code that breaks it down. */
    private void crossing(List<String> crossing, SortedMap<String, String> totals, List<Reason> reasons) {
        boolean byName = crossing.stream().allMatch(d -> {
            Selection asked = request.selections().get(d);
            return asked instanceof Selection.Codes explicit
                    && explicit.codes().stream().anyMatch(c -> !c.equals(totals.get(d)));
        });
        if (byName) {
            reasons.add(new Reason(
                    Reason.Code.CROSSING,
                    clause(8, "cube"),
                    "leg " + leg.id() + " never breaks down " + String.join(" and ", crossing)
                            + " together; ask for one of them only as its total",
                    crossing));
        }
    }

    private Slice time(SortedMap<String, Selection> granted, SortedMap<String, String> totals, List<Reason> reasons) {
        LocalDate from = LocalDate.of(cube.years().from(), 1, 1);
        Integer lastYear = cube.years().to();
        LocalDate to = lastYear == null ? OPEN_END : LocalDate.of(lastYear, 12, 31);
        LocalDate recent = OPEN_END;
        if (cube.lagMonths() > 0) {
            recent = LocalDate.ofInstant(facts.now(), ZoneId.of(agreement.timeZone()))
                    .minusMonths(cube.lagMonths());
        }
        LocalDate last = recent.isBefore(to) ? recent : to;
        if (request.time() instanceof TimeSelection.Periods named) {
            periods(named.periods(), from, to, recent, reasons);
            return new Slice(granted, cube.neverCross(), totals, new IsoDate(from), new IsoDate(last), named.periods());
        }
        if (request.time() instanceof TimeSelection.Range range) {
            LocalDate askedFrom =
                    range.from() == null ? from : Period.parse(range.from()).first();
            LocalDate askedTo =
                    range.to() == null ? last : Period.parse(range.to()).last();
            from = askedFrom.isAfter(from) ? askedFrom : from;
            last = askedTo.isBefore(last) ? askedTo : last;
        }
        if (from.isAfter(last)) {
            boolean tooRecent = !from.isAfter(to) && from.isAfter(recent);
            Reason.Code code = tooRecent ? Reason.Code.TIME_LAG : Reason.Code.YEARS;
            reasons.add(
                    new Reason(code, clause(7, "cube"), "none of the time asked for is open: " + years(), List.of()));
        }
        return new Slice(granted, cube.neverCross(), totals, new IsoDate(from), new IsoDate(last), null);
    }

    private void periods(
            SortedSet<String> asked, LocalDate from, LocalDate to, LocalDate recent, List<Reason> reasons) {
        List<String> outside = new ArrayList<>();
        List<String> early = new ArrayList<>();
        for (String period : asked) {
            Period days = Period.parse(period);
            if (days.first().isBefore(from) || days.last().isAfter(to)) {
                outside.add(period);
            } else if (days.last().isAfter(recent)) {
                early.add(period);
            }
        }
        if (!outside.isEmpty() || asked.isEmpty()) {
            String which = asked.isEmpty() ? "the request selects no period" : String.join(", ", outside);
            reasons.add(new Reason(
                    Reason.Code.YEARS, clause(7, "cube"), which + ": outside the agreed years; " + years(), outside));
        }
        if (!early.isEmpty()) {
            reasons.add(new Reason(
                    Reason.Code.TIME_LAG,
                    clause(7, "cube"),
                    String.join(", ", early) + ": too recent; " + years(),
                    early));
        }
    }

    private String years() {
        Integer to = cube.years().to();
        return "leg " + leg.id() + " covers " + cube.years().from() + (to == null ? " onwards" : " to " + to)
                + (cube.lagMonths() == 0 ? "" : ", " + cube.lagMonths() + " months after the end of a period");
    }

    private ClauseRef clause(int number, String member) {
        return new ClauseRef(number, agreement.id(), leg.id(), member);
    }
}
