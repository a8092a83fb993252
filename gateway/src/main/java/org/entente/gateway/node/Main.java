package org.entente.gateway.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.context.exceptions.DependencyInjectionException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.node.command.EntenteCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The runnable jar: {@code java -jar entente.jar COMMAND}. */
public final class Main {

    /** SHA-256 in base64url without padding, alone, as the value of an option, or as the first of a list. */
    private static final Pattern DIGEST_LIKE_AN_OPTION = Pattern.compile("^(--[a-z-]+=)?(-[A-Za-z0-9_-]{42}(?:,.*)?)$");

    private static final String MARK = "\u0001";

    /**
     * How often the platform's HTTP client sends a request. It would send a GET again by itself when the connection is lost, under the same
     * signature, and the partner would take that for a replay; a repeat is to be signed anew and journaled.
     */
    private static final String SENDS = "jdk.httpclient.redirects.retrylimit";

    private Main() {}

    /** Runs one command and ends the process with its exit code: 0 done, 1 refused or failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        // Only a serving node keeps a log; another command reports its result, and ENTENTE_LOG shows how it came about.
        if (arguments.length > 0 && !arguments[0].equals("serve") && System.getenv("ENTENTE_LOG") == null) {
            System.setProperty("ENTENTE_LOG", "OFF");
        }
        System.setProperty(SENDS, "1");
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    /** Runs one command with its results on {@code out} and everything else on {@code err}; its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new EntenteCommand())
                .setOut(out)
                .setErr(err)
                .registerConverter(String.class, Main::unmarked)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err));
        return line.execute(marked(arguments));
    }

    /**
     * Every 64th digest begins with a hyphen, and the parser would take it for an option. Such a word is marked before it is parsed, and the
     * mark is taken off when it is given to the command.
     */
    private static String[] marked(String... arguments) {
        String[] marked = arguments.clone();
        for (int i = 0; i < marked.length; i++) {
            marked[i] = DIGEST_LIKE_AN_OPTION.matcher(marked[i]).replaceFirst("$1" + MARK + "$2");
        }
        return marked;
    }

    private static String unmarked(String word) {
        return word.startsWith(MARK) ? word.substring(MARK.length()) : word;
    }

    private static int report(Exception failure, PrintWriter err) {
        EntenteException known = explain(failure);
        if (known == null) {
            err.println("internal-error: " + failure);
            err.println(
                    "  Run the command again with the environment variable ENTENTE_LOG=INFO to see where it failed.");
            LoggerFactory.getLogger(Main.class).error("the command failed", failure);
            return 1;
        }
        err.println(known.code().code() + ": " + known.detail());
        known.members().forEach((name, value) -> err.println("  " + name + ": " + shown(value)));
        err.println("  " + known.code().remedy());
        LoggerFactory.getLogger(Main.class).debug("refused", failure);
        return 1;
    }

    /** A member of a problem document: text as it is, anything with parts as JSON. */
    private static String shown(Object value) {
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        try {
            return JsonMapper.builder()
                    .findAndAddModules()
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build()
                    .writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return value.toString();
        }
    }

    /** What a person can do something about, which may lie under layers of the framework's own failures. */
    private static @Nullable EntenteException explain(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof EntenteException known) {
                return known;
            }
            String message = String.valueOf(t.getMessage());
            if (t instanceof SQLException) {
                return new EntenteException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "The database at datasources.default.url does not answer: " + message,
                        t);
            }
            if (t instanceof ConfigurationException
                    || (t instanceof DependencyInjectionException && message.contains("property value"))) {
                return new EntenteException(
                        ErrorCode.SETTINGS_INVALID, message.lines().findFirst().orElse(""), t);
            }
        }
        return null;
    }
}
