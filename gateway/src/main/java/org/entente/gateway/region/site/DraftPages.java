package org.entente.gateway.region.site;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.gateway.region.consultation.Consultation;
import org.entente.gateway.region.national.NationalText;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Link;
import org.entente.gateway.region.site.SiteTable.Row;
import org.jspecify.annotations.Nullable;

/** Drafts as those see them who are asked for comments. They lead nowhere: what a draft would lead to is not published either. */
@Singleton
public class DraftPages {
    private final EditionReadings readings;

    DraftPages(EditionReadings readings) {
        this.readings = readings;
    }

    /**
     * A draft in one language.
     *
     * @param say the texts of that language
     */
    public record Draft(SitePage page, SiteTexts say) {}

    /**
     * The draft of a consultation.
     *
     * @param path of the page on which it is shown
     * @param language one of {@link SiteTexts#LANGUAGES}
     */
    public Draft in(String language, Consultation consultation, String path) {
        SiteTexts say = SiteTexts.in(language);
        return new Draft(page(consultation, path, new Reader(say, false)), say);
    }

    /** The draft of a consultation. */
    SitePage page(Consultation consultation, String path, Reader reader) {
        byte[] text = consultation.draft();
        if (text != null) {
            return national(NationalText.read(text), path, reader.say());
        }
        EditionReading reading = readings.draft(
                Objects.requireNonNull(consultation.programme()),
                Objects.requireNonNull(consultation.edition()),
                reader);
        SitePage page = ProfilePage.of(reading, List.of());
        return new SitePage(
                path,
                page.title(),
                page.lead(),
                List.of(),
                page.sections().stream().map(DraftPages::unlinked).toList(),
                "");
    }

    /** The titles of the sections that can be commented on, by id. */
    static SortedMap<String, String> titles(SitePage draft) {
        SortedMap<String, String> titles = new TreeMap<>();
        draft.sections().stream()
                .filter(section -> section.depth() == 2)
                .forEach(section -> titles.put(section.id(), section.title()));
        return titles;
    }

    private static Section unlinked(Section section) {
        return new Section(
                section.id(),
                section.depth(),
                section.title(),
                section.paragraphs(),
                section.tables().stream().map(DraftPages::unlinked).toList());
    }

    private static SiteTable unlinked(SiteTable table) {
        return new SiteTable(
                table.id(),
                table.caption(),
                table.columns(),
                table.rows().stream()
                        .map(row -> new Row(
                                row.cells().stream().map(DraftPages::unlinked).toList()))
                        .toList(),
                "",
                table.notes());
    }

    private static Cell unlinked(Cell cell) {
        StringBuilder text = new StringBuilder(cell.text());
        for (Link link : cell.links()) {
            text.append(text.isEmpty() ? "" : " ").append(link.text());
        }
        return new Cell(text.toString(), List.of(), cell.value());
    }

    private static SitePage national(NationalText text, String path, SiteTexts say) {
        List<Section> sections = new ArrayList<>();
        for (NationalText.Section one : text.sections()) {
            List<String> paragraphs =
                    new ArrayList<>(Arrays.asList(one.text().strip().split("\\n\\s*\\n")));
            paragraphs.add(say.get("comment.author", one.author()));
            sections.add(new Section(
                    "section-" + (sections.size() + 1), 2, one.part() + ". " + one.heading(), paragraphs, List.of()));
        }
        if (!text.objectives().isEmpty()) {
            sections.add(objectives(text, say));
        }
        return new SitePage(
                path,
                Programme.in(text.title(), say.language()),
                List.of(say.get("comment.group", String.join(", ", text.group()), String.valueOf(text.year()))),
                List.of(),
                sections,
                "");
    }

    private static Section objectives(NationalText text, SiteTexts say) {
        List<Row> rows = text.objectives().stream()
                .map(one -> Row.of(
                        Cell.words(one.statement()),
                        Cell.words(one.indicator()),
                        Cell.words(mark(one.baseline(), say)),
                        Cell.words(mark(one.target(), say)),
                        Cell.words(mark(one.value(), say))))
                .toList();
        return new Section(
                "objectives",
                2,
                say.get("objectives"),
                List.of(),
                List.of(SiteTable.plain(
                        "objectives-table",
                        say.get("objectives"),
                        List.of(
                                Column.words(say.get("objective")),
                                Column.words(say.get("objective.indicator")),
                                Column.words(say.get("objective.baseline")),
                                Column.words(say.get("objective.target")),
                                Column.words(say.get("objective.value"))),
                        rows)));
    }

    private static String mark(NationalText.@Nullable Mark mark, SiteTexts say) {
        return mark == null ? "" : say.number(mark.value()) + " (" + mark.period() + ")";
    }
}
