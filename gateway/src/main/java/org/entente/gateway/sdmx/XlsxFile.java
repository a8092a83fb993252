package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An Office Open XML workbook (ECMA-376 part 1, SpreadsheetML) that is written as it goes: sheets one after the other, texts
 * once each. Equal input gives equal bytes: the archive's times are fixed, and nothing else of the machine gets in.
 */
final class XlsxFile {

    /** Most rows of a sheet. */
    static final int MAX_ROWS = 1_048_576;

    /** Most columns of a sheet. */
    static final int MAX_COLUMNS = 16_384;

    /** Longest text of a cell. */
    static final int MAX_TEXT = 32_767;

    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    /** What a reader would take for a character by its number (ECMA-376 part 1, 22.4.2.4 ST_Xstring). */
    private static final Pattern LIKE_ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private final ZipOutputStream zip;
    private final Map<String, Integer> texts = new LinkedHashMap<>();
    private final List<XlsxSheet> sheets = new ArrayList<>();

    XlsxFile(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /** Begins a sheet; the one before must be finished. */
    XlsxSheet sheet(String name, XlsxSheet.View view) throws IOException {
        XlsxSheet sheet = new XlsxSheet(this, name, sheets.size() + 1);
        sheets.add(sheet);
        sheet.begin(begin("xl/worksheets/sheet" + sheets.size() + ".xml"), view);
        return sheet;
    }

    /** The number under which a text is kept. */
    int text(String text) {
        String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        Integer known = texts.get(cut);
        if (known != null) {
            return known;
        }
        int number = texts.size();
        texts.put(cut, number);
        return number;
    }

    static String escaped(String text) {
        return Xml.escaped(LIKE_ESCAPE.matcher(text).replaceAll("_x005F_"));
    }

    OutputStream begin(String entry) throws IOException {
        ZipEntry header = new ZipEntry(entry);
        header.setTimeLocal(TIME);
        zip.putNextEntry(header);
        return zip;
    }

    void end() throws IOException {
        zip.closeEntry();
    }

    void write(String entry, String content) throws IOException {
        begin(entry).write(content.getBytes(StandardCharsets.UTF_8));
        end();
    }

    /** Writes what all sheets share; the stream is flushed, not closed. */
    void finish(String title, Instant created) throws IOException {
        sharedTexts();
        write("xl/styles.xml", XlsxStyle.sheet());
        StringBuilder list = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        StringBuilder types = new StringBuilder();
        for (XlsxSheet sheet : sheets) {
            int n = sheet.number();
            list.append("<sheet")
                    .append(Xml.attribute("name", sheet.name()))
                    .append(sheet.isHidden() ? " state=\"veryHidden\"" : "")
                    .append(" sheetId=\"" + n + "\" r:id=\"rId" + n + "\"/>");
            relations.append(relation(n, "worksheet", "worksheets/sheet" + n + ".xml"));
            types.append(type("/xl/worksheets/sheet" + n + ".xml", "worksheet"));
            if (sheet.hasNotes()) {
                types.append(type("/xl/comments" + n + ".xml", "comments"));
            }
        }
        write(
                "xl/workbook.xml",
                XML + "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + RELATIONS + "\"><sheets>" + list
                        + "</sheets></workbook>");
        write(
                "xl/_rels/workbook.xml.rels",
                relations(relations
                        + relation(sheets.size() + 1, "sharedStrings", "sharedStrings.xml")
                        + relation(sheets.size() + 2, "styles", "styles.xml")));
        write(
                "docProps/core.xml",
                XML + "<cp:coreProperties xmlns:cp=\"" + PACKAGE
                        + "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                        + " xmlns:dcterms=\"http://purl.org/dc/terms/\""
                        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>" + Xml.escaped(title)
                        + "</dc:title><dcterms:created xsi:type=\"dcterms:W3CDTF\">"
                        + created.truncatedTo(ChronoUnit.SECONDS) + "</dcterms:created></cp:coreProperties>");
        write(
                "_rels/.rels",
                relations(relation(1, "officeDocument", "xl/workbook.xml")
                        + "<Relationship Id=\"rId2\" Type=\"" + PACKAGE
                        + "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"));
        write(
                "[Content_Types].xml",
                XML + "<Types xmlns=\"" + PACKAGE + "content-types\"><Default Extension=\"rels\" ContentType=\""
                        + "application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                        + "<Default Extension=\"vml\" ContentType=\""
                        + "application/vnd.openxmlformats-officedocument.vmlDrawing\"/>"
                        + type("/xl/workbook.xml", "sheet.main") + types
                        + type("/xl/sharedStrings.xml", "sharedStrings")
                        + type("/xl/styles.xml", "styles")
                        + "<Override PartName=\"/docProps/core.xml\" ContentType=\""
                        + "application/vnd.openxmlformats-package.core-properties+xml\"/></Types>");
        zip.finish();
        zip.flush();
    }

    private void sharedTexts() throws IOException {
        ByteSink sink = new ByteSink(begin("xl/sharedStrings.xml"));
        sink.write(XML + "<sst xmlns=\"" + MAIN + "\" uniqueCount=\"" + texts.size() + "\">");
        for (String text : texts.keySet()) {
            sink.write("<si><t xml:space=\"preserve\">" + escaped(text) + "</t></si>");
        }
        sink.write("</sst>");
        sink.flush();
        end();
    }

    /** A part that lists what belongs to another. */
    static String relations(String content) {
        return XML + "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + content + "</Relationships>";
    }

    static String relation(int id, String kind, String target) {
        return "<Relationship Id=\"rId" + id + "\" Type=\"" + RELATIONS + "/" + kind + "\" Target=\"" + target + "\"/>";
    }

    private static String type(String part, String kind) {
        return "<Override PartName=\"" + part
                + "\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml." + kind + "+xml\"/>";
    }
}
