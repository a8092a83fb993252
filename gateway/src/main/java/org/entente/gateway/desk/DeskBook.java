package org.entente.gateway.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.FolderJournal;
import org.jspecify.annotations.Nullable;

/** The one way by which anything gets into a desk's journal, and from there into what the desk knows. */
final class DeskBook {
    private final FolderJournal journal;
    private final DeskState state;
    private final Clock clock;

    DeskBook(FolderJournal journal, DeskState state, Clock clock) {
        this.journal = journal;
        this.state = state;
        this.clock = clock;
    }

    /** Makes an entry durable, then takes it in. */
    Appended append(String kind, Object record, @Nullable String subject, Map<String, byte[]> attachments) {
        Appended appended = journal.append(kind, record, subject, attachments);
        state.take(journal.entries().getLast());
        return appended;
    }

    /** What every record of a desk begins with. */
    Map<String, Object> record(String kind) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", instant().toString());
        record.put("party", state.party());
        record.put("by", DeskState.BY);
        return record;
    }

    /** Now, as records have it. */
    Instant instant() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
