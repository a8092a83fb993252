package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.MetadataDocument;
import org.entente.gateway.sdmx.MetadataFile;
import org.entente.gateway.sdmx.ReportHeadings;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataSet;
import org.entente.gateway.statistics.MetadataSet.Reported;
import org.entente.gateway.statistics.Metadataflow;
import org.entente.gateway.statistics.Metadataflows;
import org.jspecify.annotations.Nullable;

/**
 * What statisticians say of datasets by the headings of a metadata structure. The newest report of a dataset is frozen into a release when
 * that is published; what is said later counts for later releases.
 */
@Singleton
public final class DatasetMetadata implements MetadataSource {

    private static final String DRAFT = "0.0.0-draft";
    private static final String ENGLISH = "en";

    private final Database database;
    private final Datasets datasets;
    private final Metadataflows flows;
    private final Journal journal;
    private final EntenteSettings settings;
    private final Uuids ids;
    private final Clock clock;

    DatasetMetadata(
            Database database,
            Datasets datasets,
            Metadataflows flows,
            Journal journal,
            EntenteSettings settings,
            Uuids ids,
            Clock clock) {
        this.database = database;
        this.datasets = datasets;
        this.flows = flows;
        this.journal = journal;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What is said of a dataset.
     *
     * @param digest SHA-256 of the document, base64url
     * @param headings how many headings have a text or a code
     */
    public record Described(String dataset, String metadataflow, String digest, int headings, Instant at) {}

    /** A document with its digest. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frozen(byte[] document, byte[] digest) {}

    /**
     * Takes a report about a dataset; a statistician of the owning office brings it. It counts for releases that are published from now on.
     *
     * @param file YAML or JSON, as {@link MetadataFile} reads it
     * @param flow metadataflow, {@code AGENCY:ID(VERSION)}; null for the one that ships
     * @param language of texts that name none; null for English
     * @throws EntenteException {@code metadata-invalid}, {@code dataset-unknown}, {@code forbidden}
     */
    public Described describe(
            String datasetId, byte[] file, @Nullable String flow, @Nullable String language, StaffUser by) {
        Dataset dataset = datasets.get(datasetId);
        by.require(Roles.STATISTICIAN, dataset.authority(), dataset.id());
        Metadataflow metadataflow = flow(flow);
        if (!metadataflow.admits(dataset.dataflow())) {
            throw new EntenteException(
                    ErrorCode.METADATA_INVALID,
                    "Reports of " + metadataflow.id() + " are not about data of " + dataset.dataflow() + ".");
        }
        List<Reported> reported = MetadataFile.read(file, metadataflow, language == null ? ENGLISH : language);
        Instant now = clock.instant();
        UUID id = ids.next();
        byte[] document = MetadataDocument.write(
                set(dataset, DRAFT, metadataflow.id(), reported),
                new MessageHeader(id.toString(), now, settings.party()));
        byte[] digest = Digests.sha256(document);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", "dataset-described");
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("dataset", dataset.id());
        record.put("metadataflow", metadataflow.id().toString());
        record.put("metadata", Base64Url.encode(digest));
        journal.append(new Draft(
                "dataset-described",
                record,
                dataset.id(),
                List.of(new Write.Insert(
                        "INSERT INTO dataset_metadata (id, dataset, flow, document, digest, described_by, described_us, entry)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        id,
                        dataset.id(),
                        metadataflow.id().toString(),
                        document,
                        digest,
                        by.id(),
                        now,
                        Write.INDEX))));
        int[] count = {0};
        set(dataset, DRAFT, metadataflow.id(), reported)
                .each((path, heading) -> count[0] += heading.text() == null && heading.code() == null ? 0 : 1);
        return new Described(dataset.id(), metadataflow.id().toString(), Base64Url.encode(digest), count[0], now);
    }

    /**
     * The metadataflow of this name.
     *
     * @param text {@code AGENCY:ID(VERSION)}; null for the one that ships
     * @throws EntenteException {@code metadata-invalid} if it is not known
     */
    public Metadataflow flow(@Nullable String text) {
        if (text == null) {
            return ReportHeadings.load();
        }
        return flows.findMetadataflow(text)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.METADATA_INVALID,
                        "This node knows no metadataflow '" + text + "'; it knows "
                                + flows.metadataflows().stream()
                                        .map(one -> one.id().toString())
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /** The report that the next release of a dataset would be published with, as an SDMX-JSON 2.0.0 metadata message. */
    public Optional<byte[]> newest(String dataset) {
        return database.one(
                "SELECT document FROM dataset_metadata WHERE dataset = ? ORDER BY entry DESC LIMIT 1",
                row -> row.bytes("document"),
                dataset);
    }

    /** The report that a release was published with. */
    public Optional<byte[]> ofRelease(UUID release) {
        return database.one(
                "SELECT document FROM release_metadata WHERE release_id = ?", row -> row.bytes("document"), release);
    }

    /** The reports of all published releases, one for each release that has one. */
    @Override
    public List<MetadataSet> metadataSets() {
        return database
                .query(
                        "SELECT m.document FROM release_metadata m JOIN data_release r ON r.id = m.release_id"
                                + " ORDER BY r.dataset, r.number, r.edition",
                        row -> row.bytes("document"))
                .stream()
                .map(MetadataDocument::read)
                .toList();
    }

    /** The newest report of the release's dataset as it will stand with the release for ever, if there is one. */
    Optional<Frozen> freeze(Release release, Dataset dataset, Instant now) {
        return newest(dataset.id()).map(document -> {
            MetadataSet said = MetadataDocument.read(document);
            byte[] frozen = MetadataDocument.write(
                    set(dataset, release.number() + "." + release.edition() + ".0", said.flow(), said.headings()),
                    new MessageHeader(release.id().toString(), now, settings.party()));
            return new Frozen(frozen, Digests.sha256(frozen));
        });
    }

    static Write insert(UUID release, Frozen frozen) {
        return new Write.Insert(
                "INSERT INTO release_metadata (release_id, document, digest) VALUES (?, ?, ?)",
                release,
                frozen.document(),
                frozen.digest());
    }

    /** A dot is no character of SDMX ids, and a dollar none of datasets' ids. */
    private MetadataSet set(Dataset dataset, String version, ArtefactId flow, List<Reported> reported) {
        return new MetadataSet(
                new ArtefactId(settings.party(), dataset.id().replace('.', '$'), version),
                LocalName.en(dataset.title()),
                flow,
                List.of(dataset.dataflow().urn("datastructure.Dataflow")),
                reported);
    }
}
