package org.entente.gateway.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.entente.gateway.evidence.BrowserVerifier;

/** The page that verifies evidence without Java, open in a browser from a disk. */
public final class VerifyPage implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String VERIFY = "async ([base64, roots]) => JSON.stringify(await verifyEvidence("
            + "Uint8Array.from(atob(base64), c => c.charCodeAt(0)), roots))";

    private final Path file;
    private final Chromium chromium;
    private final Page page;

    private VerifyPage(Path file, Chromium chromium) {
        this.file = file;
        this.chromium = chromium;
        this.page = chromium.page();
    }

    /** Opens it; where there is no browser the test is skipped, as {@link Chromium#start} says. */
    public static VerifyPage open() throws IOException {
        Chromium chromium = Chromium.start();
        Path file = Files.write(Files.createTempFile("verify", ".html"), BrowserVerifier.page());
        VerifyPage opened = new VerifyPage(file, chromium);
        opened.page.navigate(file.toUri().toString());
        return opened;
    }

    /** The page itself, to use it as a person does. */
    public Page page() {
        return page;
    }

    /** Chooses a file as a person does, and waits until the page has read it. */
    public void choose(Path evidence) {
        page.setInputFiles("#file", evidence);
        page.waitForFunction("document.getElementById('kind').textContent !== ''");
    }

    /**
     * What the page says of a file: its {@code steps} in order, each with {@code name}, {@code holds} and {@code sentence}, and whether all
     * of it {@code holds}.
     *
     * @param roots by party, the fingerprint of its root card
     */
    public JsonNode report(byte[] evidence, Map<String, String> roots) {
        try {
            return MAPPER.readTree(
                    page.evaluate(VERIFY, List.of(Base64.getEncoder().encodeToString(evidence), roots))
                            .toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The step that does not hold; {@code none} if every one does. */
    public String failure(byte[] evidence, Map<String, String> roots) {
        JsonNode report = report(evidence, roots);
        JsonNode last = report.path("steps").path(report.path("steps").size() - 1);
        return report.path("holds").asBoolean() ? "none" : last.path("name").asText();
    }

    @Override
    public void close() {
        chromium.close();
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
