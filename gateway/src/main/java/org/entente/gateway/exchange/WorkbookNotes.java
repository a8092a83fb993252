package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.AreaList;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.crypto.Base64Url;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.releases.DatasetMetadata;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.sdmx.MetadataDocument;
import org.entente.gateway.sdmx.WorkbookPages;
import org.entente.gateway.sdmx.WorkbookPages.ProofRows;
import org.entente.gateway.sdmx.WorkbookPages.Row;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.CubeUnion;
import org.entente.gateway.statistics.MetadataSet;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.Usage;
import org.entente.gateway.treaties.Treaties;
import org.entente.gateway.treaties.Treaty;

/** What stands beside the figures in a workbook: on the sheet About in words, on the sheet Proof what {@code entente verify} compares. */
@Singleton
public class WorkbookNotes {
    private static final int MOST_VALUES = 5;

    private final Treaties treaties;
    private final FigureNotes notes;
    private final ReceivedReports reports;
    private final DatasetMetadata metadata;
    private final NodeIdentity identity;

    WorkbookNotes(
            Treaties treaties,
            FigureNotes notes,
            ReceivedReports reports,
            DatasetMetadata metadata,
            NodeIdentity identity) {
        this.treaties = treaties;
        this.notes = notes;
        this.reports = reports;
        this.metadata = metadata;
        this.identity = identity;
    }

    /** The pages for what a query found. */
    public WorkbookPages of(StaffData.Found found) {
        List<Row> about = new ArrayList<>(concepts(found.cells()));
        List<Row> proof = new ArrayList<>();
        for (Asking.Figures figures : found.figures()) {
            exchange(figures, about, proof);
        }
        for (PublishedRelease release : found.own()) {
            about.add(new Row("Own release", release + ", published " + day(release.publishedAt())));
            if (release.metadataDigest() != null) {
                metadata.ofRelease(UUID.fromString(release.id()))
                        .ifPresent(document -> report(MetadataDocument.read(document), about));
            }
            proof.add(new Row(ProofRows.PROVIDER, identity.party()));
            proof.add(new Row(ProofRows.RELEASE, release.id()));
            proof.add(new Row("release-digest", release.digest()));
        }
        for (StaffData.Missing missing : found.missing()) {
            about.add(new Row("Missing", missing.party() + ": " + missing.sentence()));
        }
        return new WorkbookPages(title(found), about, proof);
    }

    private String title(StaffData.Found found) {
        return found.figures().size() == 1
                ? leg(found.figures().getFirst())
                        .map(leg -> leg.title().best("en"))
                        .orElse("")
                : "";
    }

    private void exchange(Asking.Figures figures, List<Row> about, List<Row> proof) {
        Optional<Agreement> agreement = agreement(figures);
        about.add(new Row(
                "From",
                figures.provider() + ", exchange " + figures.exchange() + ", received "
                        + figures.received().truncatedTo(ChronoUnit.SECONDS)));
        agreement.ifPresent(text -> {
            about.add(new Row(
                    "Under", text.title().best("en") + ", version " + text.version() + ", leg " + figures.leg()));
            contact(text, figures.provider()).ifPresent(contact -> about.add(new Row("Contact", contact)));
            AreaList areas = text.areas();
            if (areas.disclaimer() != null) {
                about.add(new Row("Designations", areas.disclaimer().best("en")));
            }
        });
        Duties duties = figures.duties();
        if (duties != null) {
            conditions(duties, about);
        }
        reports.of(figures).ifPresent(report -> report(report, about));
        notes.beside(figures).forEach(note -> about.add(new Row(label(note), note.sentence())));
        Asking.Failure failure = figures.failure();
        if (failure != null) {
            about.add(new Row("Not asked again", failure.sentence()));
        }
        proof.add(new Row(ProofRows.PROVIDER, figures.provider()));
        proof.add(new Row(ProofRows.EXCHANGE, figures.exchange().toString()));
        proof.add(new Row(
                ProofRows.AGREEMENT,
                figures.agreement()
                        + agreement.map(text -> " v" + text.version()).orElse("")));
        proof.add(new Row(ProofRows.LEG, figures.leg()));
        if (figures.release() != null) {
            proof.add(new Row(ProofRows.RELEASE, figures.release()));
        }
        proof.add(new Row(ProofRows.CONTENT_DIGEST, Base64Url.encode(figures.bodyDigest())));
        proof.add(new Row(ProofRows.EVIDENCE, figures.exchange() + ".evidence.json"));
    }

    /** What the provider says of the figures, by headings. */
    private static void report(MetadataSet report, List<Row> about) {
        report.each((path, heading) -> {
            String says = heading.value("en");
            if (!says.isEmpty()) {
                about.add(new Row(heading.name().in("en"), says));
            }
        });
    }

    private static void conditions(Duties duties, List<Row> about) {
        about.add(new Row("Purpose", duties.purpose()));
        about.add(new Row("Keep until", duties.keepUntil()));
        about.add(new Row(
                "May be passed on to", duties.onward().isEmpty() ? "nobody" : String.join(", ", duties.onward())));
        String embargo = duties.embargoUntil();
        if (embargo != null) {
            about.add(new Row("Not published before", embargo));
        }
        String citation = duties.citation();
        if (citation != null) {
            about.add(new Row("Cite as", citation));
        }
    }

    /** {@code error-reported} as {@code Error reported}. */
    private static String label(FigureNotes.Note note) {
        String words = note.act().replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private Optional<Agreement> agreement(Asking.Figures figures) {
        return treaties.find(figures.agreement()).map(Treaty::file).map(file -> file.agreement());
    }

    private Optional<Leg> leg(Asking.Figures figures) {
        return agreement(figures)
                .flatMap(text -> text.legs().stream()
                        .filter(leg -> leg.id().equals(figures.leg()))
                        .findFirst());
    }

    private static Optional<String> contact(Agreement agreement, String party) {
        return agreement.parties().stream()
                .filter(one -> one.id().equals(party))
                .findFirst()
                .map(Party::liaison)
                .filter(officers -> !officers.isEmpty())
                .map(List::getFirst)
                .map(officer -> officer.post().best("en") + ", " + officer.authority() + ": "
                        + String.join(", ", officer.contacts()));
    }

    /** The attributes that say what the figures are, with all values they have: source, reference date, coverage, method. */
    private static List<Row> concepts(CubeUnion cells) {
        List<Row> rows = new ArrayList<>();
        Structure structure = cells.structure();
        Usage usage = Usage.of(cells.cursor());
        ObservationCursor texts = cells.cursor();
        for (int a = 0; a < structure.attributes().size(); a++) {
            Component.Attribute attribute = structure.attributes().get(a);
            Set<String> values = new LinkedHashSet<>();
            boolean[] used = usage.attribute(a);
            for (int i = 1; i < used.length; i++) {
                if (used[i]) {
                    values.add(named(attribute, texts.attributeTexts(a).text(i)));
                }
            }
            if (!values.isEmpty() && values.size() <= MOST_VALUES) {
                rows.add(new Row(attribute.concept().name().in("en"), String.join("; ", values)));
            }
        }
        return rows;
    }

    private static String named(Component component, String code) {
        return component
                .representation()
                .codelist()
                .flatMap(list -> list.code(code))
                .map(one -> one.name().in("en"))
                .orElse(code);
    }

    private static String day(java.time.Instant at) {
        return at.toString().substring(0, 10);
    }
}
