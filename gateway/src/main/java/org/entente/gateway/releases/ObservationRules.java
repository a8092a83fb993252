package org.entente.gateway.releases;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeRegion;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Problem.Kind;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in every row of a release besides its codes, so that nothing leaves that is marked as withheld: a missing
 * value says why it is missing, a value that is said to be missing or confidential is not there, an embargo has an end,
 * and the figures are about the party's own territory.
 */
public final class ObservationRules {

    /** CL_OBS_STATUS: missing for one reason or another. */
    private static final Set<String> MISSING = Set.of("H", "J", "K", "L", "M", "O", "Q");

    /** Of these, the ones beside which no value may stand; J and K qualify a value as well. */
    private static final Set<String> EMPTY = Set.of("H", "L", "M", "O", "Q");

    /** CL_CONF_STATUS: confidential, whoever set it and by whatever rule. */
    private static final Set<String> CONFIDENTIAL = Set.of("C", "D", "S", "A", "O", "T", "G", "M");

    private static final String EMBARGO = "E";

    private final Structure structure;
    private final CubeRegion region;
    private final int status;
    private final int confidentiality;
    private final int embargo;
    private final int reportingArea;
    private final @Nullable String ownArea;

    /** @param ownArea the party's area, or null if the party has no territory */
    public ObservationRules(Structure structure, @Nullable String ownArea) {
        this(structure, CubeRegion.WHOLE, ownArea);
    }

    /** As above; the figures must also lie in the region that the flow is confined to. */
    ObservationRules(Dataflow flow, @Nullable String ownArea) {
        this(flow.structure(), flow.region(), ownArea);
    }

    private ObservationRules(Structure structure, CubeRegion region, @Nullable String ownArea) {
        this.structure = structure;
        this.region = region;
        this.status = position(Attribute.Role.OBSERVATION_STATUS);
        this.confidentiality = position(Attribute.Role.CONFIDENTIALITY_STATUS);
        this.embargo = position(Attribute.Role.EMBARGO);
        this.reportingArea =
                structure.dimensionPosition(structure.reportingArea().id());
        this.ownArea = ownArea;
    }

    private int position(Attribute.Role role) {
        return structure
                .attribute(role)
                .map(attribute -> structure.attributePosition(attribute.id()))
                .orElse(-1);
    }

    /** Notes what is wrong with the row that the builder holds. */
    public void check(CubeBuilder row) {
        String observed = text(row, status);
        String confidential = text(row, confidentiality);
        boolean withheld = Double.isNaN(row.currentValue());
        if (withheld && status >= 0 && !MISSING.contains(observed)) {
            problem(
                    row,
                    status,
                    "the value is NaN; " + observed + " does not say why (one of " + sorted(MISSING) + ")");
        }
        if (!withheld && EMPTY.contains(observed)) {
            problem(row, status, observed + " says that the value is missing, but it is there");
        }
        if (!withheld && CONFIDENTIAL.contains(confidential)) {
            problem(row, confidentiality, confidential + " says that the value is confidential, but it is there");
        }
        if (confidential.equals(EMBARGO) && text(row, embargo).isEmpty()) {
            problem(row, embargo, "an embargo needs its end");
        }
        for (String dimension : region.codes().keySet()) {
            String code = row.currentDimension(structure.dimensionPosition(dimension));
            if (!region.admits(dimension, code)) {
                row.problem(Kind.INCONSISTENT, dimension, code + " is no part of the dataflow");
            }
        }
        if (ownArea != null && !ownArea.equals(row.currentDimension(reportingArea))) {
            row.problem(
                    Kind.INCONSISTENT,
                    structure.dimensions().get(reportingArea).id(),
                    "this node releases figures about " + ownArea + " only");
        }
    }

    private static String text(CubeBuilder row, int attribute) {
        return attribute < 0 ? "" : row.currentAttribute(attribute);
    }

    private void problem(CubeBuilder row, int attribute, String detail) {
        row.problem(Kind.INCONSISTENT, structure.attributes().get(attribute).id(), detail);
    }

    private static SortedSet<String> sorted(Set<String> codes) {
        return new TreeSet<>(new HashSet<>(codes));
    }
}
