package org.entente.gateway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Node.js with the packages of {@code gateway/src/test/npm}, which {@code npm ci} in that folder fetches. Without them a test is skipped;
 * with CI=true it fails.
 */
public final class NodeJs {
    private NodeJs() {}

    /**
     * Runs one of the folder's programs, which trusts one certificate.
     *
     * @param folder for its output
     */
    public static Program.Result run(String program, List<String> arguments, X509Certificate trusted, Path folder)
            throws IOException, InterruptedException {
        Path node =
                List.of(Path.of("/usr/bin/node"), Path.of("/usr/local/bin/node"), Path.of("/usr/bin/nodejs")).stream()
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseGet(() -> missing("Node.js is not installed"));
        Path packages = BuildFolder.project().resolve("gateway/src/test/npm");
        if (!Files.isDirectory(packages.resolve("node_modules"))) {
            missing("the packages of gateway/src/test/npm are not there; run `npm ci` in it");
        }
        List<String> command = new ArrayList<>(
                List.of(node.toString(), packages.resolve(program).toString()));
        command.addAll(arguments);
        return Program.run(
                command,
                Map.of("NODE_EXTRA_CA_CERTS", Program.pem(trusted, folder).toString()),
                folder);
    }

    private static Path missing(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(reason);
        }
        Assumptions.abort(reason);
        throw new IllegalStateException(reason);
    }
}
