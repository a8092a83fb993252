package org.entente.gateway.testing;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.entente.gateway.node.demo.Demo;
import org.entente.gateway.node.demo.DemoDatabase;

/** The demonstration with a database server of its own: what {@code mvn -Pdemo} runs. */
public final class DemoWithEmbeddedDatabase {
    private DemoWithEmbeddedDatabase() {}

    /** Runs the scenario; with the system property {@code demo.once=true} it ends afterwards, else the nodes keep running. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        out.println("Starting a database server for the demonstration ...");
        EmbeddedMariaDb server = EmbeddedMariaDb.shared();
        Demo demo = new Demo(
                BuildFolder.target("demo"),
                new DemoDatabase("jdbc:mariadb://127.0.0.1:" + server.port() + "/", server.user(), server.password()),
                out);
        try {
            demo.run();
        } catch (RuntimeException e) {
            e.printStackTrace(out);
            System.exit(1);
        }
        if (Boolean.getBoolean("demo.once")) {
            demo.close();
            System.exit(0);
        }
        demo.printWhereToLook();
        Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
        Thread.currentThread().join();
    }
}
