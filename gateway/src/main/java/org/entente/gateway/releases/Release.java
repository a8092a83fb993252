package org.entente.gateway.releases;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import org.entente.agreements.SensitiveGroup;
import org.jspecify.annotations.Nullable;

/**
 * One frozen, numbered set of figures of a dataset and how far it has come.
 *
 * @param number counts the dataset's releases from 1
 * @param edition counts the wider re-publications of one release from 1
 * @param digest base64url of {@link org.entente.gateway.statistics.Cube#digest()}
 * @param pattern base64url of the digest of the withheld cells alone
 * @param observations number of cells
 * @param differences totals that their parts do not add up to, within the declared tolerance
 * @param importedBy user who imported
 * @param approvedBy user who approved
 * @param approverName the approver's full name
 * @param reason why the differences were accepted
 * @param groups sensitive groups that the approver lets out
 * @param metadata base64url of the digest of the report that it was published with; null if it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Release(
        UUID id,
        String dataset,
        int number,
        int edition,
        ReleaseStatus status,
        ReleaseState state,
        Protection protection,
        String digest,
        String pattern,
        long observations,
        List<SumDifference> differences,
        UUID importedBy,
        Instant importedAt,
        @Nullable UUID approvedBy,
        @Nullable String approverName,
        @Nullable Instant approvedAt,
        @Nullable String reason,
        SortedSet<SensitiveGroup> groups,
        @Nullable Instant publishedAt,
        @Nullable String metadata) {}
