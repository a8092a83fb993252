package org.entente.gateway.evidence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.sdmx.CsvReader;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.WorkbookPages;
import org.entente.gateway.sdmx.WorkbookPages.ProofRows;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * Compares a workbook, cell by cell, with the answers that partners have signed. The evidence of each exchange that the sheet Proof names is
 * verified first; then every row of the sheet Data must be a figure of one of those answers, and the figures on the sheet Table must be those
 * that the rows of Data give. Needs no node and no network.
 */
public final class WorkbookVerifier {
    private static final String DATA = "Data";
    private static final String TABLE = "Table";
    private static final String PROOF = "Proof";

    private final Map<String, String> roots;
    private final Function<String, Optional<byte[]>> evidence;
    private final List<VerificationReport.Step> steps = new ArrayList<>();
    private final List<Dataflow> flows;
    private Dataflow flow;
    private Structure structure;

    private WorkbookVerifier(
            Map<String, String> roots, Function<String, Optional<byte[]>> evidence, List<Dataflow> more) {
        this.roots = roots;
        this.evidence = evidence;
        this.flow = DiasporaStructure.load();
        this.structure = flow.structure();
        this.flows = Stream.concat(DiasporaStructure.flows(flow).stream(), more.stream())
                .toList();
    }

    /** A figure that was signed. */
    private record Signed(double value, Map<String, String> attributes) {}

    /** The first cell that is not what it must be. */
    private static final class Differs extends Exception {
        private static final long serialVersionUID = 1L;

        Differs(String sentence) {
            super(sentence);
        }
    }

    /** Whether a file is a workbook and not an evidence file: it is a ZIP archive. */
    public static boolean isWorkbook(byte[] file) {
        return file.length > 4 && file[0] == 'P' && file[1] == 'K' && file[2] == 3 && file[3] == 4;
    }

