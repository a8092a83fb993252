package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.region.national.AnnexRow;
import org.entente.gateway.region.national.NationalProfile;
import org.entente.gateway.region.national.NationalPublication.Published;
import org.entente.gateway.region.national.NationalText;
import org.entente.gateway.region.profile.ConsultationSummary;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Link;
import org.entente.gateway.region.site.SiteTable.Row;
import org.entente.gateway.statistics.Structure;

/** The pages of a state's own migration profile: text of the working group, objectives with what was reached, annex. */
final class NationalPage {
    /** Where they stand. */
    static final String PATH = "/national";

    private final Reader reader;
    private final SiteTexts say;
    private final Names names;
    private final Structure structure;

    /** @param structure whose code lists name the annex's codes */
    NationalPage(Reader reader, Names names, Structure structure) {
        this.reader = reader;
        this.say = reader.say();
        this.names = names;
        this.structure = structure;
    }

    /** All published editions. */
    SitePage list(List<Published> editions) {
        List<Row> rows = editions.stream()
                .map(one -> Row.of(
                        Cell.link(
                                say.get("edition", one.profile().edition()),
                                reader.at(PATH + "/" + one.profile().edition())),
                        Cell.words(one.at().toString().substring(0, 10)),
                        Cell.words(one.digest())))
                .toList();
        SiteTable table = SiteTable.plain(
                "national-editions",
                say.get("list.caption"),
                List.of(
                        Column.words(say.get("edition.column")),
                        Column.words(say.get("published")),
                        Column.words(say.get("digest"))),
                rows);
        return new SitePage(
                PATH,
                say.get("national-profile.title"),
                List.of(say.get(editions.isEmpty() ? "list.none" : "national-profile.about")),
                List.of(),
                editions.isEmpty()
                        ? List.of()
                        : List.of(new Section("national", 2, say.get("edition.column"), List.of(), List.of(table))),
                "");
    }

    /** One edition. */
    SitePage edition(Published published, List<Integer> editions) {
        NationalProfile profile = published.profile();
        String path = PATH + "/" + profile.edition();
        List<Link> actions = new ArrayList<>(List.of(
                new Link(say.get("file.pdf"), reader.at(path + "/profile.pdf")),
                new Link(say.get("file.xlsx"), reader.at(path + "/profile.xlsx")),
                new Link(say.get("file.annex"), path + "/annex.csv")));
        editions.stream()
                .filter(other -> other < profile.edition())
                .findFirst()
                .ifPresent(before -> actions.add(new Link(
                        say.get("compare.with", before),
                        reader.at(PATH + "/compare?from=" + before + "&to=" + profile.edition()))));
        List<Section> sections = new ArrayList<>();
        int number = 0;
        for (NationalText.Section one : profile.text().sections()) {
            sections.add(new Section(
                    "part-" + ++number,
                    2,
                    one.part() + ". " + one.heading(),
                    List.of(one.text().strip(), say.get("written-by", one.author())),
                    List.of()));
        }
        sections.add(objectives(profile));
        sections.add(annex(profile));
        ConsultationSummary consultation = profile.consultation();
        if (consultation != null) {
            sections.add(ConsultationSection.of(consultation, say));
        }
        return new SitePage(
                path,
                Programme.in(profile.text().title(), say.language()),
                List.of(
                        say.get(
                                "edition.of",
                                profile.edition(),
                                String.valueOf(profile.text().year())),
                        say.get(
                                "edition.dates",
                                profile.made().substring(0, 10),
                                published.at().toString().substring(0, 10)),
                        say.get("proof.digest", published.digest())),
                actions,
                sections,
                "");
    }

    private Section objectives(NationalProfile profile) {
        List<Row> rows = profile.text().objectives().stream()
                .map(one -> Row.of(
                        Cell.words(one.id() + ": " + one.statement()),
                        Cell.words(one.indicator()),
                        mark(one.baseline()),
                        one.value() == null ? Cell.words(say.get("not-measured")) : mark(one.value()),
                        mark(one.target()),
                        Cell.words(
                                one.progress() == null
                                        ? ""
                                        : say.number((double) Math.round(one.progress() * 100)) + " %")))
                .toList();
        return new Section(
                "objectives",
                2,
                say.get("objectives"),
                List.of(),
                SiteTable.plain(
                                "objectives-table",
                                say.get("objectives.caption"),
                                List.of(
                                        Column.words(say.get("objective")),
                                        Column.words(say.get("measured-by")),
                                        Column.words(say.get("baseline")),
                                        Column.words(say.get("reached")),
                                        Column.words(say.get("target")),
                                        Column.figures(say.get("of-the-way"))),
                                rows)
                        .ifAny());
    }

    private Cell mark(NationalText.Mark mark) {
        String source = mark.source() == null ? "" : "; " + mark.source();
        return Cell.words(say.number(mark.value()) + " (" + mark.period() + source + ")");
    }

    private Section annex(NationalProfile profile) {
        List<Row> rows = profile.annex().stream()
                .map(row -> Row.of(
                        Cell.words(row.item() + ": " + names.area(structure, row.counterpart())),
                        Cell.words(names.code(structure, "INDICATOR", row.indicator()) + "; "
                                + names.code(structure, "ORIGIN_BASIS", row.basis())),
                        Cell.words(row.period()),
                        value(row),
                        Cell.words(names.party(structure, row.countedBy())),
                        Cell.words(row.organisation())))
                .toList();
        return new Section(
                "annex",
                2,
                say.get("annex"),
                List.of(say.get("annex.about")),
                SiteTable.plain(
                                "annex-table",
                                say.get("annex.caption"),
                                List.of(
                                        Column.words(say.get("counterpart")),
                                        Column.words(say.get("definition")),
                                        Column.words(say.get("year")),
                                        Column.figures(say.get("figure")),
                                        Column.words(say.get("counted-by")),
                                        Column.words(say.get("organisation"))),
                                rows)
                        .ifAny());
    }

    private Cell value(AnnexRow row) {
        Double value = row.value();
        if (value != null) {
            return new Cell(say.number(value), List.of(), EditionReading.plain(value));
        }
        String why = EditionReading.isWithheld(row.status()) ? "withheld" : "annex." + row.status();
        return Cell.words(say.find(why).orElse(say.get("no-figure")));
    }

    /** Two editions as everybody may see them. */
    SitePage compare(Published from, Published to) {
        List<Row> rows = to.profile().since(from.profile()).stream()
                .map(one -> Row.of(
                        Cell.words(say.get("what." + one.what()) + ": " + one.name()),
                        Cell.words(one.before() == null ? "" : one.before()),
                        Cell.words(one.after() == null ? "" : one.after())))
                .toList();
        String title = Programme.in(to.profile().text().title(), say.language());
        return new SitePage(
                PATH + "/compare?from=" + from.profile().edition() + "&to="
                        + to.profile().edition(),
                say.get("compare.title", from.profile().edition(), to.profile().edition(), title),
                List.of(say.get("compare.about")),
                List.of(),
                List.of(new Section(
                        "differences",
                        2,
                        say.get("changes"),
                        List.of(),
                        SiteTable.plain(
                                        "differences-table",
                                        say.get("changes.caption"),
                                        List.of(
                                                Column.words(say.get("fact")),
                                                Column.words(say.get("before")),
                                                Column.words(say.get("after"))),
                                        rows)
                                .ifAny())),
                "");
    }
}
