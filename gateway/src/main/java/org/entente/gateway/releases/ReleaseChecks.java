package org.entente.gateway.releases;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.DataProblems;
import org.entente.gateway.sdmx.DataReader;
import org.entente.gateway.sdmx.ReadLimits;
import org.entente.gateway.sdmx.TableMapping;
import org.entente.gateway.sdmx.TableReader;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.CubeSelection;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;

/** What figures must be before they become a release. Pure: a node and a desk in a folder take the same tables. */
public final class ReleaseChecks {
    private ReleaseChecks() {}

    /**
     * Reads figures in any format that {@link DataReader} reads, or an office's own table, all of it or nothing.
     *
     * @param ownArea the party's own area, which is the reporting area of its figures; null if the party has none
     * @param mapping how an office's own table becomes figures; null for any other file
     * @throws EntenteException {@code csv-malformed}, {@code code-unknown}, {@code duplicate-key} with every problem by row and column
     */
    public static Cube read(
            InputStream figures,
            Dataflow dataflow,
            @Nullable String ownArea,
            ReadLimits limits,
            @Nullable TableMapping mapping) {
        ObservationRules rules = new ObservationRules(dataflow, ownArea);
        try {
            Cube cube = mapping == null
                    ? DataReader.read(figures, dataflow, limits, rules::check)
                    : TableReader.read(figures, mapping, dataflow, limits, rules::check);
            if (cube.isEmpty()) {
                throw new EntenteException(ErrorCode.CSV_MALFORMED, "The file holds no observation.");
            }
            return cube;
        } catch (CubeException e) {
            throw DataProblems.refusal(e);
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The file could not be read to its end.", e);
        }
    }

    /** The cube with its release status in the attribute that the structure has for it. */
    public static Cube marked(Cube cube, Dataflow dataflow, ReleaseStatus status) {
        Attribute attribute =
                dataflow.structure().attribute(Attribute.Role.RELEASE_STATUS).orElse(null);
        if (attribute == null) {
            return cube;
        }
        Map<String, String> attributes = new TreeMap<>(cube.datasetAttributes());
        String stated = attributes.put(attribute.id(), status.code());
        if (stated != null && !stated.equals(status.code())) {
            throw new EntenteException(
                    ErrorCode.CSV_MALFORMED,
                    "The file says " + attribute.id() + "=" + stated + ", the import says " + status + ".");
        }
        return cube.withDatasetAttributes(attributes);
    }

    /**
     * The differences between totals and parts that the dataset's rules allow.
     *
     * @throws EntenteException {@code sums-differ} with those that they do not
     */
    public static List<SumDifference> differences(Dataset dataset, Cube cube) {
        List<SumDifference> listed = new ArrayList<>();
        List<SumDifference> refused = new ArrayList<>();
        for (SumRule rule : dataset.sums()) {
            for (SumDifference difference : new SumCheck(cube, rule, dataset.absent()).differences()) {
                boolean allowed = Math.abs(difference.total() - difference.sum()) <= rule.allowed();
                (allowed ? listed : refused).add(difference);
            }
        }
        if (!refused.isEmpty()) {
            SumDifference first = refused.getFirst();
            throw new EntenteException(
                    ErrorCode.SUMS_DIFFER,
                    "At " + first.cell() + " stands " + first.total() + ", the parts of " + first.dimension()
                            + " add up to " + first.sum() + ", and there are " + (refused.size() - 1) + " more.",
                    Map.of("differences", refused));
        }
        return listed;
    }

    /** The protection pattern is the set of withheld cells; its digest is that of the cube of these cells alone. */
    public static byte[] pattern(Cube cube) {
        return cube.slice(CubeSelection.ALL.andValue(Double::isNaN)).digest();
    }

