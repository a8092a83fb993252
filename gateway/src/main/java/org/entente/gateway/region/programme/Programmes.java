package org.entente.gateway.region.programme;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.agreements.Federation;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.treaties.Treaties;

/** The programmes of a secretariat: declared against the framework that they belong to, and kept in all versions. */
@Singleton
public class Programmes {
    private static final String KIND = "programme-declared";
    private static final String INSERT =
            "INSERT INTO programme (id, version, agreement_id, document, digest, responsible, declared_us, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Database database;
    private final Journal journal;
    private final Treaties treaties;
    private final Dataflows dataflows;
    private final NodeIdentity identity;
    private final AreaCodes areas;
    private final Clock clock;

    Programmes(
            Database database,
            Journal journal,
            Treaties treaties,
            Dataflows dataflows,
            NodeIdentity identity,
            AreaCodes areas,
            Clock clock) {
        this.database = database;
        this.journal = journal;
        this.treaties = treaties;
        this.dataflows = dataflows;
        this.identity = identity;
        this.areas = areas;
        this.clock = clock;
    }

    /**
     * A programme as it was declared.
     *
     * @param digest SHA-256 of its canonical form, base64url
     * @param responsible the staff user in whose name rounds are opened by schedule
     */
    public record Declared(Programme programme, String digest, String responsible, Instant declared) {}

