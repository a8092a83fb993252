package org.entente.gateway.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.ConsumerKnowledge;
import org.entente.gateway.disclosure.Additivity;
import org.entente.gateway.disclosure.CountTable;
import org.entente.gateway.disclosure.Dimension;
import org.entente.gateway.disclosure.DisclosureControl;
import org.entente.gateway.disclosure.Holder;
import org.entente.gateway.disclosure.Rules;
import org.entente.gateway.disclosure.Specification;
import org.entente.gateway.region.MemberStates.Row;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ProtectionLoss;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseLosses;
import org.junit.jupiter.api.Test;

/** Members of a framework who each hold a register of their own nationals, and may tell each other. */
class CoalitionTest {
    /** Women and men by citizenship: two Sri Lankan women, whom Indians and Filipinos would hide most cheaply. */
    private static final Map<String, long[]> COUNTS = new TreeMap<>(Map.of(
            "LK", new long[] {2, 40}, "IN", new long[] {30, 50}, "PH", new long[] {60, 70}, "NP", new long[] {800, 900
            }));

    @Test
    void aReleaseIsProtectedAgainstAllMembersTogetherWhereEachAloneLearnsNothing() {
        try (MemberStates region = MemberStates.open(
                new TreeMap<>(Map.of("ARE", "AE", "IND", "IN", "PHL", "PH")), CoalitionTest::amongMembers)) {
            Release release = region.protectedByTheNode("ARE", "BY-CITIZENSHIP", rows());
            Protection.ByGateway protection = (Protection.ByGateway) release.protection();
            List<ConsumerKnowledge> attackers = protection.rule().consumerKnows();
            for (String area : List.of("IN", "PH")) {
                assertTrue(attackers.stream().anyMatch(one -> areas(one).equals(Set.of(area))), attackers.toString());
            }
            assertTrue(
                    attackers.stream().anyMatch(one -> areas(one).equals(Set.of("IN", "PH"))),
                    "no member holds both, and together they do: " + attackers);

            ProtectionLoss loss =
                    region.node("ARE").bean(ReleaseLosses.class).of(release.id(), false, region.approver("ARE"));
            SortedSet<String> withheld = new TreeSet<>();
            loss.different().forEach(cell -> withheld.add(cell.key().get("COUNTERPART_AREA")));
            // What either member lacks would do against each alone, and against no two: the dear Nepalese it is.
            assertEquals(new TreeSet<>(Set.of("LK", "NP")), withheld);
            assertTrue(safe(Set.of("LK", "IN", "PH"), "IN") && safe(Set.of("LK", "IN", "PH"), "PH"));
            assertFalse(safe(Set.of("LK", "IN", "PH"), "IN", "PH"));
            assertTrue(safe(withheld, "IN", "PH"));
        }
    }

    private static void amongMembers(ObjectNode document) {
        ArrayNode legs = (ArrayNode) document.get("legs");
        ObjectNode leg = legs.get(0).deepCopy();
        leg.put("id", "AMONG-MEMBERS").put("consumer", "@MEMBERS");
        ObjectNode disclosure = (ObjectNode) leg.get("disclosure");
        disclosure
                .put("by", "GATEWAY")
                .put("method", "SUPPRESSION")
                .put("threshold", 5)
                .put("zeros", "SHOWN");
        ObjectNode held = disclosure.putArray("consumerKnows").addObject();
        held.putObject("source").put("en", "Consular register");
        ObjectNode cells = held.putArray("cells").addObject();
        cells.putObject("codes").putArray("COUNTERPART_AREA").add("@CONSUMER");
        cells.putArray("by").add("SEX");
        legs.add(leg);
    }

    private static Set<String> areas(ConsumerKnowledge one) {
        Set<String> areas = new TreeSet<>();
        one.cells().forEach(cells -> areas.addAll(cells.codes().getOrDefault("COUNTERPART_AREA", List.of())));
        return areas;
    }

    private static Map<List<String>, Long> counts() {
        Map<List<String>, Long> counts = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        COUNTS.forEach((area, bySex) -> {
            for (String at : List.of(area, "_T")) {
                counts.merge(List.of(at, "F"), bySex[0], Long::sum);
                counts.merge(List.of(at, "M"), bySex[1], Long::sum);
                counts.merge(List.of(at, "_T"), bySex[0] + bySex[1], Long::sum);
            }
        });
        return counts;
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        counts().forEach((codes, count) -> rows.add(Row.stock(codes.get(0), codes.get(1), 2020, count)));
        return rows;
    }

    /** Whether the women and men of these citizenships are safe from one who has the counts of those. */
    private static boolean safe(Set<String> withheld, String... held) {
        List<CountTable.Row> truth = new ArrayList<>();
        List<CountTable.Row> shown = new ArrayList<>();
        counts().forEach((codes, count) -> {
            boolean hidden = withheld.contains(codes.get(0)) && !codes.get(1).equals("_T");
            truth.add(new CountTable.Row(codes, count, truth.size() + 2));
            shown.add(new CountTable.Row(codes, hidden ? CountTable.WITHHELD : count, shown.size() + 2));
        });
        List<String> columns = List.of("COUNTERPART_AREA", "SEX");
        Holder holder = new Holder(
                "registers",
                List.of(new Holder.Cells(
                        new TreeMap<>(Map.of("COUNTERPART_AREA", new TreeSet<>(List.of(held)))),
                        new TreeSet<>(Set.of("SEX")))));
        Specification specification = Specification.of(
                        columns.stream()
                                .map(column -> Dimension.flat(column, "_T", Additivity.EXACT))
                                .toList(),
                        "n",
                        Rules.strict(5, Rules.Zeros.SHOWN))
                .against(List.of(holder));
        return DisclosureControl.create()
                .audit(new CountTable(columns, shown), specification, List.of(), new CountTable(columns, truth))
                .safe();
    }
}
