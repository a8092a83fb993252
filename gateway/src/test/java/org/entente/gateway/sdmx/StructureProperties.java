package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.Dataflow;

/** Laws of structure queries, over generated queries. */
class StructureProperties {

    private static final Catalogue CATALOGUE = SampleCatalogue.catalogue();

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> types =
                Arbitraries.of(ArtefactType.values()).map(ArtefactType::path).injectDuplicates(0.1);
        Arbitrary<String> path = Combinators.combine(
                        Arbitraries.oneOf(types, Arbitraries.just("*")),
                        Arbitraries.of("*", "XY", "ITA", "SDMX", "XY,ITA"),
                        Arbitraries.of("*", "DF_PART", "CL_KIND", "LEG_1", "DSD_SMALL,CL_MARK"),
                        Arbitraries.of("*", "~", "+", "1.0.0,~", "1.*.0"))
                .as((type, agency, id, version) -> "/structure/" + type + "/" + agency + "/" + id + "/" + version);
        Arbitrary<String> detail = Arbitraries.of(
                "full",
                "raw",
                "allstubs",
                "allcompletestubs",
                "referencestubs",
                "referencecompletestubs",
                "referencepartial");
        Arbitrary<String> references = Arbitraries.of(
                "none",
                "parents",
                "parentsandsiblings",
                "ancestors",
                "children",
                "descendants",
                "all",
                "codelist",
                "dataconstraint,agencyscheme",
                "all,categorisation");
        return Combinators.combine(path, detail, references)
                .as((where, much, others) -> where + "?detail=" + much + "&references=" + others);
    }

    private static StructureQuery parse(String query) {
        String[] parts = query.split("\\?");
        return StructureQuery.parse(parts[0], parts[1]);
    }

    @Property(tries = 150)
    void everyAnswerFollowsTheOfficialSchemas(@ForAll("queries") String query, @ForAll StructureFormat format) {
        StructureMessage message = parse(query).select(CATALOGUE);
        if (!message.isEmpty() && format.canShow(message)) {
            StructureMessagesTest.assertValid(
                    format, format.bytes(message, StructureMessagesTest.HEADER, Languages.ANY));
        }
    }

    @Property(tries = 300)
    void referencesOnlyAdd(@ForAll("queries") String query) {
        Set<Ref> with = refs(parse(query));
        Set<Ref> without = refs(parse(query.replaceAll("references=.*", "references=none")));
        assertTrue(with.containsAll(without), query);
        assertEquals(with.size(), parse(query).select(CATALOGUE).shown().size(), "each artefact once");
    }

    @Property(tries = 300)
    void allIsParentsAndSiblingsWithDescendants(@ForAll("queries") String query) {
        String plain = query.replaceAll("references=.*", "references=");
        Set<Ref> both = new HashSet<>(refs(parse(plain + "parentsandsiblings")));
        both.addAll(refs(parse(plain + "descendants")));

        assertEquals(both, refs(parse(plain + "all")));
        assertTrue(refs(parse(plain + "descendants")).containsAll(refs(parse(plain + "children"))));
        assertTrue(refs(parse(plain + "ancestors")).containsAll(refs(parse(plain + "parents"))));
    }

    private static Set<Ref> refs(StructureQuery query) {
        Set<Ref> refs = new HashSet<>();
        query.select(CATALOGUE)
                .shown()
                .forEach(shown -> refs.add(shown.artefact().ref()));
        return refs;
    }

    /** A flow with all it needs, in any format, is read back as the same flow. */
    @Property(tries = 8)
    void aFlowIsReadBack(@ForAll StructureFormat format) throws IOException {
        StructureMessage message = StructureQuery.parse("/structure/dataflow/XY/DF_SMALL", "references=descendants")
                .select(CATALOGUE);
        List<Dataflow> read = StructureReader.read(
                new ByteArrayInputStream(format.bytes(message, StructureMessagesTest.HEADER, Languages.ANY)), Map.of());

        assertEquals(1, read.size());
        assertEquals("XY:DF_SMALL(1.0.0)", read.getFirst().id().toString());
    }
}
