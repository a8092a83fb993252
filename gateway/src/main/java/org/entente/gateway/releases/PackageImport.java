package org.entente.gateway.releases;

import java.util.Locale;
import org.entente.agreements.DisclosureRule.By;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.OfficePackage;
import org.entente.gateway.disclosure.Specification;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeSelection;

/** What a node, or a desk, makes sure of before it takes the figures of a sealed package. Pure. */
public final class PackageImport {
    private PackageImport() {}

    /**
     * How the figures are protected, proved as far as a node without the true counts can.
     *
     * @param auditCells a package that withholds more cells is not audited again here
     * @throws EntenteException {@code protection-unproved}
     */
    public static Protection.ByOffice protection(OfficePackage opened, long auditCells) {
        Protection.SealedProof.Audited audited;
        if (!opened.suppresses()) {
            audited = Protection.SealedProof.Audited.ROUNDED;
        } else {
            opened.requireNoSmallCountShown();
            if (opened.withheld() > auditCells) {
                audited = Protection.SealedProof.Audited.AS_SEALED;
            } else {
                opened.requireSafe();
                audited = Protection.SealedProof.Audited.REPEATED;
            }
        }
        Specification specification = opened.specification();
        Specification.Method method = specification.method();
        return new Protection.ByOffice(
                method.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (method.base() == 0 ? "" : " to base " + method.base())
                        + ", sealed as package "
                        + opened.sealed().digest(),
                specification.approver(),
                AppliedRule.of(specification, By.OFFICE),
                new Protection.SealedProof(
                        opened.sealed().digest(),
                        opened.signedBy(),
                        audited,
                        opened.table().rows().size(),
                        opened.withheld(),
                        opened.alreadyPublic().size(),
                        opened.known().size()));
    }

    /**
     * Refuses estimates from a sample whose protection did not look at what they rest on.
     *
     * @throws EntenteException {@code sample-not-judged}
     */
    public static void requireSampleJudged(OfficePackage opened, Cube cube) {
        if (opened.specification().survey() == null && CountedFigures.estimated(cube, false)) {
            throw new EntenteException(
                    ErrorCode.SAMPLE_NOT_JUDGED,
                    "The package's figures say that they come from a sample survey, and its specification has no survey.");
        }
    }

    /**
     * Refuses figures that are not the package's table cell by cell: a mapping must neither drop nor merge rows.
     *
     * @throws EntenteException {@code package-damaged}
     */
    public static void requireWhole(OfficePackage opened, Cube cube) {
        long withheld = cube.slice(CubeSelection.ALL.andValue(Double::isNaN)).observationCount();
        if (cube.observationCount() != opened.table().rows().size() || withheld != opened.withheld()) {
            throw new EntenteException(
                    ErrorCode.PACKAGE_DAMAGED,
                    "The package has " + opened.table().rows().size() + " cells, " + opened.withheld()
                            + " of them withheld; read as figures there are " + cube.observationCount() + " and "
                            + withheld + ".");
        }
    }
}
