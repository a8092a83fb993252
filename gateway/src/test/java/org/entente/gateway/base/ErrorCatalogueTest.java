package org.entente.gateway.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.entente.gateway.testing.BuildFolder;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/errors.md} and {@link ErrorCode} together; {@code -Dcatalogue.write=true} writes the page anew. */
class ErrorCatalogueTest {

    private final Path page = BuildFolder.project().resolve("docs/errors.md");

    @Test
    void thePageSaysWhatTheCodeSays() throws IOException {
        String wanted = ErrorCatalogue.markdown();
        if (Boolean.getBoolean("catalogue.write")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, wanted);
        }
        assertEquals(
                wanted,
                Files.readString(page),
                "docs/errors.md is out of date: mvn -pl gateway -am test -Dtest=ErrorCatalogueTest -Dcatalogue.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false");
    }

    @Test
    void everyErrorNamesCauseAndRemedyInWholeSentences() {
        assertTrue(Stream.of(ErrorCode.values())
                .allMatch(e -> e.cause().endsWith(".")
                        && e.remedy().endsWith(".")
                        && !e.title().isBlank()
                        && e.status() >= 400
                        && e.status() <= 599));
    }
}
