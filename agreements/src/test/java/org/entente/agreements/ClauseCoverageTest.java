package org.entente.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.entente.crypto.canonical.CanonicalJson;
import org.junit.jupiter.api.Test;

/** All forty clauses can be written down, and nothing of what is written is lost. */
class ClauseCoverageTest {
    /** Clauses that are structure rather than text, each with a member that states it. */
    private static final String[][] STRUCTURED = {
        {"1", "/id"},
        {"2", "/parties"},
        {"3", "/parties/0/legalBasis"},
        {"4", "/definitions"},
        {"4", "/legs/0/population/concepts"},
        {"5", "/legs/0/purposes"},
        {"5", "/terms/use"},
        {"7", "/legs/0/cube"},
        {"8", "/legs/0/cube/neverCross"},
        {"8", "/legs/0/population/excluded"},
        {"9", "/legs/0/population/origins"},
        {"10", "/legs/0/standards"},
        {"11", "/terms/quality"},
        {"12", "/legs/0/disclosure"},
        {"13", "/legs/0/access"},
        {"14", "/terms/personalData"},
        {"15", "/legs/0/calendar/phases"},
        {"16", "/legs/0/answering/grounds"},
        {"16", "/legs/0/quota"},
        {"17", "/terms/transfer"},
        {"18", "/terms/security"},
        {"19", "/terms/correction"},
        {"20", "/parties/0/liaison"},
        {"21", "/legs/0/onward"},
        {"22", "/terms/publication"},
        {"23", "/terms/reciprocity"},
        {"25", "/terms/audit"},
        {"26", "/legs/0/retention"},
        {"27", "/terms/breach"},
        {"32", "/crisis"},
        {"33", "/accession"},
        {"34", "/federation"},
        {"35", "/terms/relation"},
        {"37", "/course/entryIntoForce"},
        {"38", "/course/amendment"},
        {"39", "/course/termination"},
        {"40", "/terms/status"},
    };

    @Test
    void every_one_of_the_forty_clauses_is_expressible() throws Exception {
        Agreement agreement = Framework.agreement();
        JsonNode written = CanonicalJson.parseStrict(agreement.canonical());
        Set<Integer> clauses = new TreeSet<>();
        for (String[] clause : STRUCTURED) {
            if (!written.at(clause[1]).isMissingNode()) {
                clauses.add(Integer.valueOf(clause[0]));
            }
        }
        agreement.articles().forEach(a -> clauses.add(a.clause()));
        assertEquals(new TreeSet<>(IntStream.rangeClosed(1, 40).boxed().toList()), clauses);
    }
}
