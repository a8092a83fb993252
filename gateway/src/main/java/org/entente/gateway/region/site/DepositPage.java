package org.entente.gateway.region.site;

import java.math.BigDecimal;
import java.util.List;
import org.entente.gateway.region.deposit.DepositDraft;
import org.entente.gateway.sdmx.CollectionForm;

/**
 * The page of a link by which a member's focal point hands the round's workbook in and confirms its sums.
 *
 * @param path of the link, without language
 * @param party the member
 * @param expires until when the link is good, UTC
 * @param waiting what was handed in and waits to be confirmed, by table; empty if nothing was
 * @param findings cells of the workbook that was tried last and do not hold
 * @param problem what else is wrong with what was tried last; empty if nothing is
 * @param done whether the sums were confirmed just now
 */
public record DepositPage(
        String path,
        String party,
        String expires,
        List<Waiting> waiting,
        List<CollectionForm.Finding> findings,
        String problem,
        boolean done) {
    public DepositPage {
        waiting = List.copyOf(waiting);
        findings = List.copyOf(findings);
    }

    /**
     * A table that waits to be confirmed.
     *
     * @param sum in the digits of programs; shown only once it was confirmed
     */
    public record Waiting(String table, long figures, long withheld, long unofficial, String sum) {
        static Waiting of(DepositDraft.Sums sums) {
            return new Waiting(
                    sums.table(),
                    sums.figures(),
                    sums.withheld(),
                    sums.unofficial(),
                    BigDecimal.valueOf(sums.total()).stripTrailingZeros().toPlainString());
        }
    }
}
