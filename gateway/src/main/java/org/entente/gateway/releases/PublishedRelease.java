package org.entente.gateway.releases;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.entente.agreements.decision.Facts;
import org.entente.gateway.statistics.Cube;
import org.jspecify.annotations.Nullable;

/** A release that answers questions, with its figures at hand. */
public final class PublishedRelease {

    private final Release release;
    private final Dataset dataset;
    private final Supplier<Cube> cube;

    /**
     * A release that was published.
     *
     * @param cube its figures, when they are needed
     */
    public PublishedRelease(Release release, Dataset dataset, Supplier<Cube> cube) {
        this.release = release;
        this.dataset = dataset;
        this.cube = cube;
    }

    /** The release's id as text. */
    public String id() {
        return release.id().toString();
    }

    public Dataset dataset() {
        return dataset;
    }

    public int number() {
        return release.number();
    }

    public int edition() {
        return release.edition();
    }

    public Protection protection() {
        return release.protection();
    }

    /** When it was published. */
    public Instant publishedAt() {
        Instant at = release.publishedAt();
        if (at == null) {
            throw new IllegalStateException("release " + id() + " is not published");
        }
        return at;
    }

    /** base64url of the digest of the figures. */
    public String digest() {
        return release.digest();
    }

    /** base64url of the digest of the withheld cells. */
    public String patternDigest() {
        return release.pattern();
    }

    /** base64url of the digest of the report that it was published with; null if it has none. */
    public @Nullable String metadataDigest() {
        return release.metadata();
    }

    /** {@code PROVISIONAL} or {@code FINAL}. */
    public String status() {
        return release.status().name();
    }

    /** The release as decisions take it: with what protects its figures. */
    public Facts.Release fact() {
        Protection protection = release.protection();
        return new Facts.Release(
                id(),
                dataset.id(),
                status(),
                protection.applied(),
                protection instanceof Protection.PublicSource ? Boolean.TRUE : null);
    }

    /** What the figures cover of sensitive groups, and who let out what of them. */
    public Facts.DatasetCoverage coverage() {
        String approver = release.approverName();
        List<Facts.Approval> approvals = approver == null || release.groups().isEmpty()
                ? List.of()
                : List.of(new Facts.Approval(approver, release.groups(), null));
        return new Facts.DatasetCoverage(dataset.id(), dataset.coverage(), approvals);
    }

    /**
     * The figures; in memory, or read from the database if the memory budget had no room for them.
     *
     * @throws org.entente.gateway.base.EntenteException {@code release-damaged}, {@code database-unavailable}
     */
    public Cube cube() {
        return cube.get();
    }

    @Override
    public String toString() {
        return dataset.id() + " " + number() + "." + edition();
    }
}
