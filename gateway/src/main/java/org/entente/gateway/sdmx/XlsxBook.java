package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.entente.gateway.statistics.CubeException;
import org.jspecify.annotations.Nullable;

/**
 * An Office Open XML workbook from outside, read sheet by sheet. Before anything is unpacked into memory the whole archive is
 * run through once: too many bytes, too good a compression, too many texts or a document type are refused.
 */
final class XlsxBook {

    private static final int MAX_ENTRIES = 10_000;
    private static final long SMALL = 1 << 20;

    /** Built-in number formats that show a date (ECMA-376 part 1, 18.8.30). */
    private static final Set<Integer> DATES = Set.of(14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47);

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.");
    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final Pattern CELL = Pattern.compile("([A-Z]{1,3})([0-9]{1,7})");

    private final ZipFile archive;
    private final long packed;
    private final ReadLimits limits;

    /** Per sheet name the part that holds it, in the workbook's order. */
    private final Map<String, String> sheets = new LinkedHashMap<>();

    private final List<String> texts = new ArrayList<>();
    private final List<Boolean> dateFormats = new ArrayList<>();

    /** Columns of the row being read whose cells hold a formula. */
    private final Set<Integer> formulas = new java.util.TreeSet<>();

    /** What is done with a row. */
    @FunctionalInterface
    interface RowTaker {
        /**
         * @param number as the program shows it, from 1
         * @param cells texts by column; null where there is none; the list is used again
         * @return whether to go on
         */
        boolean row(int number, List<@Nullable String> cells);
    }

    /** @throws CubeException if it is no workbook, or one that breaks a limit */
    XlsxBook(InputStream in, ReadLimits limits) throws IOException {
        this.limits = limits;
        byte[] bytes = in.readAllBytes();
        this.packed = bytes.length;
        try {
            this.archive = ZipFile.builder()
                    .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                    .get();
            inspect();
        } catch (CubeException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged();
        }
        Map<String, String> ids = new LinkedHashMap<>();
        Map<String, String> targets = new HashMap<>();
        part("xl/workbook.xml", xml -> sheetIds(xml, ids));
        part("xl/_rels/workbook.xml.rels", xml -> {
            while (xml.next()) {
                if (xml.isStart() && xml.name().equals("Relationship")) {
                    targets.put(xml.attribute("Id"), xml.attribute("Target"));
                }
            }
        });
        ids.forEach((name, id) -> {
            String target = targets.getOrDefault(id, "");
            sheets.put(name, target.startsWith("/") ? target.substring(1) : "xl/" + target);
        });
        part("xl/styles.xml", this::styles);
        part("xl/sharedStrings.xml", this::sharedTexts);
        if (sheets.isEmpty()) {
            throw Refusal.malformed("the file is no workbook (.xlsx)");
        }
    }

    private static CubeException damaged() {
        return Refusal.malformed("the workbook's archive is damaged");
    }

    /** Runs through the archive and keeps nothing. */
    private void inspect() throws IOException {
        byte[] buffer = new byte[1 << 14];
        long total = 0;
        int entries = 0;
        for (ZipArchiveEntry entry : Collections.list(archive.getEntries())) {
            if (++entries > MAX_ENTRIES) {
                throw Refusal.malformed("the workbook has more than " + MAX_ENTRIES + " parts");
            }
            try (InputStream part = archive.getInputStream(entry)) {
                for (int read = part.read(buffer); read >= 0; read = part.read(buffer)) {
                    total += read;
                    if (total > limits.unpackedBytes()) {
                        throw Refusal.malformed(
                                "the workbook unpacks to more than " + limits.unpackedBytes() + " bytes");
                    }
                    if (total > SMALL && total / limits.ratio() > packed) {
                        throw Refusal.malformed(
                                "the workbook unpacks to more than " + limits.ratio() + " times its size");
                    }
                }
            }
        }
    }

    @FunctionalInterface
    private interface PartReader {
        void read(HardenedXml xml) throws IOException;
    }

    private boolean part(String name, PartReader reader) throws IOException {
        ZipArchiveEntry entry = archive.getEntry(name);
        if (entry == null) {
            return false;
        }
        try (InputStream part = archive.getInputStream(entry)) {
            reader.read(new HardenedXml(
                    new LimitedInput(part, limits.unpackedBytes(), "a part of the workbook"), limits.depth()));
            return true;
        } catch (IOException e) {
            // The archive is in memory, so what fails is its content.
            throw damaged();
        }
    }

    private static void sheetIds(HardenedXml xml, Map<String, String> ids) throws IOException {
        while (xml.next()) {
            if (xml.isStart() && xml.name().equals("sheet")) {
                ids.put(xml.attribute("name"), xml.attribute("id"));
            }
        }
    }

    private void styles(HardenedXml xml) throws IOException {
        Map<String, Boolean> own = new HashMap<>();
        boolean cells = false;
        while (xml.next()) {
            switch (xml.name()) {
                case "numFmt" -> {
                    if (xml.isStart()) {
                        own.put(xml.attribute("numFmtId"), isDate(xml.attribute("formatCode")));
                    }
                }
                case "cellXfs" -> cells = xml.isStart();
                case "xf" -> {
                    if (cells && xml.isStart()) {
                        String id = xml.attribute("numFmtId");
                        dateFormats.add(own.getOrDefault(id, false)
                                || (id.matches("[0-9]{1,3}") && DATES.contains(Integer.parseInt(id))));
                    }
                }
                default -> {}
            }
        }
    }

