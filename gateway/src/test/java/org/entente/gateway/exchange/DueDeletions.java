package org.entente.gateway.exchange;

import org.entente.gateway.testing.TestNode;

/** Lets tests of other packages have deleted now what a node would delete within the minute. */
public final class DueDeletions {
    private DueDeletions() {}

    /** Deletes what is to be deleted by the node's clock. */
    public static void at(TestNode node) {
        node.bean(Deletions.class).deleteDue();
    }
}
