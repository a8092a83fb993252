package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.gateway.region.indicator.Indicator;
import org.entente.gateway.region.indicator.ReferenceSource;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Row;

/** The part of a page with the core indicators: a table for each, with the states, the year, the day as of which it was so, and who keeps it. */
final class IndicatorSection {
    private final EditionReading reading;
    private final SiteTexts say;

    IndicatorSection(EditionReading reading) {
        this.reading = reading;
        this.say = reading.say();
    }

    /** The parts, the first with the release that all is from; none if the programme chooses no indicators. */
    List<Section> all() {
        ReferenceSource reference = reading.profile().reference();
        if (reference == null || reference.indicators().isEmpty()) {
            return List.of();
        }
        Map<String, List<Indicator>> byIndicator = new LinkedHashMap<>();
        reference
                .indicators()
                .forEach(one -> byIndicator
                        .computeIfAbsent(one.indicator(), code -> new ArrayList<>())
                        .add(one));
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(
                "indicators",
                2,
                say.get("indicators"),
                List.of(
                        say.get("indicators.about"),
                        say.get(
                                "indicators.release",
                                reference.dataset(),
                                String.valueOf(reference.number()),
                                reference.published().substring(0, 10),
                                reference.origin(),
                                reference.content())),
                List.of()));
        byIndicator.forEach((code, figures) -> sections.add(section(code, figures)));
        return sections;
    }

    private Section section(String code, List<Indicator> figures) {
        String name = figures.getFirst().name();
        List<Row> rows = figures.stream().map(this::row).toList();
        List<Column> columns = List.of(
                Column.words(say.get("member")),
                Column.figures(say.get("value")),
                Column.words(say.get("year")),
                Column.words(say.get("as-of")),
                Column.words(say.get("kept-by")));
        String chart = figures.getFirst().isYear() ? "" : "bar";
        String id = "indicator-" + code.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        return new Section(
                id,
                3,
                name,
                List.of(),
                List.of(new SiteTable(
                        id + "-table", say.get("indicator.caption", name), columns, rows, chart, List.of())));
    }

    private Row row(Indicator one) {
        return Row.of(
                Cell.words(party(one.party())),
                value(one),
                Cell.words(one.period()),
                Cell.words(Optional.ofNullable(one.asOf()).orElse("")),
                Cell.words(one.source()));
    }

    private Cell value(Indicator one) {
        Double value = one.value();
        if (value == null) {
            return Cell.words(say.get("no-figure"));
        }
        String plain = EditionReading.plain(value);
        return new Cell(one.isYear() ? plain : say.number(rounded(value)), List.of(), plain);
    }

    /** Three digits after the point: an index from 0 to 1 is told by them, and no series here is known better. */
    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private String party(String party) {
        return reading.party(reading.profile().tables().getFirst().id(), party);
    }
}
