package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.entente.gateway.node.NodeContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command on one node. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class NodeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The node's configuration file. Default: $ENTENTE_CONFIG, else node.yml.")
    private @Nullable Path config;

    @Override
    public final Integer call() throws Exception {
        Path file = configFile();
        if (!Files.isRegularFile(file)) {
            throw usage("There is no configuration file " + file.toAbsolutePath() + "; name it with --config.");
        }
        try (ApplicationContext node = NodeContext.open(file, serves())) {
            return run(node);
        }
    }

    /** Whether the command makes the node serve, with everything that runs by schedule. */
    boolean serves() {
        return false;
    }

    /** Does the work on the opened node, whose listeners are closed; the exit code. */
    abstract int run(ApplicationContext node) throws Exception;

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Wrong usage, exit code 2. */
    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Path configFile() {
        if (config != null) {
            return config;
        }
        String named = System.getenv("ENTENTE_CONFIG");
        return Path.of(named == null ? "node.yml" : named);
    }
}