    /**
     * Declares a programme or its next version.
     *
     * @throws EntenteException {@code programme-invalid} naming everything that is wrong; {@code forbidden}
     */
    public Declared declare(byte[] jsonOrYaml, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        Programme programme = ProgrammeReader.read(jsonOrYaml);
        List<String> faults = new ArrayList<>();
        int expected = newest(programme.id())
                .map(known -> known.programme().version() + 1)
                .orElse(1);
        if (programme.version() != expected) {
            faults.add("version: the next one of " + programme.id() + " is " + expected + ".");
        }
        framework(programme)
                .ifPresentOrElse(
                        file -> checkAgainst(programme, file, faults),
                        () -> faults.add("agreement: no agreement " + programme.agreement() + " is in effect here."));
        if (!faults.isEmpty()) {
            throw ProgrammeReader.invalid(faults);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] document = CanonicalJson.encode(MAPPER.valueToTree(programme));
        byte[] digest = Digests.sha256(document);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("programme", programme.id());
        record.put("version", programme.version());
        record.put("agreement", programme.agreement());
        record.put("digest", Base64Url.encode(digest));
        try {
            journal.append(new Draft(
                    KIND,
                    record,
                    programme.id(),
                    List.of(new Write.Insert(
                            INSERT,
                            programme.id(),
                            programme.version(),
                            programme.agreement(),
                            document,
                            digest,
                            by.name(),
                            Micros.of(now),
                            Write.INDEX))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(ErrorCode.PROGRAMME_INVALID, "Somebody else has just declared that version.", e);
        }
        return new Declared(programme, Base64Url.encode(digest), by.name(), now);
    }

    private void checkAgainst(Programme programme, AgreementFile file, List<String> faults) {
        Federation federation = file.agreement().federation();
        if (federation == null || !federation.secretariat().equals(identity.party())) {
            faults.add("agreement: it does not make " + identity.party() + " a secretariat (clause 34).");
            return;
        }
        requireRight(federation, Federation.Right.PULL, faults);
        requireRight(federation, Federation.Right.AGGREGATE, faults);
        if (programme.minimumReporting() < federation.minimumReporting()) {
            faults.add("minimumReporting: the framework wants " + federation.minimumReporting() + ".");
        }
        for (Programme.Table table : programme.tables()) {
            Optional<Leg> leg = file.agreement().legs().stream()
                    .filter(one ->
                            one.id().equals(table.leg()) && one.consumer().equals(identity.party()))
                    .findFirst();
            if (leg.isEmpty()) {
                faults.add("tables: " + table.id() + " names the leg " + table.leg() + ", by which nobody answers "
                        + identity.party() + ".");
            } else {
                checkTable(table, leg.get(), faults);
                checkReconciliation(programme, table, leg.get(), faults);
            }
            if (table.publish() != Programme.Publication.NOTHING) {
                requireRight(federation, Federation.Right.PUBLISH_PROFILE, faults);
            }
        }
    }

    /** A rule that can never find a pair would only make members consent to nothing. */
    private void checkReconciliation(Programme programme, Programme.Table table, Leg leg, List<String> faults) {
        dataflows.find(table.dataflow()).ifPresent(flow -> {
            MirrorReach reach = new MirrorReach(
                    programme,
                    table,
                    leg,
                    flow.structure(),
                    area -> areas.partyOf(area).orElse(""));
            programme.reconciliation().stream()
                    .filter(rule -> rule.table().equals(table.id()))
                    .forEach(rule -> reach.obstacles(rule)
                            .forEach(obstacle -> faults.add("reconciliation: " + rule.id()
                                    + " can never apply, since its table " + table.id() + " " + obstacle + ".")));
        });
    }

    private static void requireRight(Federation federation, Federation.Right right, List<String> faults) {
        String fault = "agreement: it gives the secretariat no right to " + right + " (clause 34).";
        if (!federation.rights().contains(right) && !faults.contains(fault)) {
            faults.add(fault);
        }
    }

    private void checkTable(Programme.Table table, Leg leg, List<String> faults) {
        Dataflow flow = dataflows.find(table.dataflow()).orElse(null);
        boolean same = flow != null
                && leg.dataflow().agency().equals(flow.id().agency())
                && leg.dataflow().id().equals(flow.id().id())
                && leg.dataflow().version().equals(flow.id().version());
        if (!same || flow == null) {
            faults.add("tables: " + table.id() + " is of " + table.dataflow() + ", and its leg is of " + leg.dataflow()
                    + ".");
            return;
        }
        if (leg.purposes().stream().noneMatch(purpose -> purpose.token().equals(table.purpose()))) {
            faults.add("tables: the leg of " + table.id() + " is not for the purpose " + table.purpose() + ".");
        }
        for (String dimension : table.dimensions().keySet()) {
            if (flow.structure().dimensionPosition(dimension) < 0
                    || dimension.equals(flow.structure().time().id())) {
                faults.add("tables: " + table.id() + " selects by " + dimension
                        + ", which is no dimension of the series key.");
            }
        }
    }

    /** The text of the programme's agreement that applies now. */
    public Optional<AgreementFile> framework(Programme programme) {
        Instant now = clock.instant();
        return AgreementFile.current(treaties.files(), now).stream()
                .filter(file -> file.agreement().id().equals(programme.agreement()))
                .filter(file -> file.at(now).phase().applies())
                .findFirst();
    }

    /** The newest version of every programme. */
    public List<Declared> all() {
        return database.query(
                "SELECT p.* FROM programme p WHERE p.version = (SELECT MAX(version) FROM programme n WHERE n.id = p.id)"
                        + " ORDER BY p.id",
                Programmes::row);
    }

    /** The newest version. */
    public Optional<Declared> newest(String id) {
        return database.one("SELECT * FROM programme WHERE id = ? ORDER BY version DESC LIMIT 1", Programmes::row, id);
    }

    /**
     * The newest version.
     *
     * @throws EntenteException {@code not-found}
     */
    public Declared get(String id) {
        return newest(id)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "There is no programme " + id + " here."));
    }

    /** A version. */
    public Optional<Declared> find(String id, int version) {
        return database.one("SELECT * FROM programme WHERE id = ? AND version = ?", Programmes::row, id, version);
    }

    private static Declared row(Row r) throws java.sql.SQLException {
        try {
            return new Declared(
                    MAPPER.readValue(r.bytes("document"), Programme.class),
                    Base64Url.encode(r.bytes("digest")),
                    r.string("responsible"),
                    r.instant("declared_us"));
        } catch (IOException e) {
            throw new IllegalStateException("a stored programme cannot be read", e);
        }
    }
}
