package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Link;
import org.entente.gateway.region.site.SiteTable.Row;
import org.entente.gateway.statistics.Structure;

/** The page of one edition. */
final class ProfilePage {
    private final EditionReading reading;
    private final SiteTexts say;
    private final Profile profile;
    private final String chosen;

    private ProfilePage(EditionReading reading, String chosen) {
        this.reading = reading;
        this.chosen = chosen;
        this.say = reading.say();
        this.profile = reading.profile();
    }

    /**
     * The page.
     *
     * @param others all published editions of the programme
     */
    static SitePage of(EditionReading reading, List<ProfileEdition> others) {
        return of(reading, others, "");
    }

    /**
     * The page with one country or area brought out on its maps.
     *
     * @param chosen its code; empty for none
     */
    static SitePage of(EditionReading reading, List<ProfileEdition> others, String chosen) {
        return new ProfilePage(reading, chosen).page(others);
    }

    /** The page of one corridor with all figures of both sides, for somebody who has asked for exactly that. */
    static SitePage sideBySide(EditionReading reading, String origin, String destination, List<Corridor> corridors) {
        SiteTexts say = reading.say();
        return new SitePage(
                reading.path() + "/corridors/" + origin + "/" + destination,
                say.get("side-by-side.title", origin, destination, reading.title()),
                List.of(say.get(
                        "edition.of",
                        reading.edition().edition().edition(),
                        String.valueOf(reading.profile().year()))),
                List.of(new Link(say.get("back"), reading.reader().at(reading.path()))),
                List.of(new PairSections(reading).corridors(corridors, "side-by-side")),
                "");
    }

    private SitePage page(List<ProfileEdition> others) {
        List<Section> sections = new ArrayList<>();
        sections.add(coverage());
        profile.tables().forEach(table -> sections.addAll(table(table)));
        sections.addAll(apart());
        PairSections pairs = new PairSections(reading);
        sections.add(pairs.corridors(profile.corridors(), "corridors"));
        pairs.reconciliation().ifPresent(sections::add);
        pairs.national().ifPresent(sections::add);
        sections.addAll(new IndicatorSection(reading).all());
        if (!profile.changes().isEmpty()) {
            sections.add(changes());
        }
        sections.add(sources());
        sections.add(proof());
        ProfileEdition edition = reading.edition().edition();
        return new SitePage(
                reading.path(),
                reading.title(),
                List.of(
                        say.get("edition.of", edition.edition(), String.valueOf(profile.year())),
                        say.get("edition.dates", profile.made().substring(0, 10), day(edition))),
                actions(others),
                sections,
                "/profiles/" + edition.programme() + "/feed");
    }

    static String day(ProfileEdition edition) {
        return edition.published() == null ? "" : edition.published().toString().substring(0, 10);
    }

    private List<Link> actions(List<ProfileEdition> others) {
        List<Link> actions = new ArrayList<>(List.of(
                new Link(say.get("file.pdf"), reading.reader().at(reading.path() + "/profile.pdf")),
                new Link(say.get("file.xlsx"), reading.reader().at(reading.path() + "/profile.xlsx")),
                new Link(say.get("file.totals"), reading.path() + "/totals.csv")));
        profile.tables().stream()
                .filter(table -> reading.edition().figures().stream()
                        .anyMatch(one -> one.source().table().equals(table.id())))
                .forEach(table -> actions.add(new Link(
                        say.get("file.table", reading.tableTitle(table.id())),
                        reading.path() + "/tables/" + table.id() + ".csv")));
        if (!profile.reconciled().isEmpty()) {
            actions.add(new Link(say.get("file.reconciled"), reading.path() + "/reconciled.csv"));
        }
        if (reading.edition().bundle()) {
            actions.add(new Link(say.get("bundle"), reading.path() + "/bundle"));
        }
        ProfileEdition own = reading.edition().edition();
        others.stream()
                .filter(other -> other.edition() < own.edition())
                .findFirst()
                .ifPresent(before -> actions.add(new Link(
                        say.get("compare.with", before.edition()),
                        reading.reader()
                                .at("/profiles/" + own.programme() + "/compare?from=" + before.edition() + "&to="
                                        + own.edition()))));
        return actions;
    }

    // ---- who was asked ----

