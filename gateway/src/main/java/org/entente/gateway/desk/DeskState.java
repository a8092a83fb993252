package org.entente.gateway.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.life.AgreementFile;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.JsonConventions;
import org.entente.gateway.exchange.AnswerMaking;
import org.entente.gateway.exchange.Circumstances;
import org.entente.gateway.exchange.ExchangeRecord;
import org.entente.gateway.exchange.QuotaWindows;
import org.entente.gateway.exchange.RecordCodec;
import org.entente.gateway.journal.FolderJournal;
import org.entente.gateway.partners.CardAdmission;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.Identity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerLookup;
import org.entente.gateway.releases.Dataset;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseChecks;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.sdmx.ReadLimits;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.treaties.TreatyStack;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of a desk's journal say, taken in from the first to the last: own cards, partners, agreements, releases, answers. There is
 * no other state, so nothing can differ from the journal.
 */
final class DeskState implements Identity, PartnerLookup, Circumstances {
    static final String CARD_ISSUED = "card-changed";
    static final String CARD_IMPORTED = "card-imported";
    static final String DATASET = "dataset-declared";
    static final String RELEASE = "release-published";
    static final String STRUCTURE = "structure-imported";
    static final String ACT_DELIVERED = "act-delivered";
    static final String CARD = "card";
    static final String CARDS = "cards";
    static final String MESSAGE = "message";
    static final String MESSAGE_OF_STRUCTURE = "structure";
    static final String DECLARATION = "declaration";
    static final String FIGURES = "figures";
    static final String REQUEST = "request";
    static final String RESPONSE = "response";
    static final String BODY = "body";

    /** Who acts at a desk: whoever may open its key ring. */
    static final String BY = "desk";

    private final DeskSettings settings;
    private final FolderJournal journal;
    private final CertifiedKey signing;
    private final DeskFlows flows = new DeskFlows();
    private final Clock clock;
    private final ObjectMapper mapper = JsonConventions.mapper();
    private final List<CardDocument> own = new ArrayList<>();
    private final Map<String, Partner> partners = new LinkedHashMap<>();
    private final TreatyStack treaties;
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();
    private final List<PublishedRelease> releases = new ArrayList<>();
    /** Of which dataflow the figures of a release are, also of one that does not answer any more. */
    private final Map<String, Dataflow> flowOf = new HashMap<>();

    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final List<Use> uses = new ArrayList<>();
    private final Set<String> receipted = new HashSet<>();

    DeskState(DeskSettings settings, FolderJournal journal, CertifiedKey signing, Clock clock) {
        this.clock = clock;
        this.settings = settings;
        this.journal = journal;
        this.signing = signing;
        this.treaties = new TreatyStack(this, this);
        journal.entries().forEach(this::take);
    }

    /** An answer that was given. */
    record Answer(FolderJournal.Entry entry, ExchangeRecord.Answered record) {}

    private record Use(String agreement, String leg, Instant at, long cells) {}

    /** Takes an entry in that has become durable. */
    void take(FolderJournal.Entry entry) {
        try {
            switch (entry.kind()) {
                case CARD_ISSUED -> own.add(CardDocument.parse(journal.attachment(entry, CARD)));
                case CARD_IMPORTED -> imported(journal.attachment(entry, CARDS));
                case STRUCTURE -> structure(entry);
                case DATASET -> dataset(journal.attachment(entry, DECLARATION));
                case RELEASE -> release(entry);
                case ExchangeRecord.Answered.KIND -> answered(entry);
                case ExchangeRecord.Receipted.KIND ->
                    receipted.add(
                            key(record(entry).path("consumer").path("party").asText(), entry.subject()));
                case ACT_DELIVERED ->
                    treaties.delivered(
                            record(entry).path("party").asText(),
                            record(entry).path("act").asText());
                default -> other(entry);
            }
        } catch (VerificationException e) {
            throw new EntenteException(
                    ErrorCode.JOURNAL_UNAVAILABLE,
                    "Entry " + entry.index() + " cannot be read: " + e.sentence() + ".",
                    e);
        }
    }

    private void other(FolderJournal.Entry entry) {
        if (entry.attachments().containsKey(MESSAGE)) {
            String by = record(entry).path("by").asText();
            treaties.keep(
                    entry.opening().record(),
                    journal.attachment(entry, MESSAGE),
                    by.equals(BY) ? null : by,
                    entry.index());
        }
    }

    static JsonNode record(FolderJournal.Entry entry) {
        return CanonicalJson.parseCanonical(entry.opening().record());
    }

    private void imported(byte[] cards) {
        List<CardDocument> more = CardAdmission.read(cards);
        String party = more.getLast().card().party();
        List<CardDocument> chain =
                new ArrayList<>(find(party).map(Partner::chain).orElse(List.of()));
        chain.addAll(more);
        partners.put(party, Partner.of(chain));
    }

    private void structure(FolderJournal.Entry entry) {
        Map<String, String> roles = new TreeMap<>();
        record(entry)
                .path("roles")
                .properties()
                .forEach(role -> roles.put(role.getKey(), role.getValue().asText()));
        flows.take(journal.attachment(entry, MESSAGE_OF_STRUCTURE), roles);
    }

    DeskFlows flows() {
        return flows;
    }

    private void dataset(byte[] declaration) {
        Dataset dataset = declared(declaration);
        datasets.put(dataset.id(), dataset);
    }

