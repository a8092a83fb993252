package org.entente.gateway.journal;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.gateway.base.Database;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.TestDatabase;

/** A schema with the journal's tables, and journals over it as several processes of a node would have them. */
public final class JournalFixture implements AutoCloseable {
    public static final String ORIGIN = "ita.example:7202/journal";

    /** Settings with a short patience, for tests that break things. */
    static final JournalSettings IMPATIENT =
            new JournalSettings(256, 4096, Duration.ofSeconds(3), Duration.ofMillis(20));

    public final TestDatabase schema;
    final Database database;
    final Ed25519NoteSigner signer = Ed25519NoteSigner.ofSeed(ORIGIN, new byte[32]);
    private final ApplicationContext context;
    private final List<Journal> open = new ArrayList<>();
    private final Path homes;

    public JournalFixture() {
        this(TestDatabase.newSchema());
    }

    public JournalFixture(TestDatabase schema) {
        this.schema = schema;
        Map<String, Object> properties = new HashMap<>(schema.properties());
        properties.put("entente.party", "ITA");
        this.context = ApplicationContext.run(properties, "test");
        this.database = context.getBean(Database.class);
        try {
            this.homes =
                    Files.createTempDirectory(Files.createDirectories(BuildFolder.target("journal-homes")), "node");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.update("CREATE TABLE IF NOT EXISTS thing (name VARCHAR(80) PRIMARY KEY, state INT NOT NULL,"
                + " journal_index BIGINT NULL) ENGINE=InnoDB");
    }

    /** A database as the journal sees it, for code outside this package. */
    public Database database() {
        return database;
    }

    Path home(String name) {
        return homes.resolve(name);
    }

    /** Derives the journal anew and compares. */
    public JournalCheck.Report check(JournalCheck.Depth depth) {
        return new JournalCheck(database, () -> signer).run(depth);
    }

    /** A new journal in this schema, begun and running. */
    public Journal begin() {
        Journal journal = process("first");
        journal.create();
        journal.start();
        return journal;
    }

    /** A process of the node with a home directory of its own; not started. */
    Journal process(String home) {
        return process(home, IMPATIENT, database.source());
    }

    Journal process(String home, JournalSettings settings, DataSource source) {
        Journal journal = new Journal(
                settings,
                database,
                source,
                () -> signer,
                new Anchor(home(home)),
                Clock.systemUTC(),
                new SecureRandom());
        open.add(journal);
        return journal;
    }

    public static Draft draft(String name, Write... writes) {
        return new Draft("tested", Map.of("kind", "tested", "name", name), name, List.of(writes));
    }

    static Write insert(String name) {
        return new Write.Insert("INSERT INTO thing (name, state, journal_index) VALUES (?, 0, ?)", name, Write.INDEX);
    }

    static Write advance(String name, int from) {
        return new Write.Update("UPDATE thing SET state = ? WHERE name = ? AND state = ?", 1, from + 1, name, from);
    }

    /** Ends all processes; the schema stays. */
    void stop() {
        open.forEach(Journal::close);
        context.close();
    }

    @Override
    public void close() {
        stop();
        schema.drop();
    }
}
