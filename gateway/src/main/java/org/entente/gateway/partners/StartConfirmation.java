package org.entente.gateway.partners;

import org.entente.gateway.base.EntenteException;

/**
 * Whether a partner has said, since this process started, what it has seen of this node's journal. Asked upward: before that, nothing is
 * exchanged with it, since a database that was set back would contradict what it holds.
 */
public interface StartConfirmation {
    /**
     * Passes if the partner has said so, or says so now.
     *
     * @throws EntenteException {@code partner-unreachable} if it cannot be asked, {@code journal-unavailable} if it has seen what the
     *     database does not hold
     */
    void require(Partner partner);
}
