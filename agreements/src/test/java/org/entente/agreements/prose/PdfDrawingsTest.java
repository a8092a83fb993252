package org.entente.agreements.prose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawings on pages that are laid out as PDF: they are there, and whatever they name outside of themselves is not looked for. */
class PdfDrawingsTest {
    private static final String DIGEST = "A".repeat(43);
    private static final int RED = 0xcc0000;
    private static final String STYLE_FROM_OUTSIDE = "<style>@import url(@/a.css); rect { fill: #cc0000; }</style>";

    private static byte[] page(String inside) {
        return ProsePdf.ofPage("""
            <html lang="en"><head><title>T</title><meta name="subject" content="T"/></head><body><p>Words</p>
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="400" height="200"
            viewBox="0 0 400 200" alt="A drawing">%s</svg></body></html>\
            """.formatted(inside), false, DIGEST);
    }

    private static long red(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            BufferedImage image = new PDFRenderer(document).renderImageWithDPI(0, 36);
            long red = 0;
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    red += (image.getRGB(x, y) & 0xffffff) == RED ? 1 : 0;
                }
            }
            return red;
        }
    }

    @Test
    void a_drawing_stands_on_the_page_and_the_same_one_gives_the_same_file() throws IOException {
        String square = "<rect x='0' y='0' width='200' height='200' fill='#cc0000'/>";
        assertTrue(red(page(square)) > 1000);
        assertEquals(0, red(page("")));
        assertArrayEquals(page(square), page(square));
    }

    @Test
    void a_drawing_is_read_to_those_who_do_not_see_it() throws IOException {
        try (PDDocument document = Loader.loadPDF(page("<rect width='9' height='9' fill='#cc0000'/>"))) {
            boolean named = document.getDocument().getXrefTable().keySet().stream()
                    .map(key -> document.getDocument().getObjectFromPool(key).getObject())
                    .filter(org.apache.pdfbox.cos.COSDictionary.class::isInstance)
                    .map(org.apache.pdfbox.cos.COSDictionary.class::cast)
                    .anyMatch(one -> "A drawing".equals(one.getString(org.apache.pdfbox.cos.COSName.ALT)));
            assertTrue(named);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<image width='400' height='200' xlink:href='@/a.svg'/>",
                "<image width='400' height='200' xlink:href='@/a.png'/>",
                "<use xlink:href='@/a.svg#a'/>",
                "<use href='@/a.svg#a'/>",
                "<rect width='400' height='200' fill='url(@/a.svg#a)'/>",
                "<rect width='400' height='200' filter='url(@/a.svg#a)'/>",
                STYLE_FROM_OUTSIDE,
                "<style>@font-face { font-family: X; src: url(@/a.ttf); }</style><text y='50' font-family='X'>x</text>",
                "<script xlink:href='@/a.js'/>",
                "<g onload='java.net.URI.create(&quot;@/a&quot;).toURL().openStream()'/>",
                "<script type='application/java-archive' xlink:href='@/a.jar'/>",
                "<tref xlink:href='@/a.svg#a'/>",
                "<color-profile name='p' xlink:href='@/a.icc'/><rect width='9' height='9' fill='#cc0000 icc-color(p,"
                        + " 1)'/>"
            })
    void nothing_that_a_drawing_refers_to_is_fetched(String inside) throws IOException {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] answer = OTHER.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "image/svg+xml");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            page(inside.replace("@/", "http://127.0.0.1:" + server.getAddress().getPort() + "/"));
            assertNotEquals(STYLE_FROM_OUTSIDE, inside);
        } catch (NullPointerException e) {
            // Batik wants to name the style sheet that it has just refused to load from elsewhere, and that has no
            // address.
            assertEquals(STYLE_FROM_OUTSIDE, inside);
        } finally {
            server.stop(0);
        }
        assertEquals(List.of(), asked);
    }

    private static final String OTHER = "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='200'>"
            + "<rect id='a' width='400' height='200' fill='#cc0000'/></svg>";

    @Test
    void no_file_of_the_machine_is_drawn(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.svg"), OTHER);
        assertEquals(0, red(page("<image width='400' height='200' xlink:href='" + file.toUri() + "'/>")));
        assertEquals(0, red(page("<use xlink:href='" + file.toUri() + "#a'/>")));
    }
}
