package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.entente.gateway.node.demo.Demo;
import org.entente.gateway.node.demo.DemoDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job with five nodes on this machine, on a database server of the caller's. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Runs the main job with five nodes on this machine: an agreement, an exchange, refusals, evidence, a crisis, a"
                        + " regional profile. Needs a MariaDB server on which it may make schemas entente_demo_*; `mvn -q -Pdemo` brings its own.",
        footer = {"", "Exit codes: 0 everything held, 1 something did not, 2 wrong usage."})
final class DemoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--database",
            required = true,
            paramLabel = "URL",
            description = "The server without a schema: jdbc:mariadb://127.0.0.1:3306/")
    private String url = "";

    @Option(names = "--database-user", required = true, paramLabel = "NAME", description = "Who may make schemas.")
    private String user = "";

    @Mixin
    private PasswordOption password = new PasswordOption();

    @Option(
            names = "--folder",
            defaultValue = "entente-demo",
            description = "Where keys and results go; emptied first (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("entente-demo");

    @Option(names = "--once", description = "Ends after the scenario instead of leaving the nodes running.")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        DemoDatabase database = new DemoDatabase(url, user, password.read(user));
        try (Demo demo = new Demo(folder, database, spec.commandLine().getOut())) {
            demo.run();
            if (!once) {
                demo.printWhereToLook();
                CountDownLatch stop = new CountDownLatch(1);
                Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "stop"));
                stop.await();
            }
        }
        return 0;
    }
}
