package org.entente.gateway.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.DescribedStock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a provider says of its figures stands beside them on the page for asking, in the reader's language where there is a text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportOnAskPageTest {

    private final Corridor corridor = Corridor.open();

    @AfterAll
    void close() {
        corridor.close();
    }

    private List<String> about(String language) {
        Users users = corridor.phl().bean(Users.class);
        StaffUser analyst = users.staff(users.get("analyst"));
        AskDesk desk = corridor.phl().bean(AskDesk.class);
        Messages say = Messages.in(language);
        String leg = desk.page(new AskInput("", "", "", "", "", Set.of(), false, false), analyst, say)
                .legs()
                .getFirst()
                .value();
        AskPage page =
                desk.page(new AskInput(leg, "PH", "statistics", "2010", "2020", Set.of(), true, true), analyst, say);
        return Objects.requireNonNull(page.answer(), () -> String.valueOf(page.refusal())).about().stream()
                .map(fact -> fact.value() + ": " + fact.label())
                .toList();
    }

    @Test
    void theReportStandsBesideTheFigures() {
        DescribedStock.describe(corridor.ita(), "Population register");
        DescribedStock.release(corridor.ita());

        List<String> english = about("en");
        assertTrue(english.contains("Source data: Population register"), english::toString);
        assertTrue(english.contains("Data description: Migrants in Italy"), english::toString);
        List<String> french = about("fr");
        assertTrue(french.contains("Description des données: Migrants en Italie"), french::toString);
        assertTrue(french.contains("Données sources: Population register"), french::toString);
    }
}
