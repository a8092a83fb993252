package org.entente.agreements.prose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.entente.agreements.Agreement;
import org.entente.agreements.Framework;
import org.entente.agreements.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ProseLayoutTest {
    static final Iterable<String> LANGUAGES = Prose.LANGUAGES;

    private static Document xml(String html) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        return builder.parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void the_page_is_well_formed_says_its_language_and_direction_and_loads_nothing(String language) throws Exception {
        ProseDocument prose = Prose.of(Framework.agreement(), language);
        String html = ProseHtml.of(prose);
        Document page = xml(html);
        Element root = page.getDocumentElement();
        assertEquals(language, root.getAttribute("lang"));
        assertEquals(language.equals("ar") ? "rtl" : "ltr", root.getAttribute("dir"));
        for (String loading : new String[] {"script", "link", "img", "iframe", "object", "a", "form"}) {
            assertEquals(0, page.getElementsByTagName(loading).getLength(), loading);
        }
        assertEquals(
                prose.articles().size(), page.getElementsByTagName("section").getLength());
        assertTrue(root.getTextContent().contains(prose.digest()));
        assertTrue(html.contains("@page") && html.contains("@media print"));
        assertFalse(html.contains("url(") || html.contains("@import"));
    }

    @Test
    void what_a_document_says_never_becomes_markup() throws Exception {
        Agreement hostile = Sample.edited(d -> {
            Sample.at(d, "/title").put("en", "</title><script>alert(1)</script> \u2069 \u2068 & \u0000\u001b[31m");
            Sample.at(d, "/articles/0/text").put("en", "<img src=x onerror=alert(1)> \"quoted\" ]]>");
        });
        String html = ProseHtml.of(Prose.of(hostile, "en"));
        Document page = xml(html);
        assertEquals(0, page.getElementsByTagName("script").getLength());
        assertEquals(0, page.getElementsByTagName("img").getLength());
        assertTrue(page.getDocumentElement().getTextContent().contains("<script>alert(1)</script>"));
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void the_pdf_holds_the_text_the_digest_on_each_page_and_its_fonts(String language) throws Exception {
        ProseDocument prose = Prose.of(Sample.agreement(), language);
        byte[] bytes = ProsePdf.of(prose);
        try (PDDocument pdf = Loader.loadPDF(bytes)) {
            assertEquals(language, pdf.getDocumentCatalog().getLanguage());
            assertTrue(pdf.getDocumentCatalog().getMarkInfo().isMarked(), "tagged for screen readers");
            assertEquals(prose.title(), pdf.getDocumentInformation().getTitle());
            for (int i = 1; i <= pdf.getNumberOfPages(); i++) {
                PDFTextStripper page = new PDFTextStripper();
                page.setStartPage(i);
                page.setEndPage(i);
                assertTrue(page.getText(pdf).contains(prose.digest()), "page " + i);
            }
            for (var page : pdf.getPages()) {
                Iterable<COSName> fonts = page.getResources().getFontNames();
                for (COSName name : fonts) {
                    PDFont font = page.getResources().getFont(name);
                    assertTrue(font.isEmbedded(), font.getName());
                    assertTrue(font.getName().contains("DejaVuSans"), font.getName());
                }
                assertTrue(StreamSupport.stream(fonts.spliterator(), false)
                        .findAny()
                        .isPresent());
            }
        }
    }

    @Test
    void arabic_letters_take_the_shapes_of_their_places() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(ProsePdf.of(Prose.of(Sample.agreement(), "ar")))) {
            String text = new PDFTextStripper().getText(pdf);
            boolean shaped = text.chars().anyMatch(c -> c >= 0xFB50 && c <= 0xFEFF);
            assertTrue(shaped || text.contains("المشاركون"), text.substring(0, 400));
            assertFalse(text.contains("#"), "a letter without a glyph is shown as #");
        }
    }

    @Test
    void the_same_text_gives_the_same_file() {
        assertArrayEquals(
                ProsePdf.of(Prose.of(Sample.agreement(), "fr")), ProsePdf.of(Prose.of(Sample.agreement(), "fr")));
    }
}
