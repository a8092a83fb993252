package org.entente.agreements.lint;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.ArtefactRef;
import org.entente.agreements.Population;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts;
import org.jspecify.annotations.Nullable;

/**
 * What is known around a document. Whatever is not known is not checked.
 *
 * @param structures structures by which legs are read
 * @param datasets datasets of parties
 * @param cards digest of the root card known of each party
 */
public record LintFacts(List<Structure> structures, List<Dataset> datasets, Map<String, String> cards) {
    /** Nothing is known. */
    public static final LintFacts NONE = new LintFacts(List.of(), List.of(), Map.of());

    public LintFacts {
        structures = List.copyOf(structures);
        datasets = List.copyOf(datasets);
        cards = Map.copyOf(cards);
    }

    /** The structure of this name, if it is known. */
    Optional<Structure> structure(ArtefactRef ref) {
        return structures.stream().filter(s -> s.ref().equals(ref)).findFirst();
    }

    /** The datasets of this party; empty when nothing is known of them. */
    List<Dataset> datasetsOf(String party) {
        return datasets.stream().filter(d -> d.party().equals(party)).toList();
    }

    /**
     * A structure.
     *
     * @param dimensions all but time
     */
    public record Structure(ArtefactRef ref, SortedMap<String, Dimension> dimensions) {
        public Structure {
            dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
        }

        /** The dimension with this role, for roles that only one has. */
        Optional<String> with(Role role) {
            return dimensions.entrySet().stream()
                    .filter(d -> d.getValue().role() == role)
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }

    /**
     * A dimension.
     *
     * @param codes its codelist; absent when any code of a form will do
     */
    public record Dimension(Role role, @Nullable Set<String> codes) {
        public Dimension {
            codes = codes == null ? null : Set.copyOf(codes);
        }
    }

    /** What a dimension says, as far as rules need it. */
    public enum Role {
        FREQUENCY,
        REPORTING_AREA,
        COUNTERPART_AREA,
        BASIS,
        INDICATOR,
        UNIT,
        BREAKDOWN
    }

    /**
     * A dataset of a party.
     *
     * @param concepts how its persons belong to the counterpart
     * @param groups what it holds of sensitive groups; a group that is missing was not declared
     * @param codes the codes it holds, per dimension; a dimension that is missing is not known
     */
    public record Dataset(
            String party,
            String id,
            Set<Population.Concept> concepts,
            Map<SensitiveGroup, Facts.Presence> groups,
            Map<String, Set<String>> codes) {
        public Dataset {
            concepts = Set.copyOf(concepts);
            groups = Map.copyOf(groups);
            codes = Map.copyOf(codes);
        }

        /**
         * A dataset of which figures are there.
         *
         * @param codes the codes it holds, per dimension
         * @param bases its codes of the dimension that says in which sense the counterpart is meant
         */
        public static Dataset published(
                String party,
                String id,
                Map<SensitiveGroup, Facts.Presence> groups,
                Map<String, Set<String>> codes,
                Set<String> bases) {
            Set<Population.Concept> concepts = EnumSet.noneOf(Population.Concept.class);
            for (String basis : bases) {
                Population.Concept concept = Codes.BASES.get(basis);
                if (concept != null) {
                    concepts.add(concept);
                }
            }
            return new Dataset(party, id, concepts, groups, codes);
        }
    }
}
