package org.entente.agreements.prose;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer.SvgExternalResourceMode;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer.SvgScriptMode;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.logging.Level;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.entente.crypto.Base64Url;

/**
 * Lays an agreement's text, or the difference of two texts, out as PDF, tagged for screen readers (ISO 14289-1, PDF/UA). The fonts are embedded, nothing is loaded from anywhere, and the
 * same text gives the same bytes: neither the time nor the machine stands in the file.
 */
public final class ProsePdf {
    /** DejaVu Sans covers Latin, Greek, Cyrillic and Arabic with its presentation forms; free to embed (Bitstream Vera licence). */
    private static final String FONTS = "/net/sf/jasperreports/fonts/dejavu/";

    private static final String FAMILY = "DejaVu Sans";

    static {
        // The library reports on its own progress otherwise, on the console.
        XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.WARNING));
    }

    private ProsePdf() {}

    /** The agreement's text as a PDF file. */
    public static byte[] of(ProseDocument document) {
        return render(ProseHtml.of(document), document.rightToLeft(), document.digest());
    }

    /** The difference of two texts as a PDF file. */
    public static byte[] of(Difference difference) {
        return render(ProseHtml.of(difference), difference.rightToLeft(), difference.digestAfter());
    }

    /**
     * Any page as a PDF file, laid out like an agreement.
     *
     * @param html complete, well-formed as XML too, with its style in it and nothing to load; drawings are {@code svg} elements of the
     *     SVG 1.1 namespace with an {@code alt} attribute and no text, since text in them would take the machine's fonts. A drawing that
     *     refers to anything outside, or holds a script, is left out
     * @param digest 32 bytes in base64url that stand for the content
     */
    public static byte[] ofPage(String html, boolean rightToLeft, String digest) {
        return render(html, rightToLeft, digest);
    }

    private static byte[] render(String html, boolean rightToLeft, String digest) {
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.useFastMode();
        builder.usePdfUaAccessibility(true);
        builder.useUriResolver((base, uri) -> null);
        builder.useSVGDrawer(new BatikSVGDrawer(SvgScriptMode.SECURE, SvgExternalResourceMode.SECURE));
        builder.useFont(() -> font("DejaVuSans.ttf"), FAMILY, 400, FontStyle.NORMAL, true);
        builder.useFont(() -> font("DejaVuSans-Bold.ttf"), FAMILY, 700, FontStyle.NORMAL, true);
        builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
        builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
        builder.defaultTextDirection(rightToLeft ? TextDirection.RTL : TextDirection.LTR);
        builder.withProducer("Entente");
        builder.withHtmlContent(html, null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
            renderer.layout();
            renderer.createPDFWithoutClosing();
            try (PDDocument pdf = renderer.getPdfDocument()) {
                PDDocumentInformation about = pdf.getDocumentInformation();
                about.setCreationDate(null);
                about.setModificationDate(null);
                // PDFBox makes the file's identifier from this number, else from the clock.
                pdf.setDocumentId(ByteBuffer.wrap(Base64Url.decode(digest)).getLong());
                pdf.save(out);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream font(String file) {
        return Objects.requireNonNull(ProsePdf.class.getResourceAsStream(FONTS + file), file);
    }
}
