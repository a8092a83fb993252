package org.entente.gateway.releases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A balance as it is declared. Texts are checked then; what is missing or unknown is refused by name.
 *
 * @param id 1 to 64 letters, digits, dots, dashes, underscores
 * @param title for people
 * @param additivity {@code EXACT}, {@code TOLERANCE} or {@code NOT_ADDITIVE}
 * @param tolerance whole people above 0, with {@code TOLERANCE} only
 * @param total what the parts make together
 * @param parts what makes it up
 */
public record BalanceDeclaration(
        @Nullable String id,
        @Nullable String title,
        @Nullable String additivity,
        @Nullable Long tolerance,
        @Nullable Term total,
        @Nullable List<Term> parts) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MOST_PARTS = 50;
    private static final int MOST_YEARS = 100;

    /** A term as it is declared; of the total's year, and added, unless it says otherwise. */
    public record Term(
            @Nullable String dataset,
            @Nullable Map<String, String> codes,
            @Nullable Integer years,
            @Nullable Boolean minus) {
        private Balance.Term read() {
            return new Balance.Term(
                    String.valueOf(dataset),
                    new TreeMap<>(codes == null ? Map.of() : codes),
                    years == null ? 0 : years,
                    Boolean.TRUE.equals(minus));
        }
    }

    /**
     * The balance that is declared.
     *
     * @param structures by a dataset's id its structure; null if there is no such dataset
     * @throws EntenteException {@code balance-invalid}, naming everything that is missing or unknown
     */
    public Balance check(Function<String, @Nullable Structure> structures) {
        List<String> faults = new ArrayList<>();
        if (id == null || !ID.matcher(id).matches()) {
            faults.add("id: has 1 to 64 letters, digits, dots, dashes and underscores");
        }
        if (title == null || title.isBlank() || title.length() > 200) {
            faults.add("title: has 1 to 200 characters");
        }
        SumRule.Additivity kind = additivity(faults);
        if (total == null || parts == null || parts.isEmpty() || parts.size() > MOST_PARTS) {
            faults.add("total, parts: a total and 1 to " + MOST_PARTS + " parts, each with its dataset");
        }
        if (total == null || parts == null || kind == null) {
            throw invalid(faults);
        }
        Balance balance = new Balance(
                String.valueOf(id),
                String.valueOf(title),
                kind,
                tolerance,
                total.read(),
                parts.stream().map(Term::read).toList());
        terms(balance, structures, faults);
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
        return balance;
    }

    private static EntenteException invalid(List<String> faults) {
        return new EntenteException(ErrorCode.BALANCE_INVALID, String.join("; ", faults), Map.of("faults", faults));
    }

    private SumRule.@Nullable Additivity additivity(List<String> faults) {
        SumRule.Additivity kind = null;
        for (SumRule.Additivity one : SumRule.Additivity.values()) {
            kind = one.name().equals(additivity) ? one : kind;
        }
        if (kind == null) {
            faults.add("additivity: say EXACT, TOLERANCE or NOT_ADDITIVE");
        }
        if ((kind == SumRule.Additivity.TOLERANCE) != (tolerance != null) || (tolerance != null && tolerance < 1)) {
            faults.add("tolerance: a whole number above 0 goes with TOLERANCE and with nothing else");
        }
        return kind;
    }

    private static void terms(Balance balance, Function<String, @Nullable Structure> structures, List<String> faults) {
        Set<String> named = new TreeSet<>();
        balance.terms().forEach(term -> named.addAll(term.codes().keySet()));
        Map<String, Structure> known = new TreeMap<>();
        for (String dataset : balance.datasets()) {
            Structure structure = structures.apply(dataset);
            if (structure == null) {
                faults.add("dataset: there is no dataset " + dataset);
            } else {
                known.put(dataset, structure);
            }
        }
        Set<String> everywhere = null;
        Set<String> anywhere = new TreeSet<>();
        for (Structure structure : known.values()) {
            List<String> ids =
                    structure.dimensions().stream().map(Dimension::id).toList();
            anywhere.addAll(ids);
            if (everywhere == null) {
                everywhere = new HashSet<>(ids);
            } else {
                everywhere.retainAll(ids);
            }
        }
        Set<String> shared = everywhere == null ? Set.of() : everywhere;
        Set<Balance.Term> seen = new HashSet<>();
        for (Balance.Term term : balance.terms()) {
            Structure structure = known.get(term.dataset());
            if (structure != null) {
                term(term, structure, named, shared, faults);
            }
            if (!seen.add(new Balance.Term(term.dataset(), term.codes(), term.years(), false))) {
                faults.add("parts: the same figure of " + term.dataset() + " stands twice");
            }
        }
        if (balance.total().minus() || balance.total().years() != 0) {
            faults.add("total: is neither taken away nor of another year; the parts are");
        }
        named.stream()
                .filter(dimension -> !anywhere.contains(dimension))
                .forEach(dimension -> faults.add("codes: no structure has a dimension " + dimension));
    }

    private static void term(
            Balance.Term term, Structure structure, Set<String> named, Set<String> shared, List<String> faults) {
        if (Math.abs(term.years()) > MOST_YEARS) {
            faults.add("years: at most " + MOST_YEARS + " before or after");
        }
        for (int d = 0; d < structure.dimensions().size(); d++) {
            Dimension dimension = structure.dimensions().get(d);
            String code = term.codes().get(dimension.id());
            if (d == structure.timePosition()) {
                if (code != null || !shared.contains(dimension.id())) {
                    faults.add("codes: " + dimension.id() + " is the time, which all terms share; say years instead");
                }
            } else if (code == null) {
                if (named.contains(dimension.id()) || !shared.contains(dimension.id())) {
                    faults.add("codes: say which " + dimension.id() + " of " + term.dataset()
                            + " is meant, as of the other terms");
                }
            } else if (!dimension.representation().accepts(code)) {
                faults.add("codes: " + code + " is no code of " + dimension.id());
            }
        }
        term.codes().keySet().stream()
                .filter(dimension -> structure.dimensionPosition(dimension) < 0)
                .forEach(dimension ->
                        faults.add("codes: the figures of " + term.dataset() + " have no dimension " + dimension));
    }
}
