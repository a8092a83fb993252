package org.entente.gateway.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Reason;
import org.entente.agreements.decision.Selection;
import org.entente.agreements.decision.Slice;
import org.entente.agreements.prose.ReasonWords;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** Goes through the cells of a release and says of each whether a leg grants it, and if not, why not. */
final class CellOutlook {
    private static final String PERIOD = "period";

    private final Structure structure;
    private final Simulation.Compared compared;

    CellOutlook(Structure structure, Simulation.Compared compared) {
        this.structure = structure;
        this.compared = compared;
    }

    private interface Cells {
        /** @param reason null if the cell is granted after */
        void cell(ObservationCursor cell, boolean before, @Nullable String reason) throws IOException;
    }

    Simulation.Count count(boolean comparing, ReasonWords words) {
        SortedMap<String, Long> notGranted = new TreeMap<>();
        long[] seen = new long[4];
        try {
            walk((cell, before, reason) -> {
                seen[0]++;
                if (reason == null) {
                    seen[1]++;
                    seen[2] += before ? 0 : 1;
                } else {
                    notGranted.merge(reason, 1L, Long::sum);
                    seen[3] += before ? 1 : 0;
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("counting writes nothing", e);
        }
        Simulation.Outlook either = compared.either();
        PublishedRelease release = either.release();
        return new Simulation.Count(
                either.leg().id(),
                either.when(),
                either.consumer(),
                release == null ? null : release.dataset().id(),
                release == null ? null : release.id(),
                sentences(words),
                seen[0],
                seen[1],
                notGranted,
                comparing ? seen[2] : null,
                comparing ? seen[3] : null,
                null);
    }

    private List<String> sentences(ReasonWords words) {
        Simulation.Outlook after = compared.after();
        if (after == null) {
            return List.of(words.legAbsent());
        }
        if (after.release() == null) {
            return List.of(words.noRelease());
        }
        return after.decision() instanceof Decision.Refusal refusal
                ? refusal.reasons().stream().map(words::of).toList()
                : List.of();
    }

    static void header(Structure structure, Appendable out) throws IOException {
        List<String> names = new ArrayList<>(List.of("LEG", "WHEN", "CONSUMER", "DATASET", "RELEASE"));
        structure.dimensions().stream().map(Component::id).forEach(names::add);
        names.addAll(List.of("BEFORE", "AFTER", "REASON"));
        out.append(String.join(",", names)).append("\r\n");
    }

    void list(boolean comparing, Appendable out) throws IOException {
        PublishedRelease release = compared.either().release();
        if (release == null) {
            return;
        }
        String start = compared.either().leg().id() + "," + compared.either().when() + ","
                + compared.either().consumer() + "," + release.dataset().id() + "," + release.id() + ",";
        int dimensions = structure.dimensions().size();
        walk((cell, before, reason) -> {
            out.append(start);
            for (int d = 0; d < dimensions; d++) {
                out.append(cell.dimensionText(d)).append(',');
            }
            out.append(comparing ? yes(before) : "")
                    .append(',')
                    .append(yes(reason == null))
                    .append(',');
            out.append(reason == null ? "" : reason).append("\r\n");
        });
    }

    private static String yes(boolean granted) {
        return granted ? "yes" : "no";
    }

    private void walk(Cells cells) throws IOException {
        PublishedRelease release = compared.either().release();
        if (release == null) {
            return;
        }
        Slice before = slice(compared.before());
        Slice after = slice(compared.after());
        String whole = refusal(compared.after());
        ObservationCursor cursor = release.cube().cursor();
        Map<String, String> cell = new LinkedHashMap<>();
        String beforeReason = null;
        String afterReason = null;
        while (cursor.next()) {
            if (cursor.firstOfSeries()) {
                for (int d = 0; d < structure.timePosition(); d++) {
                    cell.put(structure.dimensions().get(d).id(), cursor.dimensionText(d));
                }
                beforeReason = before == null ? PERIOD : outside(before, cell);
                afterReason = after == null ? whole : outside(after, cell);
            }
            String period = cursor.dimensionText(structure.timePosition());
            boolean granted = before != null && beforeReason == null && before.containsPeriod(period);
            String reason = afterReason != null || after == null || after.containsPeriod(period) ? afterReason : PERIOD;
            cells.cell(cursor, granted, reason);
        }
    }

    private static @Nullable Slice slice(Simulation.@Nullable Outlook outlook) {
        return outlook != null && outlook.decision() instanceof Decision.Permit permit ? permit.slice() : null;
    }

    /** Why nothing at all is granted: the codes of a refusal's reasons. */
    private static String refusal(Simulation.@Nullable Outlook outlook) {
        return outlook != null && outlook.decision() instanceof Decision.Refusal refusal
                ? refusal.reasons().stream()
                        .map(reason -> reason.code().code())
                        .distinct()
                        .collect(Collectors.joining(" "))
                : "no-leg";
    }

    /** Why no period of a series is granted: the first dimension with a code outside, else the first forbidden crossing; null if neither. */
    private static @Nullable String outside(Slice slice, Map<String, String> cell) {
        for (Map.Entry<String, String> code : cell.entrySet()) {
            Selection allowed = slice.dimensions().get(code.getKey());
            if (allowed != null && !allowed.contains(code.getValue())) {
                return Reason.Code.CODES_OUTSIDE.code() + " " + code.getKey();
            }
        }
        if (slice.containsCodes(cell)) {
            return null;
        }
        return slice.neverCross().stream()
                .filter(crossing -> crossing.stream()
                        .noneMatch(d -> java.util.Objects.equals(slice.totals().get(d), cell.get(d))))
                .findFirst()
                .map(crossing -> Reason.Code.CROSSING.code() + " " + String.join("+", crossing))
                .orElse(Reason.Code.CODES_OUTSIDE.code());
    }
}
