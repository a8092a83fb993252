package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.node.Main;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.StructureMessage;
import org.entente.gateway.statistics.SmallStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures converted and checked without a node, a database or a network. */
class OfflineFiguresTest {

    private static final String FIGURES = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
            + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
            + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS\n"
            + "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T,PH,_T,CB,F,_T,_T,_T,_T,_T,_T,STOCK_IN,PS,2020,7,0,A\n"
            + "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T,PH,_T,CB,M,_T,_T,_T,_T,_T,_T,STOCK_IN,PS,2020,NaN,0,Q\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void figuresGoRoundThroughEveryFormat() throws IOException {
        Path from = file("figures.csv", FIGURES);
        List<String> digests = new ArrayList<>();
        for (String format : List.of(
                "csv1", "csv21", "json2", "json21", "ml30", "ml21", "ml21generic", "xlsx", "excelcsv", "csv2")) {
            Path to = folder.resolve("figures." + format);
            assertEquals(0, run("convert", from.toString(), "--to", format, "--out", to.toString()), err::toString);
            out.getBuffer().setLength(0);
            assertEquals(0, run("validate", to.toString()), err::toString);
            digests.add(out.toString().substring(out.toString().indexOf("digest")));
            from = to;
        }
        assertEquals(1, digests.stream().distinct().count(), digests::toString);
    }

    @Test
    void aWorkbookWithNamesComesBackAsTheSameFigures() throws IOException {
        Path from = file("figures.csv", FIGURES);
        Path back = folder.resolve("back.csv");
        Path again = folder.resolve("again.csv");
        run("convert", from.toString(), "--to", "xlsx", "--labels", "name", "--out", folder + "/a.xlsx");
        run("convert", folder + "/a.xlsx", "--to", "csv2", "--out", back.toString());
        run("convert", from.toString(), "--to", "csv2", "--out", again.toString());
        assertArrayEquals(Files.readAllBytes(again), Files.readAllBytes(back));
    }

    @Test
    void aStructureOfOnesOwnIsReadFromItsFile() throws IOException {
        java.io.ByteArrayOutputStream message = new java.io.ByteArrayOutputStream();
        StructureMessage.all(SmallStructure.dataflow())
                .write(new MessageHeader("M", java.time.Instant.EPOCH, "XY"), message);
        Path structure = file("structure.json", message.toString(StandardCharsets.UTF_8));
        Path figures = file(
                "small.csv",
                "DATAFLOW,WHO,KIND,PART,TIME_PERIOD,OBS_VALUE,MARK\nXY:DF_SMALL(1.0.0),AA,K1,p,2020,5,ok\n");
        assertEquals(
                0,
                run("convert", figures.toString(), "--structure", structure.toString(), "--to", "ml30"),
                err::toString);
        assertTrue(out.toString().contains("<Obs TIME_PERIOD=\"2020\" FIGURE=\"5\" MARK=\"ok\"/>"), out::toString);
    }

    @Test
    void aMistakeIsNamedAndNothingIsWritten() throws IOException {
        Path from = file("figures.csv", FIGURES.replace(",CB,F,", ",CB,X,"));
        assertEquals(1, run("convert", from.toString(), "--to", "json21", "--out", folder + "/out.json"));
        assertTrue(err.toString().contains("row 2, column SEX"), err::toString);
        assertTrue(Files.notExists(folder.resolve("out.json")));
    }

    @Test
    void aWithheldFigureThatDoesNotSayWhyIsRefusedAsAnImportWould() throws IOException {
        Path from = file("figures.csv", FIGURES.replace("NaN,0,Q", "NaN,0,A"));
        assertEquals(1, run("validate", from.toString()));
        assertTrue(err.toString().contains("OBS_STATUS"), err::toString);
    }

    @Test
    void wrongUsageIsSaidSo() throws IOException {
        Path from = file("figures.csv", FIGURES);
        assertEquals(2, run("convert", from.toString(), "--to", "xlsx"));
        assertEquals(2, run("convert", from.toString(), "--to", "punchcards"));
        assertEquals(2, run("convert", from.toString(), "--to", "ml30", "--across", "COLOUR"));
    }
}
