package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalUnavailableException;

/** Whether the journal takes entries. */
@Singleton
final class JournalHealth implements HealthCheck {

    private final Journal journal;

    JournalHealth(Journal journal) {
        this.journal = journal;
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public Finding look() {
        try {
            journal.start(); // nothing to do when it runs; tries again when it was refused
            return Finding.up();
        } catch (JournalUnavailableException e) {
            return new Finding(Status.DOWN, "nothing can be appended; the log says why");
        }
    }
}
