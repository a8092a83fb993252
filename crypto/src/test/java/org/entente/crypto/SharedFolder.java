package org.entente.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Published test vectors lie in a folder {@code shared} beside the repository; the system property {@code
 * entente.shared} names another. Where it is absent a test is skipped, except on the build server, where it fails.
 */
public final class SharedFolder {
    private SharedFolder() {}

    /** A file or folder below {@code shared}. */
    public static Path path(String relative) {
        String configured = System.getProperty("entente.shared");
        if (configured != null) {
            return present(Path.of(configured).resolve(relative), relative);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve(relative);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        return absent(relative);
    }

    /** The bytes of a file below {@code shared}. */
    public static byte[] bytes(String relative) {
        try {
            return Files.readAllBytes(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path present(Path path, String relative) {
        return Files.exists(path) ? path : absent(relative);
    }

    private static Path absent(String relative) {
        String reason = "the published test vectors are not at hand: shared/" + relative;
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        return Assumptions.abort(reason);
    }
}