    /**
     * Verifies a workbook.
     *
     * @param roots fingerprints of root cards by party, as {@link EvidenceVerifier#verify} takes them
     * @param evidence the evidence file of an exchange, by its id
     * @param flows dataflows besides those that ship with the application, of which the figures may be
     */
    public static VerificationReport verify(
            byte[] workbook,
            Map<String, String> roots,
            Function<String, Optional<byte[]>> evidence,
            List<Dataflow> flows) {
        WorkbookVerifier verifier = new WorkbookVerifier(roots, evidence, flows);
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            verifier.book(book);
        } catch (Differs e) {
            verifier.steps.add(new VerificationReport.Step("cells", false, String.valueOf(e.getMessage())));
        } catch (IOException | RuntimeException e) {
            verifier.steps.add(new VerificationReport.Step("workbook", false, "The workbook cannot be read: " + e));
        }
        return new VerificationReport(verifier.steps);
    }

    private void book(ReadableWorkbook book) throws IOException, Differs {
        Map<String, String> digests = proof(book);
        if (digests.isEmpty()) {
            step(
                    "proof",
                    false,
                    "The sheet Proof names no exchange: figures of the own node alone have no partner's signature.");
            return;
        }
        step("proof", true, "The sheet Proof names the exchanges " + String.join(", ", digests.keySet()) + ".");
        Map<String, Signed> signed = new HashMap<>();
        for (Map.Entry<String, String> exchange : digests.entrySet()) {
            if (!answer(exchange.getKey(), exchange.getValue(), signed)) {
                return;
            }
        }
        Cube cube = data(book, signed);
        step(
                "cells",
                true,
                cube.observationCount() + " rows of the sheet Data are among the " + signed.size()
                        + " signed figures.");
        table(book, cube);
        step("table", true, "The figures on the sheet Table are those of the sheet Data.");
    }

    private void step(String name, boolean holds, String sentence) {
        steps.add(new VerificationReport.Step(name, holds, sentence));
    }

    /** The exchanges on the sheet Proof, with the digest of what was answered. */
    private static Map<String, String> proof(ReadableWorkbook book) throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        String exchange = null;
        try (Stream<Row> rows = sheet(book, PROOF).openStream()) {
            for (Row row : (Iterable<Row>) rows::iterator) {
                String name = text(row, 0);
                if (name.equals(ProofRows.EXCHANGE)) {
                    exchange = text(row, 1);
                    digests.put(exchange, "");
                } else if (name.equals(ProofRows.CONTENT_DIGEST) && exchange != null) {
                    digests.put(exchange, text(row, 1));
                }
            }
        }
        return digests;
    }

    private boolean answer(String exchange, String digest, Map<String, Signed> signed) throws IOException {
        Optional<byte[]> file = evidence.apply(exchange);
        if (file.isEmpty()) {
            step(
                    "evidence",
                    false,
                    "The evidence of the exchange " + exchange + " is not at hand; it is named " + exchange
                            + ".evidence.json and lies beside the workbook, or is given with --evidence.");
            return false;
        }
        VerificationReport report = EvidenceVerifier.verify(file.get(), roots);
        steps.addAll(report.steps());
        if (!report.holds()) {
            return false;
        }
        try {
            EvidenceFile parsed = EvidenceFile.parse(file.get());
            String body = parsed.response().body();
            if (!parsed.exchange().equals(exchange) || body == null) {
                step(
                        "answer",
                        false,
                        "The evidence is of the exchange " + parsed.exchange()
                                + (body == null ? ", whose figures were deleted." : ", not of " + exchange + "."));
                return false;
            }
            byte[] csv = Base64Url.decode("response.body", body);
            String own = Base64Url.encode(Digests.sha256(csv));
            if (!own.equals(digest)) {
                step("answer", false, "The sheet Proof names another digest of the answer than was signed.");
                return false;
            }
            Optional<String> unknown = take(csv, signed.isEmpty());
            if (unknown.isPresent()) {
                step("structure", false, unknown.get());
                return false;
            }
            collect(CsvReader.read(new ByteArrayInputStream(csv), flow), signed);
            step("answer", true, "The answer to the exchange " + exchange + " is the one that the workbook names.");
            return true;
        } catch (VerificationException | EntenteException e) {
            step("answer", false, String.valueOf(e.getMessage()));
            return false;
        }
    }

    /**
     * Takes the dataflow that a signed answer names in its rows.
     *
     * @param first whether no figures of another answer were taken before
     * @return why it cannot be read; empty if it can
     */
    private Optional<String> take(byte[] csv, boolean first) {
        // SDMX-CSV 2.0: STRUCTURE and STRUCTURE_ID are the first two columns, and neither needs quotes.
        String[] cells = new String(csv, StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .findFirst()
                .orElse("")
                .split(",", 3);
        if (cells.length < 3) {
            return Optional.empty();
        }
        String id = cells[1];
        Optional<Dataflow> named = flows.stream()
                .filter(one -> one.id().toString().equals(id)
                        || one.structure().id().toString().equals(id))
                .findFirst();
        if (named.isEmpty()) {
            return Optional.of("The figures are of " + id
                    + ", whose structure does not ship with this program; give it with --structure.");
        }
        if (!first && !named.get().structure().id().equals(structure.id())) {
            return Optional.of("The workbook names answers of two structures, " + structure.id() + " and "
                    + named.get().structure().id() + ".");
        }
        flow = named.get();
        structure = flow.structure();
        return Optional.empty();
    }

    private void collect(Cube cube, Map<String, Signed> signed) {
        ObservationCursor cursor = cube.cursor();
        while (cursor.next()) {
            StringBuilder key = new StringBuilder();
            for (int d = 0; d < structure.dimensions().size(); d++) {
                key.append(d == 0 ? "" : ".").append(cursor.dimensionText(d));
            }
            Map<String, String> attributes = new TreeMap<>();
            for (int a = 0; a < structure.attributes().size(); a++) {
                attributes.put(structure.attributes().get(a).id(), cursor.attributeText(a));
            }
            signed.put(key.toString(), new Signed(cursor.value(), attributes));
        }
    }

    /** The rows of Data and its continuations, each compared with what was signed. */
    private Cube data(ReadableWorkbook book, Map<String, Signed> signed) throws IOException, Differs {
        CubeBuilder builder = Cube.builder(structure);
        Set<String> seen = new HashSet<>();
        for (Sheet sheet : book.getSheets().toList()) {
            if (sheet.getName().equals(DATA) || sheet.getName().startsWith(DATA + " ")) {
                try (Stream<Row> rows = sheet.openStream()) {
                    List<String> header = List.of();
                    for (Row row : (Iterable<Row>) rows::iterator) {
                        if (header.isEmpty()) {
                            header = row.stream()
                                    .map(cell -> cell == null ? "" : cell.getText())
                                    .toList();
                        } else {
                            row(sheet.getName(), row, header, signed, seen, builder);
                        }
                    }
                }
            }
        }
        try {
            return builder.build();
        } catch (CubeException e) {
            throw new Differs("The sheet Data is not consistent: " + e.getMessage());
        }
    }

    private void row(
            String sheet,
            Row row,
            List<String> header,
            Map<String, Signed> signed,
            Set<String> seen,
            CubeBuilder builder)
            throws Differs {
        StringBuilder key = new StringBuilder();
        for (int d = 0; d < structure.dimensions().size(); d++) {
            String id = structure.dimensions().get(d).id();
            String code = text(row, header.indexOf(id));
            key.append(d == 0 ? "" : ".").append(code);
            builder.dimension(id, code);
        }
        Signed figure = signed.get(key.toString());
        if (figure == null) {
            throw new Differs("Row " + row.getRowNum() + " of the sheet " + sheet + " (" + key
                    + ") is no figure that was signed.");
        }
        if (!seen.add(key.toString())) {
            throw new Differs(
                    "Row " + row.getRowNum() + " of the sheet " + sheet + " (" + key + ") stands there twice.");
        }
        int column = header.indexOf(structure.measure().id());
        double value = number(row, column);
        if (column >= 0 && Double.compare(value, figure.value()) != 0) {
            throw new Differs(
                    place(sheet, row, column) + " (" + structure.measure().id() + " of " + key + ") is " + shown(value)
                            + "; signed is " + shown(figure.value()) + ".");
        }
        for (Map.Entry<String, String> attribute : figure.attributes().entrySet()) {
            int at = header.indexOf(attribute.getKey());
            String text = text(row, at);
            // Attributes of a data set as a whole are not repeated where several answers stand together.
            boolean left = text.isEmpty() && isOfDataset(attribute.getKey());
            if (at >= 0 && !left && !text.equals(attribute.getValue())) {
                throw new Differs(place(sheet, row, at) + " (" + attribute.getKey() + " of " + key + ") is '" + text
                        + "'; signed is '" + attribute.getValue() + "'.");
            }
            if (!isOfDataset(attribute.getKey())) {
                builder.attribute(attribute.getKey(), attribute.getValue());
            }
        }
        builder.value(figure.value()).add();
    }

    private boolean isOfDataset(String attribute) {
        return structure
                        .attributes()
                        .get(structure.attributePosition(attribute))
                        .level()
                == org.entente.gateway.statistics.Component.Attribute.Level.DATASET;
    }

    /** The numbers on the sheet Table must stand where the same figures give them. */
    private void table(ReadableWorkbook book, Cube cube) throws IOException, Differs {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataMessage message = DataMessage.of(flow, cube, new MessageHeader("V1", Instant.EPOCH, "V"))
                .withWorkbook(new WorkbookPages("V", List.of(), List.of()));
        DataFormat.XLSX.write(message, out);
        Map<String, Double> expected;
        try (ReadableWorkbook fresh = new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            expected = numbers(sheet(fresh, TABLE));
        }
        Map<String, Double> actual = numbers(sheet(book, TABLE));
        Set<String> places = new java.util.TreeSet<>(expected.keySet());
        places.addAll(actual.keySet());
        for (String place : places) {
            Double shown = actual.get(place);
            Double wanted = expected.get(place);
            if (!Objects.equals(shown, wanted)) {
                throw new Differs(
                        "Cell " + place + " of the sheet Table is " + (shown == null ? "no number" : shown(shown))
                                + "; the figures give " + (wanted == null ? "no number there" : shown(wanted)) + ".");
            }
        }
    }

    private static Map<String, Double> numbers(Sheet sheet) throws IOException {
        Map<String, Double> numbers = new TreeMap<>();
        try (Stream<Row> rows = sheet.openStream()) {
            rows.forEach(row -> row.stream()
                    .filter(cell -> cell != null && cell.getType() == CellType.NUMBER)
                    .forEach(cell -> numbers.put(
                            cell.getAddress().toString(), cell.asNumber().doubleValue())));
        }
        return numbers;
    }

    private static Sheet sheet(ReadableWorkbook book, String name) {
        return book.findSheet(name).orElseThrow(() -> new IllegalArgumentException("there is no sheet " + name));
    }

    private static String text(Row row, int column) {
        Cell cell = cell(row, column);
        return cell == null ? "" : cell.getText();
    }

    private static double number(Row row, int column) throws Differs {
        Cell cell = cell(row, column);
        if (cell == null || cell.getType() == CellType.EMPTY || cell.getText().isEmpty()) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(cell.getRawValue());
        } catch (NumberFormatException e) {
            throw new Differs("Row " + row.getRowNum() + " holds '" + cell.getText() + "' where a number belongs.");
        }
    }

    private static @Nullable Cell cell(Row row, int column) {
        return column < 0 || column >= row.getCellCount() ? null : row.getCell(column);
    }

    private static String place(String sheet, Row row, int column) {
        Cell cell = cell(row, column);
        return "Cell "
                + (cell == null
                        ? "in row " + row.getRowNum()
                        : cell.getAddress().toString()) + " of the sheet " + sheet;
    }

    private static String shown(double value) {
        return Double.isNaN(value) ? "withheld" : new java.math.BigDecimal(value).toPlainString();
    }
}
