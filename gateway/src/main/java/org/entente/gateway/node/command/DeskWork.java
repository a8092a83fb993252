package org.entente.gateway.node.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.entente.gateway.desk.Desk;
import org.entente.gateway.desk.DeskFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command on a desk in a folder; it needs no database and no configuration file. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class DeskWork implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-d", "--desk"},
            paramLabel = "FOLDER",
            description = "The desk's folder. Default: $ENTENTE_DESK, else the folder in which you are.")
    private @Nullable Path folder;

    @Mixin
    private PasswordOption password = new PasswordOption();

    @Override
    public final Integer call() {
        try (Desk desk = open(folder(), passphrase())) {
            return run(desk);
        }
    }

    Desk open(Path place, char[] passphrase) {
        return DeskFolder.open(place, passphrase, Clock.systemUTC(), new SecureRandom());
    }

    /** Does the work; the exit code. */
    abstract int run(Desk desk);

    private Path folder() {
        if (folder != null) {
            return folder;
        }
        String named = System.getenv("ENTENTE_DESK");
        return Path.of(named == null ? "." : named);
    }

    /** From the file that is named, else from the variable that a node reads too, else from the person at the terminal. */
    private char[] passphrase() {
        String given = System.getenv("ENTENTE_PASSPHRASE");
        if (!password.isNamed() && given != null) {
            return given.toCharArray();
        }
        String ring = "the desk's key ring";
        return (isNew() ? password.choose(ring) : password.read(ring)).toCharArray();
    }

    /** Whether the key ring is made by this command. */
    boolean isNew() {
        return false;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Wrong usage, exit code 2. */
    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
