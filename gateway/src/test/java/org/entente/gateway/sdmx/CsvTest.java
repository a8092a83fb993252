package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Problem;
import org.entente.gateway.statistics.SmallStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

    private static final MessageHeader HEADER = new MessageHeader("M1", Instant.parse("2026-02-01T10:00:00Z"), "ITA");
    private static final String TOP =
            "STRUCTURE,STRUCTURE_ID,ACTION,WHO,KIND,PART,TIME_PERIOD,FIGURE,MARK,SOURCE,REMARK,UNDER";
    private static final String FLOW = "dataflow,XY:DF_SMALL(1.0.0),I,";

    private final Dataflow flow = SmallStructure.dataflow();

    private Cube sample() {
        CubeBuilder builder = Cube.builder(flow.structure()).datasetAttribute("UNDER", "agreement 7");
        builder.attribute("SOURCE", "office, \"own\"");
        SmallStructure.row(builder, "AA", "K1", "p", "2020", 1234567, "ok");
        builder.attribute("SOURCE", "office, \"own\"").attribute("REMARK", "withheld");
        SmallStructure.row(builder, "AA", "K1", "p", "2021", Double.NaN, "gone");
        SmallStructure.row(builder, "BB", "_T", "p", "2020", 2.5, "ok");
        SmallStructure.row(builder, "BB", "_T", "p", "2021", -3, "ok");
        return builder.build();
    }

    private String written(String parameters) throws IOException {
        BoundQuery query = DataQuery.parse("/data", parameters).bind(flow.structure());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataFormat.CSV_2_0.write(DataMessage.of(flow, sample(), query, HEADER), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Cube read(String text) throws IOException {
        return CsvReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), flow);
    }

    @Test
    void rowsStandAsTheFieldGuideSays() throws IOException {
        assertEquals(
                String.join(
                        "\r\n",
                        TOP,
                        FLOW + "AA,K1,p,2020,1234567,ok,\"office, \"\"own\"\"\",,agreement 7",
                        FLOW + "AA,K1,p,2021,NaN,gone,\"office, \"\"own\"\"\",withheld,agreement 7",
                        FLOW + "BB,_T,p,2020,2.5,ok,,,agreement 7",
                        FLOW + "BB,_T,p,2021,-3,ok,,,agreement 7",
                        ""),
                written(""));
    }

    @Test
    void onlyTheWantedColumnsAreWritten() throws IOException {
        assertEquals(
                String.join(
                        "\r\n",
                        "STRUCTURE,STRUCTURE_ID,ACTION,WHO,KIND,PART,TIME_PERIOD,MARK",
                        FLOW + "BB,_T,p,2020,ok",
                        ""),
                written("attributes=MARK&measures=none&c[WHO]=BB&c[TIME_PERIOD]=2020"));
        assertEquals(
                String.join(
                        "\r\n", "STRUCTURE,STRUCTURE_ID,ACTION,WHO,KIND,PART", FLOW + "AA,K1,p", FLOW + "BB,_T,p", ""),
                written("attributes=none&measures=none"));
    }

    @Test
    void whatIsWrittenReadsBackTheSame() throws IOException {
        assertArrayEquals(sample().digest(), read(written("")).digest());
    }

    @ParameterizedTest
    @CsvSource({"\\n", "\\r\\n"})
    void lineEndsSeparatorsQuotesOrderAndByteOrderMarkMayDiffer(String end) throws IOException {
        String text = "\uFEFF\"STRUCTURE\";\"STRUCTURE_ID\";FIGURE;TIME_PERIOD;WHO;KIND;PART;MARK" + end
                + "datastructure;XY:DSD_SMALL(1.2.0);+1.50e1;2020;AA;\"K1\";\"a;\"\"b\"\"\";ok";
        Cube cube = read(text.translateEscapes());
        assertEquals(List.of("AA.K1.a;\"b\".2020.=15.0|ok|||"), SmallStructure.lines(cube));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "AA,K1,p,2020,1,ok,,~2~~MALFORMED~11 cells",
                "AA,K1,p,2020,1,ok,,,,~2~~MALFORMED~13 cells",
                "AA,K1,p,2020,,ok,,,~2~FIGURE~MISSING~NaN",
                "AA,K1,p,2020,1 000,ok,,,~2~FIGURE~MALFORMED~'1 000'",
                "AA,K1,p,2020,Infinity,ok,,,~2~FIGURE~MALFORMED~Infinity",
                "AA,K1,p,2020,0x1p3,ok,,,~2~FIGURE~MALFORMED~0x1p3",
                "AA,K1,p,2020,1,,,,~2~MARK~MISSING~mandatory",
                "AA,K1,p,2020,1,hm,,,~2~MARK~CODE_UNKNOWN~XY:CL_MARK(1.0)",
                "ZZ,K1,p,2020,1,ok,,,~2~WHO~CODE_UNKNOWN~'ZZ'",
                ",K1,p,2020,1,ok,,,~2~WHO~CODE_UNKNOWN~''",
                "AA,k1,p,2020,1,ok,,,~2~KIND~CODE_UNKNOWN~'k1'",
                "AA,K1 ,p,2020,1,ok,,,~2~KIND~CODE_UNKNOWN~'K1 '",
                "AA,K1,p,twenty,1,ok,,,~2~TIME_PERIOD~CODE_UNKNOWN~not a time period",
                "AA,K1,p,2020,1,ok,,a\"b,~2~REMARK~MALFORMED~quote",
                "AA,K1,p,2020,1,ok,,\"a\"b,~2~REMARK~MALFORMED~closing quote",
                "AA,K1,p,2020,1,ok,,\"a\tb\",~2~REMARK~CODE_UNKNOWN~not a String",
            })
    void aBadCellIsNamedByRowAndColumn(String row, long number, String column, Problem.Kind kind, String detail) {
        CubeException refused = assertThrows(CubeException.class, () -> read(TOP + "\n" + FLOW + row + "\n"));
        Problem problem = refused.problems().getFirst();
        assertEquals(number, problem.row());
        assertEquals(column == null ? "" : column, problem.column());
        assertEquals(kind, problem.kind());
        assertTrue(problem.detail().contains(detail), problem.detail());
    }

    @Test
    void allMistakesAreNamedInOneGo() {
        String text = String.join(
                "\n",
                TOP,
                FLOW + "AA,K1,p,2020,1,ok,,,",
                FLOW + "ZZ,K1,p,2021,x,ok,,,",
                FLOW + "short",
                FLOW + "AA,K1,p,2022,1,hm,,,",
                "");
        CubeException refused = assertThrows(CubeException.class, () -> read(text));
        assertEquals(
                List.of("3 WHO", "3 FIGURE", "4 ", "5 MARK"),
                refused.problems().stream().map(p -> p.row() + " " + p.column()).toList());
        assertEquals(4, refused.total());
    }

    @Test
    void aRepeatedKeyIsNamedWithBothRows() {
        String row = FLOW + "AA,K1,p,2020,1,ok,,,\n";
        CubeException refused = assertThrows(CubeException.class, () -> read(TOP + "\n" + row + row));
        assertEquals(Problem.Kind.DUPLICATE_KEY, refused.problems().getFirst().kind());
        assertEquals(3, refused.problems().getFirst().row());
        EntenteException mapped = DataProblems.refusal(refused);
        assertEquals(ErrorCode.DUPLICATE_KEY, mapped.code());
        assertEquals(
                Map.of(
                        "row",
                        3L,
                        "column",
                        "",
                        "code",
                        "duplicate-key",
                        "detail",
                        refused.problems().getFirst().detail()),
                ((List<?>) java.util.Objects.requireNonNull(mapped.members().get("problems"))).getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "``~must begin",
                "WHO,KIND~must begin",
                "STRUCTURE~must begin",
                "STRUCTURE,WHO,STRUCTURE_ID,KIND,PART,TIME_PERIOD,FIGURE,MARK~STRUCTURE and STRUCTURE_ID",
                "STRUCTURE,STRUCTURE_ID,WHO,KIND,PART,TIME_PERIOD,FIGURE~missing",
                "STRUCTURE,STRUCTURE_ID,WHO,PART,TIME_PERIOD,FIGURE,MARK~missing",
                "STRUCTURE,STRUCTURE_ID,WHO,KIND,PART,TIME_PERIOD,FIGURE,MARK,COLOUR~no component",
                "STRUCTURE,STRUCTURE_ID,WHO,KIND,PART,TIME_PERIOD,FIGURE,MARK,MARK~twice",
                "STRUCTURE[;],STRUCTURE_ID,WHO,KIND,PART,TIME_PERIOD,FIGURE,MARK~must begin",
            })
    void aBadHeaderIsRefusedInRowOne(String header, String detail) {
        CubeException refused = assertThrows(CubeException.class, () -> read(header));
        assertEquals(1, refused.problems().getFirst().row());
        assertTrue(
                refused.problems().getFirst().detail().contains(detail),
                refused.problems().getFirst().detail());
    }

    @ParameterizedTest
    @CsvSource({
        "'dataflow,XY:OTHER(1.0.0),I,', STRUCTURE_ID",
        "'metadataflow,XY:DF_SMALL(1.0.0),I,', STRUCTURE",
        "'dataflow,XY:DF_SMALL(1.0.0),D,', ACTION",
    })
    void dataOfAnotherStructureOrToBeDeletedAreRefused(String start, String column) {
        CubeException refused =
                assertThrows(CubeException.class, () -> read(TOP + "\n" + start + "AA,K1,p,2020,1,ok,,,\n"));
        assertEquals(column, refused.problems().getFirst().column());
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] text = (TOP + "\n" + FLOW + "AA,K1,p,2020,1,ok,,caf\u00e9,\n").getBytes(StandardCharsets.ISO_8859_1);
        CubeException refused =
                assertThrows(CubeException.class, () -> CsvReader.read(new ByteArrayInputStream(text), flow));
        assertEquals("REMARK", refused.problems().getFirst().column());
    }

    @Test
    void anUnclosedQuoteAndAnEndlessCellAreRefused() {
        assertThrows(CubeException.class, () -> read(TOP + "\n" + FLOW + "AA,K1,p,2020,1,ok,,\"open,\n"));
        assertThrows(
                CubeException.class,
                () -> read(TOP + "\n" + FLOW + "AA,K1,p,2020,1,ok,," + "a".repeat(CsvTokens.MAX_CELL + 1) + ",\n"));
    }

    @Test
    void moreRowsThanAllowedAreRefused() {
        String text = TOP + "\n" + FLOW + "AA,K1,p,2020,1,ok,,,\n" + FLOW + "AA,K1,p,2021,1,ok,,,\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(CubeException.class, () -> CsvReader.read(new ByteArrayInputStream(bytes), flow, 1));
    }

    @Test
    void readingStopsWhenThereAreTooManyMistakes() {
        String text = TOP + "\n" + (FLOW + "ZZ,K1,p,2020,1,ok,,,\n").repeat(5_000);
        CubeException refused = assertThrows(CubeException.class, () -> read(text));
        assertEquals(CubeBuilder.MAX_PROBLEMS, refused.total());
    }
}
