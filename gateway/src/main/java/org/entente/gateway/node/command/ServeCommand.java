package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.NodeListenerSettings;
import org.entente.gateway.base.PublicListenerSettings;
import org.entente.gateway.base.StaffListenerSettings;
import org.entente.gateway.node.NodeServer;
import picocli.CommandLine.Command;

/** Runs the node until it is told to stop. */
@Command(
        name = "serve",
        description = "Runs the node until it gets SIGTERM or SIGINT.",
        footer = {"", "Exit codes: 0 stopped on demand, 1 did not start, 2 wrong usage."})
final class ServeCommand extends NodeCommand {

    @Override
    boolean serves() {
        return true;
    }

    @Override
    int run(ApplicationContext node) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        node.getBean(NodeServer.class).start();
        Thread hook = new Thread(
                () -> {
                    stop.countDown();
                    try {
                        stopped.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        long millis = node.getBean(Clock.class).millis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        StaffListenerSettings staff = node.getBean(StaffListenerSettings.class);
        PublicListenerSettings everybody = node.getBean(PublicListenerSettings.class);
        out().println(node.getBean(EntenteSettings.class).party() + " serves: staff "
                + (staff.tls() ? "https://" : "http://") + staff.host() + ":" + staff.port() + ", partners "
                + node.getBean(NodeListenerSettings.class).baseUri()
                + (everybody.open() ? ", public " + everybody.baseUri() : "") + " (started in " + millis + " ms)");
        stop.await();
        // The context closes before the hook lets the process end, so that what runs is finished or rolled back.
        node.close();
        stopped.countDown();
        return 0;
    }
}
