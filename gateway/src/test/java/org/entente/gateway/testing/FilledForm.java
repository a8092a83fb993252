package org.entente.gateway.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A workbook of ours in which cells are filled in, as a spreadsheet program would. */
public final class FilledForm {
    private final Map<String, byte[]> parts = new LinkedHashMap<>();

    private FilledForm() {}

    /** Opens a workbook. */
    public static FilledForm of(byte[] workbook) {
        FilledForm form = new FilledForm();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                form.parts.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return form;
    }

    /** Writes a number into a cell that is there. */
    public FilledForm number(int sheet, String cell, String number) {
        return cell(sheet, cell, "<c r=\"" + cell + "\"><v>" + number + "</v></c>");
    }

    /** Writes a text into a cell that is there. */
    public FilledForm text(int sheet, String cell, String text) {
        return cell(sheet, cell, "<c r=\"" + cell + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>");
    }

    /** Writes a formula with its result into a cell that is there. */
    public FilledForm formula(int sheet, String cell, String formula, String result) {
        return cell(sheet, cell, "<c r=\"" + cell + "\"><f>" + formula + "</f><v>" + result + "</v></c>");
    }

    private FilledForm cell(int sheet, String cell, String with) {
        return part("xl/worksheets/sheet" + sheet + ".xml", xml -> {
            Matcher found =
                    Pattern.compile("<c r=\"" + cell + "\"[^>]*?(/>|>.*?</c>)").matcher(xml);
            if (!found.find()) {
                throw new IllegalArgumentException("the sheet has no cell " + cell);
            }
            return xml.substring(0, found.start()) + with + xml.substring(found.end());
        });
    }

    /** Changes the XML of a part. */
    public FilledForm part(String name, UnaryOperator<String> change) {
        String xml = new String(parts.get(name), StandardCharsets.UTF_8);
        parts.put(name, change.apply(xml).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The XML of a part. */
    public String xml(String name) {
        return new String(parts.get(name), StandardCharsets.UTF_8);
    }

    /** Adds a part. */
    public FilledForm add(String name, byte[] content) {
        parts.put(name, content);
        return this;
    }

    /** The workbook. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
