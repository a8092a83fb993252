package org.entente.agreements.decision;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.IsoDate;
import org.jspecify.annotations.Nullable;

/** Cuts what is asked for to what the cube allows; what was asked for by name and lies outside is a reason against it. */
final class CubeJudge {
    private final DataRequest request;
    private final LegTerms terms;
    private final CompiledCube compiled;
    private final AllowedCube cube;
    private final Facts facts;
    private final Roles roles;

    CubeJudge(DataRequest request, LegTerms terms, CompiledCube compiled, Facts facts, Roles roles) {
        this.request = request;
        this.terms = terms;
        this.compiled = compiled;
        this.cube = compiled.cube();
        this.facts = facts;
        this.roles = roles;
    }

    /** The slice, meaningful only when no reason was added. */
    Slice judge(CompiledCube.Sides sides, List<Reason> reasons) {
        dimensions(reasons);
        SortedMap<String, Selection> granted = codes(compiled.allowed(sides), reasons);
        for (List<String> crossing : cube.neverCross()) {
            crossing(crossing, compiled.totals(), reasons);
        }
        return time(granted, reasons);
    }

    private void dimensions(List<Reason> reasons) {
        List<String> unknown = new ArrayList<>();
        for (String dimension : request.selections().keySet()) {
            if (!roles.dimensions().contains(dimension)) {
                unknown.add(dimension);
            }
        }
        if (!unknown.isEmpty()) {
            reasons.add(new Reason(
                    Reason.Code.DIMENSION_UNKNOWN,
                    terms.clause(10, "standards"),
                    "the structure has no dimension " + String.join(", ", unknown) + "; it has "
                            + String.join(", ", roles.dimensions()),
                    unknown));
        }
        List<String> odd = compiled.odd(roles);
        if (!odd.isEmpty()) {
            reasons.add(new Reason(
                    Reason.Code.LEG_INCOMPLETE,
                    terms.clause(7, "cube"),
                    "the leg's cube and the structure do not have the same dimensions: " + String.join(", ", odd)
                            + "; what the leg does not speak of does not pass",
                    odd));
        }
    }

    private SortedMap<String, Selection> codes(SortedMap<String, Selection> allowed, List<Reason> reasons) {
        SortedMap<String, Selection> granted = allowed;
        for (Map.Entry<String, Selection> asked : request.selections().entrySet()) {
            Selection within = allowed.get(asked.getKey());
            if (within != null && asked.getValue() instanceof Selection.Codes explicit) {
                outside(asked.getKey(), explicit.codes(), within, reasons);
                granted = granted == allowed ? new TreeMap<>(allowed) : granted;
                granted.put(asked.getKey(), explicit);
            }
        }
        return granted;
    }

    private void outside(String dimension, SortedSet<String> asked, Selection allowed, List<Reason> reasons) {
        List<String> outside = new ArrayList<>();
        for (String code : asked) {
            if (!allowed.contains(code)) {
                outside.add(code);
            }
        }
        if (asked.isEmpty()) {
            reasons.add(new Reason(
                    Reason.Code.CODES_OUTSIDE,
                    terms.clause(7, "cube"),
                    "the request selects no code of " + dimension,
                    List.of()));
        } else if (!outside.isEmpty()) {
            reasons.add(new Reason(
                    Reason.Code.CODES_OUTSIDE,
                    terms.clause(7, "cube"),
                    "leg " + terms.leg().id() + " does not allow " + dimension + " " + String.join(", ", outside)
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
                    terms.clause(8, "cube"),
                    "leg " + terms.leg().id() + " never breaks down " + String.join(" and ", crossing)
                            + " together; ask for one of them only as its total",
                    crossing));
        }
    }

    /** The law, where it asks for more than the agreement. */
    private String lagOfLaw() {
        Facts.NationalFloor national = facts.national();
        return national == null || national.lagMonths() <= cube.lagMonths()
                ? ""
                : " as " + national.reference() + " asks";
    }

    /** Months that must have passed since the end of a period: the agreement's or, when longer, those of national law. */
    private int lagMonths() {
        Facts.NationalFloor national = facts.national();
        return national == null ? cube.lagMonths() : Math.max(cube.lagMonths(), national.lagMonths());
    }

    private Slice time(SortedMap<String, Selection> granted, List<Reason> reasons) {
        LocalDate from = compiled.first();
        LocalDate to = compiled.last();
        LocalDate recent = CompiledCube.OPEN_END;
        if (lagMonths() > 0) {
            recent = LocalDate.ofInstant(facts.now(), terms.zone()).minusMonths(lagMonths());
        }
        LocalDate last = recent.isBefore(to) ? recent : to;
        if (request.time() instanceof TimeSelection.Periods named) {
            periods(named.periods(), from, to, recent, reasons);
            return slice(granted, from, last, named.periods());
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
            reasons.add(new Reason(
                    code, terms.clause(7, "cube"), "none of the time asked for is open: " + years(), List.of()));
        }
        return slice(granted, from, last, null);
    }

    private Slice slice(
            SortedMap<String, Selection> granted, LocalDate from, LocalDate to, @Nullable SortedSet<String> periods) {
        return new Slice(granted, cube.neverCross(), compiled.totals(), new IsoDate(from), new IsoDate(to), periods);
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
                    Reason.Code.YEARS,
                    terms.clause(7, "cube"),
                    which + ": outside the agreed years; " + years(),
                    outside));
        }
        if (!early.isEmpty()) {
            reasons.add(new Reason(
                    Reason.Code.TIME_LAG,
                    terms.clause(7, "cube"),
                    String.join(", ", early) + ": too recent; " + years(),
                    early));
        }
    }

    private String years() {
        Integer to = cube.years().to();
        return "leg " + terms.leg().id() + " covers " + cube.years().from() + (to == null ? " onwards" : " to " + to)
                + (lagMonths() == 0 ? "" : ", " + lagMonths() + " months after the end of a period" + lagOfLaw());
    }
}
