package org.entente.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the page for asking offers under an agreement of which one leg is of a dataflow that the node has never been told of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskDeskTest {
    private Corridor corridor;

    @BeforeAll
    void open() {
        corridor = Corridor.open(plan -> plan, Map.of(), AskDeskTest::oneMoreLeg);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static void oneMoreLeg(ObjectNode document) {
        ArrayNode legs = (ArrayNode) document.path("legs");
        ObjectNode other = legs.get(0).deepCopy();
        other.put("id", "ITA-PHL-OTHER").put("dataflow", "STAT:DF_OTHER(2.0.0)");
        legs.add(other);
    }

    @Test
    void aLegOfAnUnknownDataflowIsNamedAndNotOffered() {
        StaffUser analyst = corridor.phl().user("reader", Roles.STATISTICIAN);
        for (String language : Messages.LANGUAGES) {
            AskPage page = corridor.phl()
                    .bean(AskDesk.class)
                    .page(new AskInput("", "", "", "", "", Set.of(), false, false), analyst, Messages.in(language));
            assertEquals(1, page.legs().size(), page.legs().toString());
            List<String> unknown = page.unknown();
            assertEquals(1, unknown.size());
            assertTrue(
                    unknown.getFirst().contains("ITA-PHL-OTHER")
                            && unknown.getFirst().contains("STAT:DF_OTHER(2.0.0)"),
                    unknown.getFirst());
        }
    }
}
