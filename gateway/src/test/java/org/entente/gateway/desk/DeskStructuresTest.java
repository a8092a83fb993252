package org.entente.gateway.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.SensitiveGroup;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Filed;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.releases.OwnStructures;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.testing.WorkersAbroad;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk whose tables are not those of the diaspora structure: a structure that it has imported, and a dataflow for exchange. */
class DeskStructuresTest {
    private static final String BORN = "ENTENTE:DF_STOCK_BIRTH(1.0.0)";
    private static final String WORKERS = "/data/dataflow/REGIONAL.SEC/WORKERS/2.0.0/";

    @TempDir
    private Path scratch;

    private @Nullable DeskCorridor opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    /** An agreement by which the desk gives what the first leg is made to be about. */
    private DeskCorridor concluded(Map<String, String> terms, java.util.function.Consumer<ObjectNode> leg) {
        DeskCorridor corridor = new DeskCorridor(scratch);
        opened = corridor;
        corridor.ita.importStructure(
                WorkersAbroad.message(WorkersAbroad.flow(), StructureFormat.ML_3_0), new TreeMap<>());
        StaffUser analyst = corridor.phl.user("analyst", "statistician");
        corridor.phl
                .bean(OwnStructures.class)
                .importMessage(
                        WorkersAbroad.message(WorkersAbroad.flow(), StructureFormat.JSON_2_0), Map.of(), analyst);
        corridor.conclude(
                terms, document -> leg.accept((ObjectNode) document.path("legs").path(0)));
        return corridor;
    }

    private static byte[] declaration(String id, String flow) {
        Map<String, String> coverage = new TreeMap<>();
        Arrays.stream(SensitiveGroup.values()).forEach(group -> coverage.put(group.name(), "EXCLUDED"));
        return CanonicalJson.encode(Map.of(
                "id", id,
                "dataflow", flow,
                "authority", "ISTAT",
                "title", id,
                "coverage", coverage,
                "absent", "ZERO",
                "sums", List.of()));
    }

    private static void publish(DeskCorridor corridor, byte[] declaration, String csv) {
        corridor.ita
                .releases()
                .publish(
                        declaration,
                        csv.getBytes(StandardCharsets.UTF_8),
                        new DeskReleases.Publication(
                                new ReleaseTerms(
                                        ReleaseStatus.FINAL,
                                        new Protection.PublicSource("https://example.org/made-up", "2026-01-01"),
                                        null),
                                "Anna Bianchi",
                                "Carlo Rossi",
                                null,
                                new TreeSet<>()));
    }

    private static String born() {
        return new String(DeskCorridor.stock(), StandardCharsets.UTF_8)
                .replace("DF_DIASPORA(1.0.0)", "DF_STOCK_BIRTH(1.0.0)");
    }

    private static Filed.Response response(SealedFile file) {
        return Objects.requireNonNull(file.letters().getFirst().response());
    }

    private static String figures(DeskCorridor corridor, SealedFile answer) {
        return new String(
                Objects.requireNonNull(corridor.node()
                                .receive(answer.encode())
                                .getFirst()
                                .figures())
                        .body(),
                StandardCharsets.UTF_8);
    }

    @Test
    void aRequestForAnImportedStructureIsAnsweredAndWhatTheLegDoesNotGiveIsRefused() throws Exception {
        DeskCorridor corridor = concluded(Map.of("quota", "3"), WorkersAbroad::leg);
        publish(corridor, declaration("WORKERS", WorkersAbroad.FLOW), WorkersAbroad.table());

        SealedFile request = corridor.asked(WORKERS + "IT.PH", null);
        String figures = figures(corridor, corridor.reopened().answer(request.encode(), null));
        assertTrue(figures.contains("IT,PH,CARE,2024,700"), figures);
        assertFalse(figures.contains("BUILD") || figures.contains(",MD,"), figures);

        SealedFile beyond = corridor.asked(WORKERS + "IT.PH.BUILD", "askAnyway=true");
        Filed.Response refusal = response(corridor.ita.answer(beyond.encode(), null));
        String said = new String(refusal.content(), StandardCharsets.UTF_8);
        assertEquals(403, refusal.status(), said);
        assertTrue(said.contains("TRADE"), said);
        assertEquals(
                List.of("permit", "refusal"),
                corridor.reopened().exchanges().stream()
                        .map(Desk.Exchange::outcome)
                        .toList());
    }

    @Test
    void aDataflowForExchangeIsADatasetOfADeskToo() {
        DeskCorridor corridor = concluded(Map.of(), leg -> leg.put("dataflow", BORN));
        EntenteException outside = assertThrows(
                EntenteException.class,
                () -> publish(corridor, declaration("BORN", BORN), born().replace(",CB,", ",CT,")));
        assertTrue(String.valueOf(outside.members()).contains("CT is no part of the dataflow"), outside.detail());
        publish(corridor, declaration("BORN", BORN), born());

        SealedFile request = corridor.asked("/data/dataflow/ENTENTE/DF_STOCK_BIRTH/1.0.0/A5.IT", null);
        String figures = figures(corridor, corridor.reopened().answer(request.encode(), null));
        assertTrue(figures.lines().skip(1).allMatch(row -> row.contains(BORN) && row.contains(",PH,")), figures);
        assertTrue(figures.lines().count() > 10, figures);
    }

    @Test
    void whatIsNoStructureOrKnownOrUnknownToADatasetIsRefusedAndLeavesNothing() {
        DeskCorridor corridor = new DeskCorridor(scratch);
        opened = corridor;
        byte[] message = WorkersAbroad.message(WorkersAbroad.flow(), StructureFormat.JSON_2_1);
        long entries = corridor.ita.verify();
        refused(
                ErrorCode.FILE_UNUSABLE,
                () -> corridor.ita.importStructure("<a/>".getBytes(StandardCharsets.UTF_8), Map.of()));
        refused(ErrorCode.FILE_UNUSABLE, () -> corridor.ita.importStructure(message, Map.of("HOST", "KING")));
        refused(
                ErrorCode.DATASET_INCOMPLETE,
                () -> publish(corridor, declaration("WORKERS", WorkersAbroad.FLOW), WorkersAbroad.table()));
        assertEquals(entries, corridor.ita.verify());

        corridor.ita.importStructure(message, Map.of());
        refused(ErrorCode.STRUCTURE_EXISTS, () -> corridor.reopened().importStructure(message, Map.of()));
        EntenteException unknown = refused(
                ErrorCode.CODE_UNKNOWN,
                () -> publish(
                        corridor,
                        declaration("WORKERS", WorkersAbroad.FLOW),
                        WorkersAbroad.table().replace("BUILD", "FISH")));
        assertTrue(String.valueOf(unknown.members()).contains("FISH"), unknown.members()::toString);
        assertEquals(List.of(), corridor.ita.releases().all());
    }

    private static EntenteException refused(ErrorCode code, Runnable act) {
        EntenteException refusal = assertThrows(EntenteException.class, act::run);
        assertEquals(code, refusal.code(), refusal.getMessage());
        return refusal;
    }
}
