package org.entente.gateway.evidence;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;

/** Every look into the audit is itself journaled, before it is shown. */
@Singleton
public class AuditLooks {
    private static final String LOOKED = "audit-looked";

    private final Journal journal;
    private final Clock clock;

    AuditLooks(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Journals a look.
     *
     * @param use what the look is for, for example {@code view} or {@code export}
     * @param filter what was looked for
     * @param what the word for the lines that were found, as the record names their number
     * @param lines how many there were
     * @throws EntenteException {@code forbidden} to others than auditors
     */
    public void journal(String use, Map<String, Object> filter, String what, int lines, StaffUser by) {
        by.require(Roles.AUDITOR);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", LOOKED);
        record.put("time", clock.instant().truncatedTo(ChronoUnit.MICROS).toString());
        record.put("by", by.pseudonym());
        record.put("use", use);
        record.put("filter", filter);
        record.put(what, lines);
        journal.append(new Draft(LOOKED, record));
    }
}
