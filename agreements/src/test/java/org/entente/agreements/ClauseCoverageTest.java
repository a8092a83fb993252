package org.entente.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.entente.agreements.lint.Clauses;
import org.junit.jupiter.api.Test;

/** All forty clauses can be written down, the templates write them, and the guide for legal officers lists them. */
class ClauseCoverageTest {
    private static final Path GUIDE = Path.of("../docs/agreements.md");
    private static final Path LIST = Path.of("../../shared/data/agreement_clauses.csv");
    private static final Set<Integer> FORTY =
            new TreeSet<>(IntStream.rangeClosed(1, 40).boxed().toList());

    @Test
    void every_one_of_the_forty_clauses_is_expressible() throws Exception {
        assertEquals(FORTY, Clauses.in(Framework.agreement()));
        assertEquals(
                FORTY,
                new TreeSet<>(Clauses.ALL.stream().map(Clauses.Clause::number).toList()));
    }

    @Test
    void every_clause_stands_in_a_template() {
        Set<Integer> written = new TreeSet<>();
        Template.NAMES.forEach(name -> written.addAll(Clauses.in(TemplateSamples.filled(name))));
        assertEquals(FORTY, written);
    }

    @Test
    void a_place_belongs_to_the_clause_with_the_closest_member() {
        assertEquals(8, Clauses.at("/legs/3/cube/neverCross/0").orElseThrow().number());
        assertEquals(7, Clauses.at("/legs/3/cube/dimensions/AGE").orElseThrow().number());
        assertEquals(
                20, Clauses.at("/parties/0/liaison/0/authority").orElseThrow().number());
        assertEquals(2, Clauses.at("/parties/0/id").orElseThrow().number());
        assertEquals(
                39, Clauses.at("/course/termination/noticeDays").orElseThrow().number());
        assertTrue(Clauses.at("/articles/0").isEmpty());
        assertTrue(Clauses.at("/titles").isEmpty());
    }

    /** The guide's table has one row a clause: number, name, members, enforced. */
    @Test
    void the_guide_lists_every_clause_with_its_members_and_whether_it_is_enforced() throws IOException {
        List<String> guide = Files.readAllLines(GUIDE);
        for (Clauses.Clause clause : Clauses.ALL) {
            String members = clause.members().isEmpty()
                    ? "`/articles`"
                    : String.join(
                            " ",
                            clause.members().stream().map(m -> "`" + m + "`").toList());
            String row = "| " + clause.number() + " | " + clause.name() + " | " + members + " | "
                    + (clause.enforced() ? "yes" : "no") + " |";
            assertTrue(guide.stream().anyMatch(l -> l.startsWith(row)), "the guide lacks the row " + row);
        }
    }

    @Test
    void the_list_is_the_published_one() throws IOException {
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(Files.exists(LIST), LIST + " is missing, and continuous integration has it");
        }
        assumeTrue(Files.exists(LIST), "the published list of clauses is not beside this checkout");
        List<String> lines = Files.readAllLines(LIST);
        Pattern row = Pattern.compile("(\\d+),([^,\"]+|\"[^\"]+\"),.*,([YN]),.*");
        List<String> published = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            var m = row.matcher(line);
            assertTrue(m.matches(), line);
            published.add(m.group(1) + " " + m.group(2) + " " + m.group(3));
        }
        assertEquals(
                published,
                Clauses.ALL.stream()
                        .map(c -> c.number() + " " + c.name() + " " + (c.enforced() ? "Y" : "N"))
                        .toList());
    }
}
