package org.entente.gateway.partners;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** The rows behind partners: what is read, and the writes that go with a journal entry. */
@Singleton
final class PartnerTables {
    private static final String INSERT_CARD =
            "INSERT INTO card (digest, party, sequence, document, imported_us, imported_by) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String INSERT_HOLD =
            "INSERT INTO partner_hold (party, reason, set_by, since_us) VALUES (?, ?, ?, ?)";
    private static final String DELETE_HOLD = "DELETE FROM partner_hold WHERE party = ?";
    private static final String INSERT_REMOVED_PIN =
            "INSERT INTO removed_pin (party, certificate, reason, removed_by, removed_us) VALUES (?, ?, ?, ?, ?)";
    private static final String COUNT = "UPDATE partner_version SET version = version + 1 WHERE id = 1";

    private final Database database;
    private final String own;
    private final Sightings sightings;

    PartnerTables(Database database, EntenteSettings settings, Sightings sightings) {
        this.database = database;
        this.own = settings.party();
        this.sightings = sightings;
    }

    private record PinRow(String party, String certificate) {}

    private record HoldRow(String party, Hold hold) {}

    long version() {
        return database.one("SELECT version FROM partner_version WHERE id = 1", row -> row.longValue("version"))
                .orElseThrow(() -> new IllegalStateException("the table partner_version is empty"));
    }

    /** Everything. The version is read first, so that a change while reading is noticed at the next look. */
    PartnerBook read(@Nullable PartnerBook before) {
        long version = version();
        Map<String, List<CardDocument>> chains = new HashMap<>();
        for (CardDocument card : cards(before)) {
            chains.computeIfAbsent(card.card().party(), party -> new ArrayList<>())
                    .add(card);
        }
        Map<String, Set<String>> removed = new HashMap<>();
        for (PinRow row : removedPins()) {
            removed.computeIfAbsent(row.party, party -> new HashSet<>()).add(row.certificate);
        }
        Map<String, Hold> holds = new HashMap<>();
        holds().forEach(row -> holds.put(row.party, row.hold));
        // A contradiction in its journal outlasts any hold that a person may lift.
        conflicts().forEach(row -> holds.put(row.party, row.hold));
        List<CardDocument> ownChain = chains.remove(own);
        Map<String, Partner> partners = new HashMap<>();
        chains.forEach((party, chain) -> partners.put(
                party,
                new Partner(
                        chain,
                        removed.getOrDefault(party, Set.of()),
                        holds.get(party),
                        opened -> sightings.saw(party, opened))));
        return new PartnerBook(version, ownChain == null ? List.of() : ownChain, partners);
    }

    private List<CardDocument> cards(@Nullable PartnerBook before) {
        return database.query("SELECT digest, document FROM card ORDER BY party, sequence", row -> {
            Optional<CardDocument> known =
                    before == null ? Optional.empty() : before.card(Base64Url.encode(row.bytes("digest")));
            return known.isPresent() ? known.get() : parse(row.bytes("document"));
        });
    }

    private static CardDocument parse(byte[] json) {
        try {
            return CardDocument.parse(json);
        } catch (VerificationException e) {
            throw new IllegalStateException("a card in the database does not verify: " + e.sentence(), e);
        }
    }

    private List<PinRow> removedPins() {
        return database.query(
                "SELECT party, certificate FROM removed_pin",
                row -> new PinRow(row.string("party"), Base64Url.encode(row.bytes("certificate"))));
    }

    private List<HoldRow> holds() {
        return database.query(
                "SELECT party, reason, set_by, since_us FROM partner_hold",
                row -> new HoldRow(
                        row.string("party"),
                        new Hold(row.string("reason"), row.string("set_by"), row.instant("since_us"))));
    }

    private List<HoldRow> conflicts() {
        return database.query(
                "SELECT c.party, c.sentence, c.found_us FROM journal_conflict c"
                        + " LEFT JOIN journal_conflict_end e ON e.id = c.id WHERE e.id IS NULL ORDER BY c.found_us DESC",
                row -> new HoldRow(
                        row.string("party"),
                        new Hold(row.string("sentence"), JournalConflicts.WITNESS, row.instant("found_us"))));
    }

    static Write insert(CardDocument document, String by, Instant now) {
        return new Write.Insert(
                INSERT_CARD,
                document.digestBytes(),
                document.card().party(),
                document.card().sequence(),
                document.toJson(),
                now,
                by);
    }

    static Write insert(String party, Hold hold) {
        return new Write.Insert(INSERT_HOLD, party, hold.reason(), hold.by(), hold.since());
    }

    static Write deleteHold(String party) {
        return new Write.Update(DELETE_HOLD, 1, party);
    }

    static Write insertRemovedPin(String party, String certificate, String reason, String by, Instant now) {
        return new Write.Insert(INSERT_REMOVED_PIN, party, Base64Url.decode(certificate), reason, by, now);
    }

    /** Tells the other processes. */
    static Write count() {
        return new Write.Update(COUNT, 1);
    }
}
