package org.entente.gateway.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.TestNode;

/**
 * A file of an office on its way into the node, read, checked, digested and stored, and beside it what the database itself does with the
 * same file: {@code LOAD DATA INFILE} into a table of the same columns without any check or key.
 */
final class ImportBench {
    private static final int OBSERVATIONS = 1_000_000;
    private static final int ROUNDS = 5;

    private ImportBench() {}

    static Map<String, Double> run() throws Exception {
        Path file = BuildFolder.target("bench-import.csv");
        Files.createDirectories(file.getParent());
        try (InputStream table = new LargeTable(OBSERVATIONS)) {
            Files.copy(table, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        Map<String, Double> figures = new TreeMap<>();
        try (TestNode node = TestNode.start("ITA")) {
            StaffUser statistician = node.user("anna", "statistician");
            List<Double> imports = new ArrayList<>();
            List<Double> loads = new ArrayList<>();
            // They take turns, so that both meet the same machine; the first round warms up.
            for (int round = 0; round <= ROUNDS; round++) {
                double imported = importing(node, statistician, "TABLE" + round, file);
                double loaded = loading(node, file);
                if (round > 0) {
                    imports.add(imported);
                    loads.add(loaded);
                }
            }
            figures.put("import.obsPerSecond", median(imports));
            figures.put("limit.loadDataObsPerSecond", median(loads));
        } finally {
            Files.deleteIfExists(file);
        }
        return figures;
    }

    private static double median(List<Double> perSecond) {
        return Figures.median(
                perSecond.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double importing(TestNode node, StaffUser statistician, String dataset, Path file)
            throws IOException {
        LargeTable.declare(node, dataset, statistician);
        long begin = System.nanoTime();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            node.bean(ReleaseDesk.class).importFigures(dataset, in, LargeTable.terms(), statistician);
        }
        return OBSERVATIONS * 1e9 / (System.nanoTime() - begin);
    }

    private static double loading(TestNode node, Path file) throws SQLException {
        try (Connection admin = node.database().server().admin();
                Statement statement = admin.createStatement()) {
            String table = node.database().name() + ".bench_import";
            statement.execute("CREATE TABLE " + table
                    + " (structure VARCHAR(16), structure_id VARCHAR(64), action CHAR(1), freq VARCHAR(8), area VARCHAR(8), region"
                    + " VARCHAR(16), counterpart VARCHAR(8), counterpart_region VARCHAR(16), basis VARCHAR(8), sex VARCHAR(8),"
                    + " age VARCHAR(16), education VARCHAR(16), occupation VARCHAR(16), duration VARCHAR(16), reason"
                    + " VARCHAR(16), stay VARCHAR(16), indicator VARCHAR(16), unit VARCHAR(8), period VARCHAR(16), value DOUBLE,"
                    + " multiplier VARCHAR(4), source VARCHAR(32), status VARCHAR(4))");
            long begin = System.nanoTime();
            statement.execute("LOAD DATA INFILE '" + file + "' INTO TABLE " + table
                    + " FIELDS TERMINATED BY ',' LINES TERMINATED BY '\\n' IGNORE 1 LINES");
            double perSecond = OBSERVATIONS * 1e9 / (System.nanoTime() - begin);
            statement.execute("DROP TABLE " + table);
            return perSecond;
        }
    }
}