    private static boolean isDate(String format) {
        String bare = QUOTED.matcher(format).replaceAll("").toLowerCase(java.util.Locale.ROOT);
        return bare.contains("y") || (bare.contains("d") && bare.contains("m"));
    }

    private void sharedTexts(HardenedXml xml) throws IOException {
        while (xml.next()) {
            if (xml.isStart() && xml.name().equals("si")) {
                if (texts.size() >= limits.texts()) {
                    throw Refusal.malformed("the workbook has more than " + limits.texts() + " texts");
                }
                texts.add(richText(xml));
            }
        }
    }

    /** The runs of a text, without its phonetic reading. */
    private static String richText(HardenedXml xml) throws IOException {
        StringBuilder text = new StringBuilder();
        int phonetic = 0;
        for (int depth = 1; depth > 0 && xml.next(); ) {
            if (!xml.isStart()) {
                depth--;
                phonetic -= xml.name().equals("rPh") ? 1 : 0;
            } else if (xml.name().equals("t")) {
                String run = xml.text();
                text.append(phonetic > 0 ? "" : run);
            } else {
                depth++;
                phonetic += xml.name().equals("rPh") ? 1 : 0;
            }
        }
        Matcher escapes = ESCAPE.matcher(text);
        return escapes.find()
                ? escapes.replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))))
                : text.toString();
    }

    /** The names of the sheets in order. */
    List<String> sheets() {
        return List.copyOf(sheets.keySet());
    }

    /**
     * Reads the rows of a sheet that have cells.
     *
     * @throws CubeException if the workbook has no such sheet or it cannot be read
     */
    void rows(String sheet, RowTaker taker) throws IOException {
        String part = sheets.get(sheet);
        if (part == null || !part(part, xml -> rows(xml, taker))) {
            throw Refusal.malformed("the workbook has no sheet " + Refusal.shortened(sheet) + ", only "
                    + Refusal.shortened(String.join(", ", sheets.keySet())));
        }
    }

    /** The columns of the row that a taker has just been given whose cells hold a formula. */
    Set<Integer> formulaColumns() {
        return formulas;
    }

    private void rows(HardenedXml xml, RowTaker taker) throws IOException {
        List<@Nullable String> cells = new ArrayList<>();
        int row = 0;
        int column = 0;
        while (xml.next()) {
            if (!xml.isStart()) {
                if (xml.name().equals("row") && !taker.row(row, cells)) {
                    return;
                }
            } else if (xml.name().equals("row")) {
                String number = xml.attribute("r");
                row = number.matches("[0-9]{1,7}") ? Integer.parseInt(number) : row + 1;
                cells.clear();
                formulas.clear();
                column = 0;
            } else if (xml.name().equals("c")) {
                column = column(xml.attribute("r"), column, xml);
                while (cells.size() <= column) {
                    cells.add(null);
                }
                cells.set(column, cell(xml, column));
                column++;
            }
        }
    }

    private static int column(String reference, int next, HardenedXml xml) {
        if (reference.isEmpty()) {
            return inSheet(next, xml);
        }
        Matcher matcher = CELL.matcher(reference);
        if (!matcher.matches()) {
            throw Refusal.malformed("'" + Refusal.shortened(reference) + "' is no cell" + xml.at());
        }
        int column = 0;
        for (char letter : matcher.group(1).toCharArray()) {
            column = column * 26 + letter - 'A' + 1;
        }
        return inSheet(column - 1, xml);
    }

    private static int inSheet(int column, HardenedXml xml) {
        if (column >= XlsxFile.MAX_COLUMNS) {
            throw Refusal.malformed("the sheet has more than " + XlsxFile.MAX_COLUMNS + " columns" + xml.at());
        }
        return column;
    }

    private @Nullable String cell(HardenedXml xml, int column) throws IOException {
        String type = xml.attribute("t");
        String style = xml.attribute("s");
        String value = null;
        for (int depth = 1; depth > 0 && xml.next(); ) {
            if (!xml.isStart()) {
                depth--;
            } else if (xml.name().equals("v")) {
                value = xml.text();
            } else if (xml.name().equals("is")) {
                value = richText(xml);
            } else {
                if (xml.name().equals("f")) {
                    formulas.add(column);
                }
                depth++;
            }
        }
        if (value == null) {
            return null;
        }
        return switch (type) {
            case "s" -> shared(value, xml);
            case "b" -> value.equals("1") ? "TRUE" : "FALSE";
            case "inlineStr", "str", "d" -> value;
            case "e" -> value;
            default -> isDateStyle(style) ? date(value) : value;
        };
    }

    private String shared(String index, HardenedXml xml) {
        int number = index.matches("[0-9]{1,9}") ? Integer.parseInt(index) : -1;
        if (number < 0 || number >= texts.size()) {
            throw Refusal.malformed("a cell names a text that the workbook does not have" + xml.at());
        }
        return texts.get(number);
    }

    private boolean isDateStyle(String style) {
        int number = style.matches("[0-9]{1,6}") ? Integer.parseInt(style) : -1;
        return number >= 0 && number < dateFormats.size() && dateFormats.get(number);
    }

    /** Days since 1899-12-30, as programs count them from March 1900 on. */
    private static String date(String serial) {
        try {
            double days = Double.parseDouble(serial);
            return days >= 61 && days < 2_958_466
                    ? LocalDate.of(1899, 12, 30).plusDays((long) days).toString()
                    : serial;
        } catch (NumberFormatException e) {
            return serial;
        }
    }
}
