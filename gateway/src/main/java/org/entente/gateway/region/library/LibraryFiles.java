package org.entente.gateway.region.library;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** What files a library takes: by what is in them, and not by their name. */
final class LibraryFiles {
    /** Bytes of a file. */
    static final int MOST_BYTES = 20 << 20;

    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_PARTS = 10_000;

    private LibraryFiles() {}

    /**
     * The media type of a file.
     *
     * @throws EntenteException {@code library-entry-invalid} if it is none of PDF, OpenDocument text and Office Open XML text, too long, or
     *     its name says another thing
     */
    static String type(String name, byte[] content) {
        if (content.length == 0 || content.length > MOST_BYTES) {
            throw invalid("file: has 1 byte to " + (MOST_BYTES >> 20) + " MiB.");
        }
        if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._()-]{0,99}")) {
            throw invalid("file: its name has letters, digits, spaces, and . _ ( ) -, 100 at most.");
        }
        String type = Arrays.equals(PDF, 0, PDF.length, content, 0, Math.min(PDF.length, content.length))
                ? "application/pdf"
                : packed(content);
        String ending = switch (type) {
            case "application/pdf" -> ".pdf";
            case "application/vnd.oasis.opendocument.text" -> ".odt";
            case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" -> ".docx";
            default -> throw invalid("file: is neither PDF nor a text of OpenDocument or Office Open XML.");
        };
        if (!name.toLowerCase(Locale.ROOT).endsWith(ending)) {
            throw invalid("file: its content is " + type + ", and its name does not end with " + ending + ".");
        }
        return type;
    }

    private static String packed(byte[] content) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            ZipEntry entry = zip.getNextEntry();
            for (int parts = 0; entry != null && parts < MOST_PARTS; parts++, entry = zip.getNextEntry()) {
                if (entry.getName().equals("mimetype")) {
                    return new String(zip.readNBytes(200), StandardCharsets.US_ASCII).strip();
                }
                if (entry.getName().equals("word/document.xml")) {
                    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
                }
            }
            return "";
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }

    private static EntenteException invalid(String sentence) {
        return new EntenteException(ErrorCode.LIBRARY_ENTRY_INVALID, sentence);
    }
}
