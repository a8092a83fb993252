package org.entente.gateway.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where tests may leave files: {@code gateway/target}, wherever the build was started from. */
public final class BuildFolder {

    private BuildFolder() {}

    /** The project's root: the folder that holds {@code gateway/pom.xml}. */
    public static Path project() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("gateway/pom.xml"))) {
                return at;
            }
        }
        throw new IllegalStateException("the working directory is not inside the project");
    }

    /** A folder or file below {@code gateway/target}. */
    public static Path target(String relative) {
        return project().resolve("gateway/target").resolve(relative);
    }
}
