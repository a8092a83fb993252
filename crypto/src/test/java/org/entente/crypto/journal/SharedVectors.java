package org.entente.crypto.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Published vectors in the folder {@code shared} beside the project. The system property {@code entente.shared} names
 * it, else it is looked for on the way up. Without it a test is skipped, and on a build server (CI=true) fails.
 */
final class SharedVectors {
    private SharedVectors() {}

    static Path locate(String relative) {
        String named = System.getProperty("entente.shared");
        Path at = Path.of("").toAbsolutePath();
        Path found = named == null ? Path.of("/nowhere") : Path.of(named);
        while (named == null && !Files.isDirectory(found) && at != null) {
            found = at.resolveSibling("shared");
            at = at.getParent();
        }
        Path file = found.resolve(relative);
        if (!Files.exists(file)) {
            Assertions.assertNotEquals("true", System.getenv("CI"), "shared/" + relative + " is not at hand");
            Assumptions.abort("shared/" + relative + " is not at hand");
        }
        return file;
    }
}
