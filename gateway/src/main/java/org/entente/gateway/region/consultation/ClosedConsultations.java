package org.entente.gateway.region.consultation;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.region.profile.ConsultationSummary;
import org.entente.gateway.region.profile.EditionConsultations;

/** What came of consultations, for the editions that follow. */
@Singleton
final class ClosedConsultations implements EditionConsultations {
    private final ConsultationTables tables;

    ClosedConsultations(ConsultationTables tables) {
        this.tables = tables;
    }

    @Override
    public void requireClosed(String programme, int edition) {
        tables.on(programme, edition).stream()
                .filter(one -> one.closed() == null)
                .findFirst()
                .ifPresent(one -> {
                    throw new EntenteException(
                            ErrorCode.CONSULTATION_NOT_POSSIBLE,
                            "The consultation " + one.id() + " on this draft is open; close it first.");
                });
    }

    @Override
    public Optional<ConsultationSummary> summary(String programme, int edition) {
        List<Consultation> all = tables.on(programme, edition);
        return all.isEmpty() ? Optional.empty() : Optional.of(summary(all));
    }

    /** All that came to several consultations on one draft. */
    ConsultationSummary summary(List<Consultation> all) {
        int asked = 0;
        int answered = 0;
        int comments = 0;
        List<ConsultationSummary.Accepted> accepted = new ArrayList<>();
        for (Consultation one : all) {
            List<ConsultationTables.Link> links = tables.links(one.id());
            asked += links.size();
            answered += (int) links.stream().filter(link -> link.used() != null).count();
            for (Consultation.Comment comment : tables.comments(one.id())) {
                comments++;
                if (comment.verdict() == Consultation.Verdict.ACCEPTED) {
                    accepted.add(new ConsultationSummary.Accepted(
                            comment.title(),
                            comment.text(),
                            comment.named() ? comment.organisation() : null,
                            comment.answer() == null ? "" : comment.answer()));
                }
            }
        }
        return new ConsultationSummary(asked, answered, comments, accepted);
    }
}
