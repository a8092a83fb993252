package org.entente.gateway.region.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Row;

/** The profiles that are published, with all their editions. */
final class ListPage {
    private ListPage() {}

    /** @param national whether an edition of the state's own profile is published here */
    static SitePage of(
            List<ProfileEdition> editions,
            Function<ProfileEdition, Programme> programmes,
            boolean national,
            Reader reader) {
        SiteTexts say = reader.say();
        Map<String, List<ProfileEdition>> byProgramme = new LinkedHashMap<>();
        editions.forEach(edition -> byProgramme
                .computeIfAbsent(edition.programme(), programme -> new ArrayList<>())
                .add(edition));
        List<Section> sections = new ArrayList<>();
        byProgramme.forEach((programme, own) -> sections.add(section(programme, own, programmes, reader)));
        return new SitePage(
                "/profiles",
                say.get("list.title"),
                List.of(say.get(editions.isEmpty() ? "list.none" : "list.about")),
                Stream.concat(
                                national ? Stream.of(SiteParts.national(reader)) : Stream.empty(),
                                Stream.of(new SiteTable.Link(say.get("library.title"), reader.at("/library"))))
                        .toList(),
                sections,
                editions.isEmpty() ? "" : "/profiles/feed");
    }

    private static Section section(
            String programme,
            List<ProfileEdition> editions,
            Function<ProfileEdition, Programme> programmes,
            Reader reader) {
        SiteTexts say = reader.say();
        List<Row> rows = editions.stream()
                .map(edition -> Row.of(
                        Cell.link(
                                say.get("edition", edition.edition()),
                                reader.at("/profiles/" + programme + "/" + edition.edition())),
                        Cell.words(ProfilePage.day(edition)),
                        Cell.words(edition.digest())))
                .toList();
        SiteTable table = SiteTable.plain(
                "editions-" + programme,
                say.get("list.caption"),
                List.of(
                        Column.words(say.get("edition.column")),
                        Column.words(say.get("published")),
                        Column.words(say.get("digest"))),
                rows);
        return new Section(
                programme,
                2,
                Programme.in(programmes.apply(editions.getFirst()).title(), say.language()),
                List.of(),
                List.of(table));
    }
}
