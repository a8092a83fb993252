package org.entente.gateway.node;

import java.io.PrintWriter;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.node.command.EntenteCommand;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The runnable jar: {@code java -jar entente.jar COMMAND}. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code: 0 done, 1 refused or failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        // Only a serving node reports its doings; another command reports its result.
        if (arguments.length > 0 && !arguments[0].equals("serve") && System.getenv("ENTENTE_LOG") == null) {
            System.setProperty("ENTENTE_LOG", "WARN");
        }
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    /** Runs one command with its results on {@code out} and everything else on {@code err}; its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new EntenteCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err))
                .execute(arguments);
    }

    private static int report(Exception failure, PrintWriter err) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof EntenteException known) {
                err.println(known.code().code() + ": " + known.detail());
                known.members().forEach((name, value) -> err.println("  " + name + ": " + value));
                err.println("  " + known.code().remedy());
                LoggerFactory.getLogger(Main.class).debug("refused", failure);
                return 1;
            }
        }
        err.println("internal-error: " + failure);
        LoggerFactory.getLogger(Main.class).error("the command failed", failure);
        return 1;
    }
}
