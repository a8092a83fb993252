package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.region.profile.ConsultationSummary;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Row;

/** The part of an edition's page that says what came of the comments on its draft. */
final class ConsultationSection {
    private ConsultationSection() {}

    static Section of(ConsultationSummary summary, SiteTexts say) {
        List<String> about = new ArrayList<>(List.of(say.get(
                "consultation.about",
                summary.comments(),
                summary.answered(),
                summary.asked(),
                summary.accepted().size())));
        List<Row> rows = summary.accepted().stream()
                .map(one -> Row.of(
                        Cell.words(one.section()),
                        Cell.words(one.organisation() == null ? say.get("consultation.unnamed") : one.organisation()),
                        Cell.words(one.text()),
                        Cell.words(one.answer())))
                .toList();
        return new Section(
                "consultation",
                2,
                say.get("consultation"),
                about,
                SiteTable.plain(
                                "consultation-table",
                                say.get("consultation.caption"),
                                List.of(
                                        Column.words(say.get("consultation.section")),
                                        Column.words(say.get("consultation.organisation")),
                                        Column.words(say.get("consultation.comment")),
                                        Column.words(say.get("consultation.answer"))),
                                rows)
                        .ifAny());
    }
}
