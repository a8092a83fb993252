package org.entente.agreements.lint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.entente.agreements.ArtefactRef;
import org.entente.agreements.Party;
import org.entente.agreements.Population.Concept;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.TemplateSamples;
import org.entente.agreements.decision.Facts.Presence;
import org.entente.agreements.lint.LintFacts.Dimension;
import org.entente.agreements.lint.LintFacts.Role;
import org.jspecify.annotations.Nullable;

/** What is known around the documents of the tests. */
final class Around {
    static final ArtefactRef STRUCTURE = ArtefactRef.parse("ENTENTE:DSD_DIASPORA(1.0.0)");

    private Around() {}

    /** The structure that the templates name, and the root cards that they name. */
    static LintFacts knowing(String template, LintFacts.Dataset... datasets) {
        Map<String, String> cards = new HashMap<>();
        for (Party party : TemplateSamples.filled(template).parties()) {
            cards.put(party.id(), party.rootCard());
        }
        return new LintFacts(List.of(structure()), Arrays.asList(datasets), cards);
    }

    static LintFacts.Structure structure() {
        Map<String, Dimension> dimensions = new TreeMap<>();
        coded(dimensions, "FREQ", Role.FREQUENCY, "A A5 A10 Q M");
        coded(dimensions, "REF_AREA", Role.REPORTING_AREA, "IT PH MD AZ IN AE TH DE _T");
        coded(dimensions, "COUNTERPART_AREA", Role.COUNTERPART_AREA, "IT PH MD AZ IN AE TH DE _T");
        coded(dimensions, "ORIGIN_BASIS", Role.BASIS, "CB CT CTB CTF PB AN PR NR");
        coded(dimensions, "INDICATOR", Role.INDICATOR, "STOCK_IN STOCK_ABROAD INFLOW OUTFLOW PERMITS_VALID");
        coded(dimensions, "UNIT_MEASURE", Role.UNIT, "PS PERMITS");
        coded(dimensions, "SEX", Role.BREAKDOWN, "_T F M");
        coded(
                dimensions,
                "AGE",
                Role.BREAKDOWN,
                "_T Y_LT15 Y_LT18 Y15T24 Y25T64 Y18T64 Y15T64 Y_GE65 Y_GE80 Y5T14 Y0T4");
        coded(dimensions, "EDUCATION_LEV", Role.BREAKDOWN, "_T ISCED11_0T2 ISCED11_3_4 ISCED11_5T8 _U");
        coded(dimensions, "REASON", Role.BREAKDOWN, "_T EMP FAM EDUC _O");
        coded(dimensions, "STAY", Role.BREAKDOWN, "_T ST LT");
        coded(dimensions, "OCCUPATION", Role.BREAKDOWN, "_T OC1");
        coded(dimensions, "DURATION", Role.BREAKDOWN, "_T Y_LT1");
        dimensions.put("REF_REGION", new Dimension(Role.BREAKDOWN, null));
        dimensions.put("COUNTERPART_REGION", new Dimension(Role.BREAKDOWN, null));
        return new LintFacts.Structure(STRUCTURE, new TreeMap<>(dimensions));
    }

    private static void coded(Map<String, Dimension> dimensions, String name, Role role, String codes) {
        dimensions.put(name, new Dimension(role, Set.of(codes.split(" "))));
    }

    /** An Italian dataset by birth and citizenship that leaves every sensitive group out, but for one. */
    static LintFacts.Dataset dataset(SensitiveGroup odd, @Nullable Presence presence) {
        Map<SensitiveGroup, Presence> groups = new EnumMap<>(SensitiveGroup.class);
        for (SensitiveGroup group : SensitiveGroup.values()) {
            groups.put(group, Presence.EXCLUDED);
        }
        if (presence == null) {
            groups.remove(odd);
        } else {
            groups.put(odd, presence);
        }
        return new LintFacts.Dataset("ITA", "POSAS", Set.of(Concept.BIRTH, Concept.CITIZENSHIP), groups, Map.of());
    }

    static LintFacts.Dataset holding(Set<Concept> concepts, Map<String, Set<String>> codes) {
        LintFacts.Dataset whole = dataset(SensitiveGroup.REFUGEES, Presence.EXCLUDED);
        return new LintFacts.Dataset("ITA", "POSAS", concepts, whole.groups(), codes);
    }

    static List<String> codes(List<Finding> findings) {
        return new ArrayList<>(findings.stream().map(Finding::code).toList());
    }
}