    private Section coverage() {
        List<Column> columns = new ArrayList<>(List.of(Column.words(say.get("member"))));
        profile.tables().forEach(table -> columns.add(Column.words(reading.tableTitle(table.id()))));
        List<Row> rows = new ArrayList<>();
        for (Profile.Member member : profile.members()) {
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.words(reading.party(profile.tables().getFirst().id(), member.party())));
            for (Profile.TableResult table : profile.tables()) {
                cells.add(member.replies().stream()
                        .filter(reply -> reply.table().equals(table.id()))
                        .findFirst()
                        .map(reply -> reply(member.party(), reply))
                        .orElse(Cell.empty()));
            }
            rows.add(new Row(cells));
        }
        return new Section(
                "coverage",
                2,
                say.get("coverage"),
                List.of(say.get("coverage.about")),
                List.of(SiteTable.plain("coverage-table", say.get("coverage.caption"), columns, rows)));
    }

    private Cell reply(String party, Profile.Reply reply) {
        List<Link> links = reading.source(party, reply.table())
                .map(source -> List.of(new Link(source.id(), reading.sourcePath(source.id()))))
                .orElse(List.of());
        String reason = reply.reason() == null
                ? ""
                : say.find("code." + reply.reason()).map(words -> ": " + words).orElse("");
        return new Cell(
                say.get("outcome." + reply.outcome()) + reason,
                links,
                "",
                reply.sentence() == null ? "" : reply.sentence());
    }

    // ---- figures ----

    private List<Section> table(Profile.TableResult table) {
        List<Section> sections = new ArrayList<>();
        String id = "table-" + table.id().toLowerCase(Locale.ROOT);
        sections.add(new Section(
                id, 2, reading.tableTitle(table.id()), List.of(say.get("publish." + table.publish())), List.of()));
        int number = 0;
        for (Profile.Group group : table.groups()) {
            if (group.apart() == null) {
                sections.add(group(table.id(), group, id + "-" + ++number, List.of()));
            }
        }
        return sections;
    }

    private Section group(String table, Profile.Group group, String id, List<String> why) {
        Structure structure = reading.structures().apply(table);
        List<String> about = new ArrayList<>(why);
        about.add(say.get("group.reporting", reading.parties(table, group.parties())));
        if (!group.rules().isEmpty()) {
            about.add(say.get("group.rules", String.join(", ", group.rules())));
        }
        GroupTables tables = new GroupTables(reading, table, group, id);
        return new Section(
                id,
                3,
                reading.names().concept(structure, group.concept()),
                about,
                tables.all(),
                new GroupMaps(reading, tables, chosen).all());
    }

    /** What cannot stand in one column with anything. */
    private List<Section> apart() {
        List<Section> sections = new ArrayList<>();
        int number = 0;
        for (Profile.TableResult table : profile.tables()) {
            for (Profile.Group group : table.groups()) {
                if (group.apart() != null) {
                    sections.add(group(
                            table.id(),
                            group,
                            "apart-" + ++number,
                            List.of(reading.tableTitle(table.id()) + ". "
                                    + say.get(
                                            "apart.why",
                                            group.parties().size(),
                                            reading.programme().minimumReporting()))));
                }
            }
        }
        if (!sections.isEmpty()) {
            sections.addFirst(new Section("apart", 2, say.get("apart"), List.of(say.get("apart.about")), List.of()));
        }
        return sections;
    }

    // ---- what is new, and what it rests on ----

    private Section changes() {
        List<Row> rows = profile.changes().stream()
                .limit(reading.mostRows())
                .map(change -> Row.of(
                        Cell.words(reading.party(change.table(), change.party()) + ": "
                                + reading.names()
                                        .area(reading.structures().apply(change.table()), change.counterpart())),
                        Cell.words(reading.tableTitle(change.table())),
                        Cell.words(say.number(change.cells())),
                        Cell.words(change.period() == null ? "" : change.period()),
                        value(change.before()),
                        value(change.after())))
                .toList();
        List<Column> columns = List.of(
                Column.words(say.get("member-and-counterpart")),
                Column.words(say.get("table")),
                Column.figures(say.get("changed-figures")),
                Column.words(say.get("year")),
                Column.figures(say.get("before")),
                Column.figures(say.get("after")));
        int all = profile.changes().size();
        List<String> notes =
                rows.size() < all ? List.of(say.get("shortened", say.number(rows.size()), say.number(all))) : List.of();
        return new Section(
                "changes",
                2,
                say.get("changes"),
                List.of(say.get("changes.about", all)),
                List.of(new SiteTable("changes-table", say.get("changes.caption"), columns, rows, "", notes)));
    }

    private Cell value(@org.jspecify.annotations.Nullable Double value) {
        return value == null
                ? Cell.words(say.get("no-figure"))
                : new Cell(say.number(value), List.of(), EditionReading.plain(value));
    }

    private Section sources() {
        List<Row> rows = profile.sources().stream()
                .map(source -> Row.of(
                        Cell.link(source.id(), reading.sourcePath(source.id())),
                        Cell.words(reading.party(source.table(), source.party())),
                        Cell.words(reading.tableTitle(source.table())),
                        Cell.words(String.join("; ", source.organisations())),
                        Cell.words(source.received().substring(0, 10)
                                + (source.standsIn() ? " " + say.get("stands-in") : "")
                                + (reading.edition().gone().contains(source.id()) ? " " + say.get("gone") : "")),
                        Cell.words(say.number((double) source.observations())),
                        Cell.words(say.number((double) source.withheld())),
                        Cell.words(source.exchange())))
                .toList();
        List<Column> columns = List.of(
                Column.words(say.get("source")),
                Column.words(say.get("member")),
                Column.words(say.get("table")),
                Column.words(say.get("organisation")),
                Column.words(say.get("received")),
                Column.figures(say.get("figures")),
                Column.figures(say.get("figures-withheld")),
                Column.words(say.get("exchange")));
        return new Section(
                "sources",
                2,
                say.get("sources"),
                List.of(say.get("sources.about")),
                List.of(SiteTable.plain("sources-table", say.get("sources.caption"), columns, rows)));
    }

    private Section proof() {
        return new Section(
                "proof",
                2,
                say.get("proof"),
                List.of(
                        say.get("proof.digest", reading.edition().edition().digest()),
                        say.get(reading.edition().bundle() ? "proof.bundle" : "proof.members")),
                List.of());
    }
}
