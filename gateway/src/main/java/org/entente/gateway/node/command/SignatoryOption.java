package org.entente.gateway.node.command;

import org.entente.agreements.life.Signatory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The person who signs for a party. */
final class SignatoryOption {

    @Option(names = "--name", required = true, paramLabel = "TEXT", description = "The name of the person who signs.")
    private String name = "";

    @Option(names = "--post", required = true, paramLabel = "TEXT", description = "The person's post.")
    private String post = "";

    @Option(
            names = "--full-powers",
            paramLabel = "REFERENCE",
            description = "Reference of the full powers; left out where the post needs none.")
    private @Nullable String fullPowers;

    Signatory signatory() {
        return new Signatory(name, post, fullPowers);
    }
}
