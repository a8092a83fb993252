package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.entente.agreements.DisclosureRule;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** Shows what the protection of a release costs to those who are to approve it, and to nobody else: it tells small counts. */
@Singleton
public final class ReleaseLosses {
    private final Datasets datasets;
    private final ReleaseTable table;
    private final CubeStore store;

    ReleaseLosses(Datasets datasets, ReleaseTable table, CubeStore store) {
        this.datasets = datasets;
        this.table = table;
        this.store = store;
    }

    /**
     * What the protection of a release costs. Persons and both figures are known where this node has protected the true counts; of what an
     * office has protected, only the withheld cells are.
     *
     * @throws EntenteException {@code release-unknown}; {@code forbidden} to others than statisticians and approvers of the dataset
     */
    public ProtectionLoss of(UUID id, StaffUser by) {
        ReleaseTable.Stored stored = table.release(id)
                .orElseThrow(() -> new EntenteException(ErrorCode.RELEASE_UNKNOWN, "There is no release " + id + "."));
        Dataset dataset = datasets.get(stored.release().dataset());
        if (!by.hasRole(Roles.STATISTICIAN, stored.authority(), dataset.id())
                && !by.hasRole(Roles.APPROVER, stored.authority(), dataset.id())) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN,
                    "What protection hides is for statisticians and approvers of " + dataset.id() + ".");
        }
        Structure structure = datasets.flow(dataset).structure();
        Cube shown = store.read(id, structure, stored.digest());
        Cube truth = table.original(id)
                .map(original -> store.read(original.id(), structure, original.digest()))
                .orElse(null);
        return ProtectionLoss.of(shown, truth, rule(stored.release().protection()), dataset.sums());
    }

    private static @Nullable DisclosureRule rule(Protection protection) {
        return switch (protection) {
            case Protection.ByGateway gateway -> gateway.rule();
            case Protection.ByOffice office -> office.rule();
            case Protection.PublicSource publicSource -> null;
        };
    }
}
