package org.entente.gateway.region.deposit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A form that came back and holds, and does not count yet: its focal point has to confirm the sums.
 *
 * @param workbook SHA-256 of the file, base64url
 * @param confirmed when it was confirmed; null while it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DepositDraft(
        UUID id,
        UUID round,
        String party,
        Depositor depositor,
        String workbook,
        List<Sums> tables,
        Instant uploaded,
        @Nullable Instant confirmed) {
    public DepositDraft {
        tables = List.copyOf(tables);
    }

    /**
     * The control sums of one table.
     *
     * @param content SHA-256 of the figures as SDMX-CSV, base64url
     * @param figures how many numbers there are
     * @param withheld how many cells are withheld
     * @param unofficial how many figures are not from the official source
     * @param total the sum of all numbers
     */
    public record Sums(String table, String content, long figures, long withheld, long unofficial, double total) {}
}