    /** @throws EntenteException {@code file-unusable}, {@code dataset-incomplete} */
    Dataset declared(byte[] declaration) {
        try {
            return mapper.readValue(declaration, DatasetDeclaration.class).check(flows);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE,
                    "The file is not a dataset's declaration in JSON: " + e.getMessage() + ".",
                    e);
        }
    }

    private void release(FolderJournal.Entry entry) {
        Release release = mapper.convertValue(record(entry).path("release"), Release.class);
        Dataset dataset = require(release.dataset());
        Cube cube = figures(journal.attachment(entry, FIGURES), dataset, release);
        flowOf.put(release.id().toString(), flows.require(dataset.dataflow()));
        releases.removeIf(earlier -> earlier.dataset().id().equals(dataset.id()));
        releases.add(new PublishedRelease(release, dataset, () -> cube));
    }

    private Cube figures(byte[] figures, Dataset dataset, Release release) {
        Cube cube = read(figures, dataset, release.status());
        if (!Base64Url.encode(cube.digest()).equals(release.digest())) {
            throw new EntenteException(
                    ErrorCode.RELEASE_DAMAGED,
                    "The figures of release " + release.id() + " are not those of its entry.");
        }
        return cube;
    }

    /** A dataset's table in any format that figures come in. */
    Cube read(byte[] figures, Dataset dataset, ReleaseStatus status) {
        Dataflow dataflow = flows.require(dataset.dataflow());
        String ownArea = AreaCodes.load().areaOf(party()).orElse(null);
        return ReleaseChecks.marked(
                ReleaseChecks.read(new ByteArrayInputStream(figures), dataflow, ownArea, ReadLimits.DEFAULT, null),
                dataflow,
                status);
    }

    private void answered(FolderJournal.Entry entry) throws VerificationException {
        ExchangeRecord.Answered record = RecordCodec.read(entry.opening().record(), ExchangeRecord.Answered.class);
        answers.put(key(record.consumer().party(), record.exchange()), new Answer(entry, record));
        ExchangeRecord.ReleaseRef release = record.release();
        if (release != null) {
            Dataflow dataflow = Objects.requireNonNull(flowOf.get(release.id()));
            uses.add(new Use(
                    record.decision().path("agreement").asText(),
                    record.decision().path("leg").asText(),
                    Instant.parse(record.time()),
                    AnswerMaking.cells(dataflow, journal.attachment(entry, BODY))));
        }
    }

    private static String key(String party, @Nullable String exchange) {
        return party + "/" + exchange;
    }

    Optional<Answer> answer(String party, UUID exchange) {
        return Optional.ofNullable(answers.get(key(party, exchange.toString())));
    }

    boolean isReceipted(String party, UUID exchange) {
        return receipted.contains(key(party, exchange.toString()));
    }

    List<Answer> answers() {
        return List.copyOf(answers.values());
    }

    TreatyStack treaties() {
        return treaties;
    }

    List<PublishedRelease> releases() {
        return List.copyOf(releases);
    }

    List<Partner> partners() {
        return List.copyOf(partners.values());
    }

    Optional<Dataset> findDataset(String id) {
        return Optional.ofNullable(datasets.get(id));
    }

    Dataset require(String dataset) {
        return findDataset(dataset)
                .orElseThrow(
                        () -> new EntenteException(ErrorCode.DATASET_UNKNOWN, "There is no dataset " + dataset + "."));
    }

    /** @throws EntenteException {@code partner-unknown} */
    Partner requirePartner(String party) {
        return find(party)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.PARTNER_UNKNOWN,
                        "This desk has imported no card of " + party + ".",
                        Map.of("partner", party)));
    }

    @Override
    public Optional<Partner> find(String party) {
        return Optional.ofNullable(partners.get(party));
    }

    @Override
    public String party() {
        return settings.party();
    }

    @Override
    public List<CardDocument> chain() {
        if (own.isEmpty()) {
            throw new EntenteException(ErrorCode.NODE_NOT_INITIALISED, "The desk has not issued its card yet.");
        }
        return List.copyOf(own);
    }

    boolean hasCard() {
        return !own.isEmpty();
    }

    @Override
    public CertifiedKey signing() {
        return signing;
    }

    @Override
    public AgreementBook bookWith(String party) {
        return treaties.bookWith(party);
    }

    @Override
    public List<PublishedRelease> current(ArtefactId flow, Collection<String> wanted) {
        return releases.stream()
                .filter(release -> release.dataset().dataflow().equals(flow))
                .filter(release ->
                        wanted.isEmpty() || wanted.contains(release.dataset().id()))
                .toList();
    }

    @Override
    public SortedMap<String, Facts.QuotaUse> quotas(@Nullable AgreementFile file, @Nullable Leg leg) {
        return QuotaWindows.state(file, leg, clock.instant(), this::used);
    }

    private Facts.QuotaUse used(String agreement, String leg, Instant window) {
        List<Use> within = uses.stream()
                .filter(use -> use.agreement().equals(agreement) && use.leg().equals(leg))
                .filter(use -> !use.at().isBefore(window))
                .toList();
        return new Facts.QuotaUse(
                window, within.size(), within.stream().mapToLong(Use::cells).sum());
    }

    @Override
    public Facts.@Nullable NationalFloor floor() {
        return settings.nationalLaw();
    }
}
