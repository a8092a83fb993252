package org.entente.gateway.evidence.reconciliation;

import java.util.List;
import java.util.UUID;
import org.entente.gateway.exchange.ExchangeLedger;
import org.jspecify.annotations.Nullable;

/**
 * A part of one side's records, as a node gives it to the partner concerned.
 *
 * @param next first id of the next part; null after the last
 */
record LedgerPage(List<ExchangeLedger.Line> lines, @Nullable UUID next) {
    static final String PATH = "/reconciliation";

    /** Most lines in one part. */
    static final int LINES = 1_000;

    /** What the caller has asked of this node, or this node of the caller. */
    enum Side {
        ASKED,
        ANSWERED
    }

    static LedgerPage of(ExchangeLedger ledger, Side side, String partner, UUID from, UUID to) {
        List<ExchangeLedger.Line> lines = side == Side.ASKED
                ? ledger.asked(partner, from, to, LINES + 1)
                : ledger.answered(partner, from, to, LINES + 1);
        return lines.size() <= LINES
                ? new LedgerPage(lines, null)
                : new LedgerPage(
                        List.copyOf(lines.subList(0, LINES)), lines.get(LINES).exchange());
    }
}
