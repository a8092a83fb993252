package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.entente.agreements.prose.Prose;
import org.entente.agreements.prose.ProseDocument;
import org.entente.agreements.prose.ProseHtml;
import org.entente.agreements.prose.ProsePdf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An agreement in a file as numbered articles; needs no node. */
@Command(
        name = "prose",
        mixinStandardHelpOptions = true,
        description = "Writes an agreement in a file as numbered articles in a language. Needs no node.",
        footer = {"", "Exit codes: 0 written, 1 the file is no valid agreement, 2 wrong usage."})
final class AgreementProseCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The agreement, JSON or YAML.")
    private Path file = Path.of("agreement.yaml");

    @Mixin
    private RenderingOptions rendering = new RenderingOptions();

    @Override
    public Integer call() {
        ProseDocument prose = Prose.of(AgreementFiles.read(file), rendering.language(spec));
        rendering.put(spec, prose::plain, () -> ProseHtml.of(prose), () -> ProsePdf.of(prose));
        return 0;
    }
}
