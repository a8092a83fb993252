package org.entente.gateway.releases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * What an office says of a dataset before its first figure is imported. Texts are checked when it is declared; members that
 * are missing are refused by name.
 *
 * @param id 1 to 64 letters, digits, dots, dashes, underscores
 * @param dataflow {@code AGENCY:ID(VERSION)}
 * @param authority the owning office's id
 * @param title for people
 * @param coverage for each sensitive group {@code EXCLUDED}, {@code SEPARATED}, {@code SEPARABLE} or {@code INCLUDED}
 * @param absent {@code ZERO}, {@code NOT_COLLECTED} or {@code NOT_APPLICABLE}
 * @param sums which sums are promised; may be empty, but not left out
 */
public record DatasetDeclaration(
        @Nullable String id,
        @Nullable String dataflow,
        @Nullable String authority,
        @Nullable String title,
        @Nullable Map<String, String> coverage,
        @Nullable String absent,
        @Nullable List<SumRule> sums) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * The dataset that is declared.
     *
     * @throws EntenteException {@code dataset-incomplete}, naming everything that is missing or unknown
     */
    public Dataset check(Dataflows known) {
        List<String> faults = new ArrayList<>();
        String checkedId = matching("id", id, ID, faults);
        String checkedAuthority = matching("authority", authority, ID, faults);
        if (title == null || title.isBlank() || title.length() > 200) {
            faults.add("title: has 1 to 200 characters");
        }
        Dataflow flow = known.find(String.valueOf(dataflow)).orElse(null);
        if (flow == null) {
            faults.add("dataflow: this node knows "
                    + known.all().stream().map(one -> one.id().toString()).collect(Collectors.joining(", ")));
        }
        SortedMap<SensitiveGroup, Facts.Presence> checkedCoverage = coverage(faults);
        AbsentCells checkedAbsent = constant(AbsentCells.class, absent);
        if (checkedAbsent == null) {
            faults.add("absent: say whether a cell that is not there means ZERO, NOT_COLLECTED or NOT_APPLICABLE");
        }
        List<SumRule> checkedSums = sums(flow == null ? null : flow.structure(), faults);
        if (!faults.isEmpty() || checkedAbsent == null || flow == null) {
            throw new EntenteException(
                    ErrorCode.DATASET_INCOMPLETE, String.join("; ", faults), Map.of("faults", faults));
        }
        ArtefactId flowId = flow.id();
        return new Dataset(
                checkedId,
                flowId,
                checkedAuthority,
                String.valueOf(title),
                checkedCoverage,
                checkedAbsent,
                checkedSums);
    }

    private static String matching(String member, @Nullable String text, Pattern pattern, List<String> faults) {
        if (text == null || !pattern.matcher(text).matches()) {
            faults.add(member + ": has 1 to 64 letters, digits, dots, dashes and underscores");
            return "";
        }
        return text;
    }

    private SortedMap<SensitiveGroup, Facts.Presence> coverage(List<String> faults) {
        SortedMap<SensitiveGroup, Facts.Presence> checked = new TreeMap<>();
        Map<String, String> declared = coverage == null ? Map.of() : coverage;
        for (SensitiveGroup group : SensitiveGroup.values()) {
            Facts.Presence presence = constant(Facts.Presence.class, declared.get(group.name()));
            if (presence == null) {
                faults.add("coverage." + group + ": say EXCLUDED, SEPARATED, SEPARABLE or INCLUDED; what is not known"
                        + " cannot be shared");
            } else {
                checked.put(group, presence);
            }
        }
        for (String name : declared.keySet()) {
            if (constant(SensitiveGroup.class, name) == null) {
                faults.add("coverage." + name + ": is no sensitive group");
            }
        }
        return checked;
    }

    private List<SumRule> sums(@Nullable Structure structure, List<String> faults) {
        if (sums == null) {
            faults.add("sums: list the sums that are promised, or an empty list");
            return List.of();
        }
        if (structure == null) {
            return sums;
        }
        for (SumRule rule : sums) {
            int position = structure.dimensionPosition(rule.dimension());
            if (position < 0 || position == structure.timePosition()) {
                faults.add("sums: " + rule.dimension() + " is no dimension that can be added over");
                continue;
            }
            Dimension dimension = structure.dimensions().get(position);
            List<String> codes = new ArrayList<>(rule.parts() == null ? List.of() : rule.parts());
            if (codes.contains(rule.total())) {
                faults.add(
                        "sums: the total " + rule.total() + " of " + rule.dimension() + " cannot be one of its parts");
            }
            codes.add(rule.total());
            codes.stream()
                    .filter(code -> !dimension.representation().accepts(code))
                    .forEach(code -> faults.add("sums: " + code + " is no code of " + rule.dimension()));
            boolean tolerant = rule.additivity() == SumRule.Additivity.TOLERANCE;
            Double tolerance = rule.tolerance();
            if (tolerant != (tolerance != null) || (tolerance != null && !(tolerance > 0))) {
                faults.add("sums: a tolerance above 0 goes with TOLERANCE and with nothing else");
            }
        }
        return sums;
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        return null;
    }
}
