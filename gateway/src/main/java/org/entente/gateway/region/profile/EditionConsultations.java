package org.entente.gateway.region.profile;

import java.util.Optional;

/** What was said of the draft of an edition, as far as publishing and showing it need to know. */
public interface EditionConsultations {
    /**
     * Lets an edition be published only when no comments may come or wait any more.
     *
     * @throws org.entente.gateway.base.EntenteException {@code consultation-not-possible} while a consultation on it is open
     */
    void requireClosed(String programme, int edition);

    /** The comments on the draft of an edition; empty if nobody was asked. */
    Optional<ConsultationSummary> summary(String programme, int edition);
}
