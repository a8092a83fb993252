package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Row;
import org.entente.gateway.statistics.Structure;

/** Where figures of an edition come from: the exchange, the clause, the release and the signature behind them. */
final class SourcePage {
    private SourcePage() {}

    /**
     * The page.
     *
     * @param signatures the signatures of the answer as it came, one each; empty if they are no longer kept
     */
    static SitePage of(EditionReading reading, Source source, List<String> signatures) {
        SiteTexts say = reading.say();
        Structure structure = reading.structures().apply(source.table());
        List<Row> rows = new ArrayList<>();
        rows.add(fact(say.get("member"), reading.party(source.table(), source.party()) + " (" + source.party() + ")"));
        rows.add(Row.of(
                Cell.words(say.get("table")),
                Cell.link(reading.tableTitle(source.table()), reading.reader().at(reading.path()))));
        for (FigureConcept concept : source.concepts()) {
            rows.add(fact(say.get("definition"), reading.names().concept(structure, concept)));
        }
        rows.add(fact(say.get("organisation"), String.join("; ", source.organisations())));
        rows.add(fact(say.get("covered"), String.join("; ", source.coverage())));
        rows.add(fact(say.get("assurance"), say.get("assurance." + source.assurance())));
        rows.add(fact(say.get("depositor"), source.depositor() == null ? "" : source.depositor()));
        rows.add(fact(say.get("exchange"), source.exchange()));
        rows.add(fact(say.get("agreement"), source.agreement()));
        rows.add(fact(say.get("clause"), source.leg()));
        rows.add(fact(say.get("release"), source.release() == null ? "" : source.release()));
        rows.add(fact(say.get("received"), source.received() + (source.standsIn() ? " " + say.get("stands-in") : "")));
        rows.add(fact(say.get("content"), source.content()));
        signatures.forEach(signature -> rows.add(fact(say.get("signature"), signature)));
        rows.add(fact(say.get("figures"), say.number((double) source.observations())));
        rows.add(fact(say.get("figures-withheld"), say.number((double) source.withheld())));
        List<String> about = new ArrayList<>(List.of(say.get("source.about")));
        if (reading.edition().gone().contains(source.id())) {
            about.add(say.get("gone.about"));
        }
        SiteTable table = SiteTable.plain(
                "source-table",
                say.get("source.caption", source.id()),
                List.of(Column.words(say.get("fact")), Column.words(say.get("value"))),
                rows.stream().filter(SourcePage::says).toList());
        return new SitePage(
                reading.path() + "/sources/" + source.id(),
                say.get("source.title", source.id(), reading.title()),
                List.of(say.get(
                        "edition.of",
                        reading.edition().edition().edition(),
                        String.valueOf(reading.profile().year()))),
                List.of(new SiteTable.Link(say.get("back"), reading.reader().at(reading.path()))),
                List.of(new Section("source", 2, say.get("provenance"), about, List.of(table))),
                "");
    }

    private static Row fact(String name, String value) {
        return Row.of(Cell.words(name), Cell.words(value));
    }

    private static boolean says(Row row) {
        Cell value = row.cells().getLast();
        return !value.text().isEmpty() || !value.links().isEmpty();
    }
}