    /** The protection as journals record it. */
    public static Map<String, Object> protection(Protection protection) {
        Map<String, Object> record = new TreeMap<>();
        switch (protection) {
            case Protection.PublicSource source -> {
                record.put("kind", "PUBLIC_SOURCE");
                record.put("address", source.address());
                record.put("date", source.date());
            }
            case Protection.ByOffice office -> {
                record.put("kind", "BY_OFFICE");
                record.put("method", office.method());
                record.put("approver", office.approver());
                Protection.SealedProof sealed = office.sealed();
                if (sealed != null) {
                    record.put("package", sealed.digest());
                    record.put("audit", sealed.audit());
                    record.put("withheld", sealed.withheld());
                    record.put("alreadyPublic", sealed.alreadyPublic());
                }
            }
            case Protection.ByGateway gateway -> {
                record.put("kind", "BY_GATEWAY");
                record.put("solver", gateway.solver());
                record.put("cells", gateway.cells());
                record.put("withheld", gateway.withheld());
                record.put("alreadyPublic", gateway.alreadyPublic());
                record.put("knownTables", gateway.knownTables());
            }
        }
        if (protection.applied() != null) {
            record.put("rule", AppliedRule.words(protection.applied()));
            if (!protection.applied().consumerKnows().isEmpty()) {
                record.put(
                        "consumerKnows",
                        protection.applied().consumerKnows().stream()
                                .map(one -> one.source().best("en"))
                                .toList());
            }
        }
        return record;
    }

    /**
     * Refuses an approval of protected figures that does not say what is public elsewhere, or says what is not so, and one that lets
     * out small counts, public elsewhere, for which nobody has decided.
     *
     * @param registered how many tables are registered for the dataset
     * @param decided whether a statistician has decided that small public counts go out
     * @throws EntenteException {@code known-tables-undeclared}, {@code public-cells-undecided}
     */
    public static void requireKnownTables(Release release, ReleaseApproval approval, int registered, boolean decided) {
        if (release.protection() instanceof Protection.PublicSource) {
            return;
        }
        int sealed = release.protection() instanceof Protection.ByOffice office && office.sealed() != null
                ? office.sealed().knownTables()
                : 0;
        boolean any = registered + sealed > 0;
        ReleaseApproval.KnownTables declared = approval.knownTables();
        if (declared == null || any != (declared == ReleaseApproval.KnownTables.REGISTERED)) {
            throw new EntenteException(
                    ErrorCode.KNOWN_TABLES_UNDECLARED,
                    declared == null
                            ? "Say whether tables of the same source that are public elsewhere have all been registered, or that there"
                                    + " are none; " + (registered + sealed) + " are registered for " + release.dataset()
                                    + "."
                            : "The approval says " + declared + ", and " + (registered + sealed)
                                    + " known tables are registered for " + release.dataset() + ".");
        }
        if (release.protection() instanceof Protection.ByGateway gateway && gateway.knownTables() != registered) {
            throw new EntenteException(
                    ErrorCode.KNOWN_TABLES_UNDECLARED,
                    "The release was protected with " + gateway.knownTables() + " known tables and " + registered
                            + " are registered now; import it again.");
        }
        if (release.protection().alreadyPublic() > 0 && !decided) {
            throw new EntenteException(
                    ErrorCode.PUBLIC_CELLS_UNDECIDED,
                    release.protection().alreadyPublic() + " small counts of the release are public elsewhere;"
                            + " a statistician decides first that they go out.");
        }
    }

    /**
     * Refuses an approval that leaves differences without a reason, or lets out groups that are not there.
     *
     * @throws EntenteException {@code differences-not-accepted}, {@code request-malformed}
     */
    public static void requireApprovable(Release release, Dataset dataset, ReleaseApproval approval) {
        String reason = approval.reason();
        boolean given = reason != null && !reason.isBlank() && reason.length() <= 2000;
        if (!release.differences().isEmpty() && !given) {
            throw new EntenteException(
                    ErrorCode.DIFFERENCES_NOT_ACCEPTED,
                    release.differences().size() + " totals differ from their parts; say why that is accepted.",
                    Map.of("differences", release.differences()));
        }
        if (release.differences().isEmpty() && reason != null) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "The figures add up; there is nothing to accept for a reason.");
        }
        for (SensitiveGroup group : approval.groups()) {
            Facts.Presence presence = dataset.coverage().get(group);
            if (presence != Facts.Presence.INCLUDED && presence != Facts.Presence.SEPARABLE) {
                throw new EntenteException(
                        ErrorCode.REQUEST_MALFORMED,
                        "The dataset does not include " + group + "; there is nothing to let out.");
            }
        }
    }
}
