package org.entente.gateway.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder {@code shared} with standards' vectors and reference data, which lies beside the project and not in it. The
 * system property {@code entente.shared} names it, else the first sibling of that name on the way up from the working
 * directory. Without it a test is skipped; on a build server (CI=true) it fails.
 */
public final class SharedMaterial {

    private SharedMaterial() {}

    /** The file or folder below {@code shared}; aborts the running test if it is not there. */
    public static Path locate(String relative) {
        Path folder = folder();
        Path found = folder == null ? null : folder.resolve(relative);
        if (found == null || !Files.exists(found)) {
            String reason = "shared/" + relative + " is not at hand";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(reason);
            }
            Assumptions.abort(reason);
            throw new IllegalStateException(reason);
        }
        return found;
    }

    private static @Nullable Path folder() {
        String named = System.getProperty("entente.shared");
        if (named != null) {
            return Path.of(named);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolveSibling("shared");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
