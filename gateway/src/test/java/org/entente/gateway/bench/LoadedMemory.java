package org.entente.gateway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.entente.gateway.access.Roles;
import org.entente.gateway.node.demo.DemoFigures;
import org.entente.gateway.testing.TestNode;

/** Resident memory of the assembled program right after its staff have read figures of it by the thousands. */
final class LoadedMemory {
    private static final int READERS = 16;
    private static final int READS_EACH = 500;
    private static final String EVERYBODY_IN_ITALY =
            "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.*._T.CB?format=csv";

    private LoadedMemory() {}

    static void run(Figures figures) throws Exception {
        try (TestNode node = TestNode.plan("ITA").startWithoutListeners()) {
            DemoFigures.publishStock(
                    node.context(),
                    new DemoFigures.Staff(
                            node.user("analyst", Roles.STATISTICIAN), node.user("approver", Roles.APPROVER)),
                    "ISTAT");
            node.stop();
            try (ServeProcess process = ServeProcess.serve(
                    node.configuration(), ServeProcess.script(), node.staff().getPort())) {
                read(node);
                figures.put("memory.loadedMiB", process.residentMiB());
            }
        }
    }

    private static void read(TestNode node) throws Exception {
        try (StaffCaller analyst = StaffCaller.signIn(node.staff(), "analyst", TestNode.PASSPHRASE);
                ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                all.add(() -> {
                    for (int n = 0; n < READS_EACH; n++) {
                        analyst.get(EVERYBODY_IN_ITALY);
                    }
                    return null;
                });
            }
            for (Future<Void> done : readers.invokeAll(all)) {
                done.get();
            }
        }
    }
}
