package org.entente.gateway.releases.inventory;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.Dataset;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;

/** What this party's authorities hold: from datasets and releases, and declared by hand; and which partners may read it. */
@Singleton
public final class Inventory {
    private final Datasets datasets;
    private final Releases releases;
    private final ReleaseSummaries summaries;
    private final InventoryTables tables;
    private final Partners partners;
    private final NodeIdentity identity;
    private final Journal journal;
    private final Uuids ids;
    private final Clock clock;

    Inventory(
            Datasets datasets,
            Releases releases,
            ReleaseSummaries summaries,
            InventoryTables tables,
            Partners partners,
            NodeIdentity identity,
            Journal journal,
            Uuids ids,
            Clock clock) {
        this.datasets = datasets;
        this.releases = releases;
        this.summaries = summaries;
        this.tables = tables;
        this.partners = partners;
        this.identity = identity;
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
    }

    /** An inventory as it is shown to a partner and to staff. */
    public record Listing(String party, List<InventoryEntry> entries) {
        public Listing {
            entries = List.copyOf(entries);
        }
    }

    /** All entries, by authority. */
    public Listing own() {
        Map<String, InventoryEntry> ofDatasets = new TreeMap<>();
        for (Dataset dataset : datasets.all()) {
            for (PublishedRelease release : releases.current(dataset.dataflow())) {
                if (release.dataset().id().equals(dataset.id())) {
                    ofDatasets.put(dataset.id(), summaries.of(release));
                }
            }
            ofDatasets.computeIfAbsent(dataset.id(), id -> ReleaseSummaries.of(dataset));
        }
        List<InventoryEntry> all = new ArrayList<>(ofDatasets.values());
        all.addAll(tables.declared());
        all.sort(Comparator.comparing(InventoryEntry::authority));
        return new Listing(identity.party(), all);
    }

    /**
     * The inventory for a partner; what is shown is journaled by its digest.
     *
     * @return canonical JSON of a {@link Listing}
     * @throws EntenteException {@code inventory-closed} unless an administrator has admitted the partner
     */
    byte[] shownTo(String partner) {
        if (!tables.readers().contains(partner)) {
            throw new EntenteException(
                    ErrorCode.INVENTORY_CLOSED,
                    "The inventory of " + identity.party() + " is not open to " + partner + ".");
        }
        byte[] shown = CanonicalJson.encode(own());
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", "inventory-shown");
        record.put("time", clock.instant().toString());
        record.put("partner", partner);
        record.put("digest", Base64Url.encode(Digests.sha256(shown)));
        journal.append(new Draft("inventory-shown", record, partner, List.of()));
        return shown;
    }

    /**
     * Declares something by hand; a statistician of the holding office does.
     *
     * @throws EntenteException {@code inventory-entry-invalid}, {@code forbidden}
     */
    public InventoryEntry declare(InventoryDeclaration declaration, StaffUser by) {
        UUID id = ids.next();
        InventoryEntry entry = declaration.check(id.toString());
        by.require(Roles.STATISTICIAN, entry.authority());
        datasets.requireOwnOffice(entry.authority(), ErrorCode.INVENTORY_ENTRY_INVALID);
        append(
                "inventory-declared",
                id.toString(),
                by,
                Map.of("entry", entry),
                tables.insert(id, entry, by.id(), clock.instant()));
        return entry;
    }

    /**
     * Takes back what was declared by hand.
     *
     * @throws EntenteException {@code not-found}, {@code forbidden}
     */
    public void remove(UUID id, StaffUser by) {
        InventoryEntry entry = tables.declared(id)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "Nothing with the id " + id + " was declared by hand."));
        by.require(Roles.STATISTICIAN, entry.authority());
        try {
            append("inventory-removed", id.toString(), by, Map.of("title", entry.title()), InventoryTables.delete(id));
        } catch (ConflictingWriteException e) {
            throw new EntenteException(ErrorCode.NOT_FOUND, "Somebody else has removed " + id + " already.", e);
        }
    }

    /** The partners that may read the inventory. */
    public List<String> readers() {
        return tables.readers();
    }

    /**
     * Lets a partner read the inventory, before there is any agreement; an administrator does.
     *
     * @throws EntenteException {@code partner-unknown}, {@code forbidden}
     */
    public void admit(String party, StaffUser by) {
        by.require(Roles.ADMINISTRATOR);
        if (partners.find(party).isEmpty()) {
            throw new EntenteException(ErrorCode.PARTNER_UNKNOWN, "This node has imported no card of " + party + ".");
        }
        try {
            append("inventory-opened", party, by, Map.of(), InventoryTables.admit(party, by.id(), clock.instant()));
        } catch (DuplicateWriteException e) {
            return; // it is open to the partner already, which is what is wanted
        }
    }

    /** Lets a partner read it no longer; without permission nothing happens. */
    public void exclude(String party, StaffUser by) {
        by.require(Roles.ADMINISTRATOR);
        try {
            append("inventory-closed", party, by, Map.of(), InventoryTables.exclude(party));
        } catch (ConflictingWriteException e) {
            return; // it was not open
        }
    }

    private void append(String kind, String subject, StaffUser by, Map<String, ?> more, Write write) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", clock.instant().toString());
        record.put("by", by.pseudonym());
        record.put("subject", subject);
        record.putAll(more);
        journal.append(new Draft(kind, record, subject, List.of(write)));
    }
}
