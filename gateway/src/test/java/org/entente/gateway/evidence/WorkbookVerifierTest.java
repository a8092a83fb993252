package org.entente.gateway.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.entente.gateway.access.Users;
import org.entente.gateway.exchange.Askers;
import org.entente.gateway.exchange.StaffData;
import org.entente.gateway.exchange.WorkbookNotes;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A workbook against the answer that the partner signed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkbookVerifierTest {
    private static final String TABLE = "xl/worksheets/sheet1.xml";
    private static final String DATA = "xl/worksheets/sheet2.xml";
    private static final String SIGNED = ">85612<";

    private Corridor corridor;
    private String exchange = "";
    private byte[] workbook = {};
    private byte[] evidence = {};
    private Map<String, String> roots = Map.of();

    @BeforeAll
    void askOnce() throws IOException {
        corridor = Corridor.open();
        TestNode phl = corridor.phl();
        Users users = phl.bean(Users.class);
        StaffData data = phl.bean(StaffData.class);
        StaffData.Found found = data.find(
                DataQuery.parse(Corridor.FILIPINOS, "c%5BTIME_PERIOD%5D=ge:2000", StaffData.PARAMETERS),
                phl.bean(Askers.class).of(users.staff(users.get("analyst"))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataFormat.XLSX.write(
                found.message(new MessageHeader("T1", Instant.EPOCH, "PHL"))
                        .withWorkbook(phl.bean(WorkbookNotes.class).of(found)),
                out);
        workbook = out.toByteArray();
        exchange = found.figures().getFirst().exchange().toString();
        evidence = phl.bean(Evidence.class)
                .ofAsked(found.figures().getFirst().exchange())
                .encode();
        roots = Map.of("PHL", fingerprint(phl), "ITA", fingerprint(corridor.ita()));
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static String fingerprint(TestNode node) {
        return node.bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    private VerificationReport verify(byte[] file) {
        assertTrue(WorkbookVerifier.isWorkbook(file));
        return WorkbookVerifier.verify(
                file, roots, id -> id.equals(exchange) ? Optional.of(evidence) : Optional.empty(), List.of());
    }

    private byte[] changed(String part, UnaryOperator<String> change) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean different = false;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(workbook));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().equals(part)) {
                    String text = new String(content, StandardCharsets.UTF_8);
                    String other = change.apply(text);
                    different = !other.equals(text);
                    content = other.getBytes(StandardCharsets.UTF_8);
                }
                zip.putNextEntry(new ZipEntry(entry.getName()));
                zip.write(content);
            }
        }
        assertTrue(different, "nothing was changed in " + part);
        return out.toByteArray();
    }

    private void fails(byte[] file, String step, String... words) {
        VerificationReport report = verify(file);
        assertFalse(report.holds());
        VerificationReport.Step failure = Objects.requireNonNull(report.failure());
        assertEquals(step, failure.name(), failure.sentence());
        for (String word : words) {
            assertTrue(failure.sentence().contains(word), failure.sentence());
        }
    }

    @Test
    void anUnchangedWorkbookHolds() {
        VerificationReport report = verify(workbook);
        assertTrue(report.holds(), String.valueOf(report.failure()));
        assertEquals("table", report.steps().getLast().name());
    }

    @Test
    void aChangedFigureIsNamedOnEitherSheet() throws IOException {
        fails(
                changed(DATA, text -> text.replaceFirst(SIGNED, ">85613<")),
                "cells",
                "85613",
                "signed is 85612",
                "of the sheet Data",
                "PH");
        fails(
                changed(TABLE, text -> text.replaceFirst(SIGNED, ">85613<")),
                "cells",
                "85613",
                "of the sheet Table",
                "85612");
    }

    @Test
    void aTakenAwayFigureIsNotSeenAsWithheld() throws IOException {
        fails(changed(DATA, text -> text.replaceFirst("<v>85612</v>", "")), "cells", "withheld", "85612");
    }

    @Test
    void withoutTheEvidenceNothingIsProved() {
        VerificationReport report = WorkbookVerifier.verify(workbook, roots, id -> Optional.empty(), List.of());
        assertEquals("evidence", Objects.requireNonNull(report.failure()).name());
        assertTrue(report.failure().sentence().contains(exchange + ".evidence.json"));
    }

    @Test
    void theEvidenceOfAnotherPartyProvesNothing() {
        VerificationReport report = WorkbookVerifier.verify(
                workbook,
                Map.of("PHL", roots.get("ITA"), "ITA", roots.get("ITA")),
                id -> Optional.of(evidence),
                List.of());
        assertFalse(report.holds());
    }

    @Test
    void whatIsNoWorkbookIsSaidSo() {
        byte[] broken = java.util.Arrays.copyOf(workbook, 200);
        assertEquals(
                "workbook", Objects.requireNonNull(verify(broken).failure()).name());
        assertFalse(WorkbookVerifier.isWorkbook(evidence));
    }
}
