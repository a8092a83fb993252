package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;

/** The datasets that the party's offices own. */
@Singleton
public final class Datasets {

    private final ReleaseTable table;
    private final Journal journal;
    private final Dataflows dataflows;
    private final NodeIdentity identity;
    private final Clock clock;

    Datasets(ReleaseTable table, Journal journal, Dataflows dataflows, NodeIdentity identity, Clock clock) {
        this.table = table;
        this.journal = journal;
        this.dataflows = dataflows;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * A party whose card names its authorities holds nothing of others.
     *
     * @param refusal under which an unknown authority is refused
     */
    public void requireOwnOffice(String authority, ErrorCode refusal) {
        List<String> offices =
                identity.card().authorities().stream().map(Card.Authority::id).toList();
        if (!offices.isEmpty() && !offices.contains(authority)) {
            throw new EntenteException(
                    refusal,
                    "authority: the card of " + identity.party() + " names " + String.join(", ", offices) + ", and not "
                            + authority);
        }
    }

    /** All datasets by id. */
    public List<Dataset> all() {
        return table.datasets();
    }

    /** @throws EntenteException {@code dataset-unknown} */
    public Dataset get(String id) {
        return table.dataset(id)
                .orElseThrow(() -> new EntenteException(ErrorCode.DATASET_UNKNOWN, "There is no dataset " + id + "."));
    }

    /** The dataflow whose structure a dataset's figures follow. */
    Dataflow flow(Dataset dataset) {
        return dataflows
                .find(dataset.dataflow())
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.INTERNAL_ERROR,
                        "The dataflow " + dataset.dataflow() + " of dataset " + dataset.id() + " is not known."));
    }

    /**
     * Declares a dataset; a statistician of the owning office does.
     *
     * @throws EntenteException {@code dataset-incomplete}, {@code dataset-exists}, {@code forbidden}
     */
    public Dataset declare(DatasetDeclaration declaration, StaffUser by) {
        Dataset dataset = declaration.check(dataflows);
        by.require(Roles.STATISTICIAN, dataset.authority(), dataset.id());
        requireOwnOffice(dataset.authority(), ErrorCode.DATASET_INCOMPLETE);
        Instant now = clock.instant();
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", "dataset-declared");
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("dataset", dataset.id());
        record.put("dataflow", dataset.dataflow().toString());
        record.put("authority", dataset.authority());
        record.put("title", dataset.title());
        record.put("coverage", dataset.coverage());
        record.put("absent", dataset.absent());
        record.put("sums", dataset.sums());
        try {
            journal.append(
                    new Draft("dataset-declared", record, dataset.id(), List.of(table.insert(dataset, by.id(), now))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(ErrorCode.DATASET_EXISTS, "There is a dataset " + dataset.id() + " already.", e);
        }
        return dataset;
    }
}
