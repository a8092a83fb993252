package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** Shows what the protection of a release costs to those who are to approve it, and to nobody else: it tells small counts. */
@Singleton
public final class ReleaseLosses {
    private final Datasets datasets;
    private final ReleaseTable table;
    private final CubeStore store;
    private final KnownTables known;
    private final RequiredProtection required;
    private final EditionLedger ledger;

    ReleaseLosses(
            Datasets datasets,
            ReleaseTable table,
            CubeStore store,
            KnownTables known,
            RequiredProtection required,
            EditionLedger ledger) {
        this.ledger = ledger;
        this.known = known;
        this.required = required;
        this.datasets = datasets;
        this.table = table;
        this.store = store;
    }

    /**
     * What the protection of a release costs. Persons and both figures are known where this node has protected the true counts; of what an
     * office has protected, only the withheld cells are.
     *
     * @param explain also what each leg costs the others, where the node has protected the figures: they are protected anew without each
     *     leg that makes a difference, which takes as long as an import
     * @throws EntenteException {@code release-unknown}; {@code forbidden} to others than statisticians and approvers of the dataset
     */
    public ProtectionLoss of(UUID id, boolean explain, StaffUser by) {
        ReleaseTable.Stored stored = table.release(id)
                .orElseThrow(() -> new EntenteException(ErrorCode.RELEASE_UNKNOWN, "There is no release " + id + "."));
        Dataset dataset = datasets.get(stored.release().dataset());
        if (!mayLook(dataset.id(), by)) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN,
                    "What protection hides is for statisticians and approvers of " + dataset.id() + ".");
        }
        Structure structure = datasets.flow(dataset).structure();
        Cube shown = store.read(id, structure, stored.digest());
        Cube truth = table.original(id)
                .map(original -> store.read(original.id(), structure, original.digest()))
                .orElse(null);
        ProtectionLoss loss =
                ProtectionLoss.of(shown, truth, rule(stored.release().protection()), dataset.sums());
        return explain && truth != null && stored.release().protection() instanceof Protection.ByGateway gateway
                ? loss.with(costs(dataset, truth, loss, gateway.rule()))
                : loss;
    }

    /** Whether somebody may see what protection hides: statisticians and approvers of the dataset may. */
    public boolean mayLook(String dataset, StaffUser by) {
        String authority = datasets.get(dataset).authority();
        return by.hasRole(Roles.STATISTICIAN, authority, dataset) || by.hasRole(Roles.APPROVER, authority, dataset);
    }

    /**
     * What a leg of a text that nobody has signed would cost: the figures are protected again by what it asks for besides all that binds now,
     * which takes as long as an import, and held against everything that is out.
     *
     * @return nothing where this node has not protected the release, or has protected it so already
     */
    public Optional<PatternCost> under(UUID release, AgreementFile text, Leg leg) {
        ReleaseTable.Stored stored = table.release(release).orElse(null);
        if (stored == null || !(stored.release().protection() instanceof Protection.ByGateway gateway)) {
            return Optional.empty();
        }
        Dataset dataset = datasets.get(stored.release().dataset());
        EditionLedger.Edition now = ledger.edition(stored, dataset, "this release");
        Cube truth = now.truth();
        DisclosureRule rule = required.with(dataset, text, leg, gateway.rule());
        if (truth == null) {
            return Optional.empty();
        }
        if (rule == null) {
            return Optional.of(new PatternCost(PatternCost.Outcome.ANOTHER_METHOD, null, null));
        }
        if (RequiredProtection.essence(rule).equals(RequiredProtection.essence(gateway.rule()))) {
            return Optional.empty();
        }
        try {
            Cube shown = GatewayProtection.protect(truth, dataset, rule, known.figures(dataset.id()))
                    .cube();
            ProtectionLoss.Share before = ProtectionLoss.of(now.shown(), truth, gateway.rule(), dataset.sums())
                    .whole();
            ProtectionLoss.Share after =
                    ProtectionLoss.of(shown, truth, rule, dataset.sums()).whole();
            boolean safe = ledger.judge(
                            new EditionLedger.Edition("a new edition", dataset, truth, shown, rule),
                            Ledger.Revision.FREE)
                    .map(Ledger.Verdict::safe)
                    .orElse(true);
            return Optional.of(new PatternCost(
                    safe ? PatternCost.Outcome.GOES_OUT : PatternCost.Outcome.BLOCKED,
                    after.withheld() - before.withheld(),
                    persons(after) - persons(before)));
        } catch (EntenteException e) {
            if (e.code() != ErrorCode.PROTECTION_UNPROVED) {
                throw e;
            }
            return Optional.of(new PatternCost(PatternCost.Outcome.CANNOT_BE_PROTECTED, null, null));
        }
    }

    private List<ProtectionLoss.LegCost> costs(
            Dataset dataset, Cube truth, ProtectionLoss loss, DisclosureRule applied) {
        List<RequiredProtection.Asked> asked = required.asked(dataset);
        Map<List<Object>, ProtectionLoss.Share> done = new HashMap<>();
        done.put(RequiredProtection.essence(applied), loss.whole());
        List<ProtectionLoss.LegCost> costs = new ArrayList<>();
        for (RequiredProtection.Asked one : asked) {
            DisclosureRule rule = required.without(one, asked, applied);
            ProtectionLoss.Share left = left(dataset, truth, loss, rule, done);
            ProtectionLoss.Registers registers = null;
            if (!one.registers().isEmpty()) {
                ProtectionLoss.Share unknowing =
                        left(dataset, truth, loss, required.unknowing(one, asked, applied), done);
                registers = new ProtectionLoss.Registers(
                        loss.whole().withheld() - unknowing.withheld(), persons(loss.whole()) - persons(unknowing));
            }
            costs.add(new ProtectionLoss.LegCost(
                    one.agreement(),
                    one.leg(),
                    loss.whole().withheld() - left.withheld(),
                    persons(loss.whole()) - persons(left),
                    registers));
        }
        return costs;
    }

    /** What is withheld under another rule; nothing where nobody asks for protection. */
    private ProtectionLoss.Share left(
            Dataset dataset,
            Cube truth,
            ProtectionLoss loss,
            @Nullable DisclosureRule rule,
            Map<List<Object>, ProtectionLoss.Share> done) {
        return rule == null
                ? new ProtectionLoss.Share(loss.whole().cells(), 0, 0.0, 0.0)
                : done.computeIfAbsent(RequiredProtection.essence(rule), other -> under(dataset, truth, rule));
    }

    private ProtectionLoss.Share under(Dataset dataset, Cube truth, DisclosureRule rule) {
        Cube shown = GatewayProtection.protect(truth, dataset, rule, known.figures(dataset.id()))
                .cube();
        return ProtectionLoss.of(shown, truth, rule, dataset.sums()).whole();
    }

    private static double persons(ProtectionLoss.Share share) {
        Double persons = share.personsWithheld();
        return persons == null ? 0 : persons;
    }

    private static @Nullable DisclosureRule rule(Protection protection) {
        return switch (protection) {
            case Protection.ByGateway gateway -> gateway.rule();
            case Protection.ByOffice office -> office.rule();
            case Protection.PublicSource publicSource -> null;
        };
    }
}
