package org.entente.gateway.exchange;

import java.util.List;

/** The bodies of {@code POST /receipts} (docs/protocol.md section 6). */
public final class ReceiptMessage {
    /** Where they are sent. */
    static final String PATH = "/receipts";

    private ReceiptMessage() {}

    /** The consumer's receipts, at most {@link Receipts#BATCH} of them. */
    public record Batch(List<Receipt> receipts) {
        /** Copies the list. */
        public Batch {
            receipts = List.copyOf(receipts);
        }
    }

    /** One receipt: the exchange and the tlog-proof of the consumer's {@code received} or {@code rejected} record. */
    public record Receipt(String exchange, String proof) {}

    /** What the provider says to each. */
    public record Verdict(List<String> accepted, List<Refused> refused) {
        /** Copies the lists. */
        public Verdict {
            accepted = List.copyOf(accepted);
            refused = List.copyOf(refused);
        }
    }

    /** A receipt that does not hold, with the stable code and the reason. */
    public record Refused(String exchange, String code, String detail) {}
}
