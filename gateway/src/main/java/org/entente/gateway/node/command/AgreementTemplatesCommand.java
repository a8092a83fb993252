package org.entente.gateway.node.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.entente.agreements.Template;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Templates of agreements; needs no node. */
@Command(
        name = "templates",
        mixinStandardHelpOptions = true,
        description = "Lists the templates of agreements; with a name, writes the form with the values it wants."
                + " Needs no node.",
        footer = {"", "Exit codes: 0 written, 2 wrong usage."})
final class AgreementTemplatesCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A template.")
    private @Nullable String name;

    @Option(names = "--source", description = "Write the template itself, with its comments, instead of the form.")
    private boolean source;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write (default: the terminal).")
    private @Nullable Path out;

    @Override
    public Integer call() {
        if (name == null) {
            PrintWriter terminal = spec.commandLine().getOut();
            Template.NAMES.forEach(
                    t -> terminal.println(t + "\t" + Template.load(t).about()));
            return 0;
        }
        requireTemplate(spec, name);
        AgreementFiles.put(
                spec,
                out,
                source
                        ? new String(Template.source(name), StandardCharsets.UTF_8)
                        : Template.load(name).form());
        return 0;
    }

    /** Wrong usage when there is no template of this name. */
    static void requireTemplate(CommandSpec spec, String name) {
        if (!Template.NAMES.contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no template " + name + "; there are " + String.join(", ", Template.NAMES) + ".");
        }
    }
}
