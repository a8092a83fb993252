package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.entente.agreements.prose.Difference;
import org.entente.agreements.prose.ProseHtml;
import org.entente.agreements.prose.ProsePdf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What changes between two versions of an agreement, in words; needs no node. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Says in words what changes between two versions of an agreement: legs, codes and sentences."
                + " Needs no node.",
        footer = {"", "Exit codes: 0 written, 1 a file is no valid agreement, 2 wrong usage."})
final class AgreementCompareCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "The earlier version, JSON or YAML.")
    private Path before = Path.of("before.yaml");

    @Parameters(index = "1", paramLabel = "AFTER", description = "The later version, JSON or YAML.")
    private Path after = Path.of("after.yaml");

    @Mixin
    private RenderingOptions rendering = new RenderingOptions();

    @Override
    public Integer call() {
        Difference difference =
                Difference.between(AgreementFiles.read(before), AgreementFiles.read(after), rendering.language(spec));
        rendering.put(spec, difference::plain, () -> ProseHtml.of(difference), () -> ProsePdf.of(difference));
        return 0;
    }
}
