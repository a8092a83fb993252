package org.entente.gateway.releases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Row;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;

/** The balances between datasets and periods that their owners have declared. */
@Singleton
public final class Balances {
    private final Datasets datasets;
    private final Database database;
    private final Journal journal;
    private final Clock clock;

    /** Its own, so that stored columns do not change with the conventions of the HTTP interface. */
    private final JsonMapper json = JsonMapper.builder().build();

    Balances(Datasets datasets, Database database, Journal journal, Clock clock) {
        this.datasets = datasets;
        this.database = database;
        this.journal = journal;
        this.clock = clock;
    }

    /** A balance and since when it is declared. */
    record Declared(Balance balance, Instant at) {}

    /**
     * Declares a balance; a statistician of every office whose dataset it names does, since from then on releases of each of them are judged
     * together with those of the others.
     *
     * @throws EntenteException {@code balance-invalid}, {@code balance-exists}, {@code forbidden}
     */
    public Balance declare(BalanceDeclaration declaration, StaffUser by) {
        Map<String, Dataset> known = new LinkedHashMap<>();
        datasets.all().forEach(dataset -> known.put(dataset.id(), dataset));
        Balance balance = declaration.check(id -> {
            Dataset dataset = known.get(id);
            return dataset == null ? null : datasets.flow(dataset).structure();
        });
        for (String id : balance.datasets()) {
            by.require(Roles.STATISTICIAN, datasets.get(id).authority(), id);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", "balance-declared");
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("balance", balance.id());
        record.put("title", balance.title());
        record.put("additivity", balance.additivity());
        if (balance.tolerance() != null) {
            record.put("tolerance", balance.tolerance());
        }
        record.put("total", balance.total());
        record.put("parts", balance.parts());
        try {
            journal.append(new Draft(
                    "balance-declared",
                    record,
                    balance.id(),
                    List.of(new Write.Insert(
                            "INSERT INTO balance (id, declaration, declared_by, declared_us, entry) VALUES (?, ?, ?, ?, ?)",
                            balance.id(),
                            write(balance),
                            by.id(),
                            now,
                            Write.INDEX))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(ErrorCode.BALANCE_EXISTS, "There is a balance " + balance.id() + " already.", e);
        }
        return balance;
    }

    /** All balances by id. */
    public List<Balance> all() {
        return declared().stream().map(Declared::balance).toList();
    }

    private List<Declared> declared() {
        return database.query("SELECT declaration, declared_us FROM balance ORDER BY id", this::read);
    }

    private Declared read(Row row) throws SQLException {
        try {
            return new Declared(json.readValue(row.string("declaration"), Balance.class), row.instant("declared_us"));
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored balance cannot be read", e);
        }
    }

    private String write(Balance balance) {
        try {
            return json.writeValueAsString(balance);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records can always be written", e);
        }
    }

    /** The balances that tie a dataset, directly or through others; those that tell nothing are left out. */
    List<Declared> around(String dataset) {
        List<Declared> left = new ArrayList<>(declared());
        left.removeIf(one -> one.balance().additivity() == SumRule.Additivity.NOT_ADDITIVE);
        TreeSet<String> reached = new TreeSet<>();
        reached.add(dataset);
        List<Declared> around = new ArrayList<>();
        boolean more = true;
        while (more) {
            List<Declared> next = left.stream()
                    .filter(one -> one.balance().datasets().stream().anyMatch(reached::contains))
                    .toList();
            next.forEach(one -> reached.addAll(one.balance().datasets()));
            left.removeAll(next);
            around.addAll(next);
            more = !next.isEmpty();
        }
        return around;
    }
}
