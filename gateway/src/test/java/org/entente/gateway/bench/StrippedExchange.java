package org.entente.gateway.bench;

import java.time.Duration;
import org.entente.gateway.base.Database;
import org.entente.gateway.testing.TestNode;

/**
 * What an exchange would cost if it were nothing but its transport and its durability: the same two HTTP hops by the same
 * server and client, TLS with both certificates on the second, four signature operations, four journal entries, a distinct
 * body of 20,000 bytes stored on both sides. No agreement, no decision, no figures, no proofs, no receipts' transport.
 *
 * <p>It runs on nodes that were started with {@link StrippedPeer#SWITCH} and know each other's cards.
 */
final class StrippedExchange implements AutoCloseable {
    private final StaffCaller client;

    StrippedExchange(TestNode asking, TestNode answering) {
        for (TestNode node : new TestNode[] {asking, answering}) {
            node.bean(Database.class).update(StrippedEntries.TABLE);
        }
        asking.bean(StrippedPeer.class).meet(answering);
        answering.bean(StrippedPeer.class).meet(asking);
        this.client = new StaffCaller(asking.staff(), null);
    }

    Load.Result run(int askers, Duration duration) throws Exception {
        return Load.run(askers, duration, () -> client.get(StrippedPeer.PATH));
    }

    /** Exchanges at random moments. */
    Load.Result open(double perSecond, Duration duration) throws Exception {
        return Load.open(perSecond, duration, () -> client.get(StrippedPeer.PATH));
    }

    @Override
    public void close() {
        client.close();
    }
}
