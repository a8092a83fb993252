package org.entente.gateway.desk;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.SensitiveGroup;
import org.entente.crypto.Base64Url;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.Pkcs11Token;
import org.entente.crypto.keys.Pkcs11Uri;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.JsonConventions;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.disclosure.OfficePackage;
import org.entente.gateway.exchange.AnswerMaking;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.FolderJournal;
import org.entente.gateway.partners.CardAdmission;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.CardMaking;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.releases.Dataset;
import org.entente.gateway.releases.PackageImport;
import org.entente.gateway.releases.PackageSigners;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseChecks;
import org.entente.gateway.releases.ReleaseState;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.treaties.ActReceipt;
import org.entente.gateway.treaties.Treaty;
import org.entente.gateway.treaties.TreatyStack;
import org.jspecify.annotations.Nullable;

/**
 * A party's desk in a folder: its keys, its card, its partners' cards, its agreements, its releases and its journal. It answers sealed files as
 * a node answers calls. One command at a time works on it.
 */
public final class Desk implements AutoCloseable {
    /** How far ahead a partner's clock may be. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    /** A package that withholds more cells is not audited again here. */
    private static final long AUDIT_CELLS = 20_000;

    private static final int MOST_REASON = 2000;

    private static final String KEY_RING = "keyring.p12";
    private static final String JOURNAL = "journal";

    private final DeskSettings settings;
    private final KeyRing keys;
    private final CertifiedKey signing;
    private final FolderJournal journal;
    private final DeskState state;
    private final DeskFiles files;
    private final Uuids ids;
    private final Clock clock;

    private Desk(
            DeskSettings settings,
            KeyRing keys,
            CertifiedKey signing,
            FolderJournal journal,
            Clock clock,
            SecureRandom random) {
        this.settings = settings;
        this.keys = keys;
        this.signing = signing;
        this.journal = journal;
        this.clock = clock;
        this.ids = new Uuids(clock, random);
        this.state = new DeskState(settings, journal, signing, clock);
        AnswerMaking making = new AnswerMaking(state, state, state.flows(), JsonConventions.mapper(), clock);
        this.files = new DeskFiles(settings, state, journal, making, keys.sealing(), clock, random);
    }

    /**
     * What a new desk is made of.
     *
     * @param node base URI that messages to it are signed for
     * @param anchor folder outside the desk that remembers how far its journal has come
     * @param signingKey address of a signing key on a token; null for one in the key ring
     * @param validity of keys and card
     */
    public record Plan(
            String party, URI node, Path anchor, @Nullable String signingKey, CardText text, Duration validity) {}

    /**
     * Makes a desk: keys, journal and first card.
     *
     * @throws EntenteException {@code node-already-initialised} if the folder holds one
     */
    public static Desk init(Path folder, Plan plan, char[] passphrase, Clock clock, SecureRandom random) {
        if (DeskSettings.existIn(folder)) {
            throw new EntenteException(
                    ErrorCode.NODE_ALREADY_INITIALISED, "There is a desk in " + folder + " already.");
        }
        DeskSettings settings = new DeskSettings(
                DeskSettings.FORMAT,
                plan.party(),
                plan.node(),
                plan.anchor().toAbsolutePath(),
                plan.signingKey(),
                DeskSettings.FILE_VALIDITY_DAYS,
                null);
        CertifiedKey onToken = plan.signingKey() == null ? null : token(plan.signingKey());
        KeyRing keys = KeyRing.generate(
                plan.party(), List.of(plan.node().getHost()), clock.instant(), plan.validity(), random);
        settings.write(folder);
        try {
            keys.store(folder.resolve(KEY_RING), passphrase);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID, "The key ring cannot be written: " + e.getMessage() + ".", e);
        }
        Ed25519NoteSigner signer = Ed25519NoteSigner.of(settings.journalOrigin(), keys.journal());
        FolderJournal journal = FolderJournal.create(folder.resolve(JOURNAL), settings.anchor(), signer, clock, random);
        try {
            Desk desk = new Desk(settings, keys, onToken == null ? keys.signing() : onToken, journal, clock, random);
            desk.append("init", desk.record("init"), plan.party(), Map.of());
            desk.issueCard(plan.text(), plan.validity());
            return desk;
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /**
     * Opens a desk.
     *
     * @throws EntenteException {@code settings-invalid}, {@code key-file-invalid}; {@code journal-unavailable} if the journal is damaged,
     *     was set back or is in use
     */
    public static Desk open(Path folder, char[] passphrase, Clock clock, SecureRandom random) {
        return open(folder, passphrase, clock, random, false);
    }

    /** Opens a desk on a new machine, after a person has decided that the folder is its newest state. */
    public static Desk adopt(Path folder, char[] passphrase, Clock clock, SecureRandom random) {
        return open(folder, passphrase, clock, random, true);
    }

    private static Desk open(Path folder, char[] passphrase, Clock clock, SecureRandom random, boolean adopting) {
        DeskSettings settings = DeskSettings.read(folder);
        KeyRing keys;
        try {
            keys = KeyRing.load(folder.resolve(KEY_RING), passphrase);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID, "The desk's key ring cannot be opened: " + e.getMessage() + ".", e);
        }
        CertifiedKey signing = settings.signingKey() == null ? keys.signing() : token(settings.signingKey());
        Ed25519NoteSigner signer = Ed25519NoteSigner.of(settings.journalOrigin(), keys.journal());
        Path place = folder.resolve(JOURNAL);
        FolderJournal journal = adopting
                ? FolderJournal.adopt(place, settings.anchor(), signer, clock, random)
                : FolderJournal.open(place, settings.anchor(), signer, clock, random);
        try {
            return new Desk(settings, keys, signing, journal, clock, random);
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private static CertifiedKey token(String address) {
        try {
            Pkcs11Uri uri = Pkcs11Uri.parse(address);
            return Pkcs11Token.open(uri, Pkcs11Token.pin(uri));
        } catch (IOException | IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID,
                    "The signing key on the token cannot be opened: " + e.getMessage() + ".",
                    e);
        }
    }

    private Appended append(String kind, Object record, @Nullable String subject, Map<String, byte[]> attachments) {
        Appended appended = journal.append(kind, record, subject, attachments);
        state.take(journal.entries().getLast());
        return appended;
    }

    private Map<String, Object> record(String kind) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", instant().toString());
        record.put("party", settings.party());
        record.put("by", DeskState.BY);
        return record;
    }

    private Instant instant() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The party whose desk it is. */
    public String party() {
        return settings.party();
    }

    /** Its cards, root card first. */
    public List<CardDocument> cards() {
        return state.chain();
    }

    /** Issues the next card, with the keys as they are. */
    public CardDocument issueCard(CardText text, Duration validity) {
        List<CardDocument> before = state.hasCard() ? state.chain() : List.of();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        CardDocument card = CardMaking.next(
                new CardMaking.Plan(
                        settings.party(),
                        text,
                        settings.node(),
                        signing,
                        null,
                        List.of(keys.tls().certificate()),
                        new ListedKey(
                                Ed25519NoteSigner.of(settings.journalOrigin(), keys.journal())
                                        .verifierKey(),
                                null),
                        keys.sealing()
                                .map(key -> key.certificate().getPublicKey())
                                .orElse(null),
                        validity,
                        null),
                before,
                List.of(),
                now);
        Map<String, Object> record = record(DeskState.CARD_ISSUED);
        record.put("cards", List.of(card.digest()));
        record.put("sequence", card.card().sequence());
        append(DeskState.CARD_ISSUED, record, settings.party(), Map.of(DeskState.CARD, card.toJson()));
        return card;
    }

    /** Partners, in the order in which they were trusted. */
    public List<Partner> partners() {
        return state.partners();
    }

    /** Reads a partner's cards without trusting them yet, for the person who compares the fingerprint. */
    public CardDocument look(byte[] cards) {
        return CardAdmission.read(cards).getLast();
    }

    /**
     * Trusts a partner's cards, after a person has compared the last one's fingerprint over another channel.
     *
     * @throws EntenteException {@code card-invalid}
     */
    public Partner trust(byte[] json, String confirmedFingerprint) {
        List<CardDocument> cards = CardAdmission.read(json);
        CardDocument last = cards.getLast();
        CardAdmission.requireConfirmed(last, confirmedFingerprint);
        String party = last.card().party();
        CardDocument before = state.find(party).map(Partner::current).orElse(null);
        List<CardDocument> more = CardAdmission.withoutKnown(cards, before);
        CardAdmission.checkChain(more, before);
        CardAdmission.checkCard(last, settings.party(), CLOCK_SKEW, clock.instant());
        if (!more.isEmpty()) {
            Map<String, Object> record = record(DeskState.CARD_IMPORTED);
            record.put("party", party);
            record.put("cards", more.stream().map(CardDocument::digest).toList());
            record.put("sequence", last.card().sequence());
            record.put("confirmed", true);
            append(DeskState.CARD_IMPORTED, record, party, Map.of(DeskState.CARDS, CardList.write(more)));
        }
        return state.requirePartner(party);
    }

    /** The agreements, in whatever state. */
    public List<Treaty> agreements() {
        return state.treaties().all();
    }

    /** @throws EntenteException {@code agreement-unknown} */
    public Treaty agreement(String digestOrId) {
        return state.treaties()
                .find(digestOrId)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.AGREEMENT_UNKNOWN, "This desk holds no agreement " + digestOrId + "."));
    }

    /**
     * Puts a text before the other parties; it goes to them with {@link #acts}.
     *
     * @param counters digest of the text that it answers; null for a first proposal
     */
    public ActReceipt propose(byte[] jsonOrYaml, @Nullable String counters) {
        try {
            Agreement agreement = Agreement.author(jsonOrYaml);
            String id = "urn:uuid:" + ids.next();
            return keep(state.treaties().proposal(agreement, id, counters, DeskState.BY, instant()));
        } catch (InvalidAgreementException e) {
            StringBuilder sentence = new StringBuilder("The document is no valid agreement:");
            e.problems().forEach(problem -> sentence.append("\n  ").append(problem));
            throw new EntenteException(ErrorCode.AGREEMENT_INVALID, sentence.toString(), e);
        }
    }

    /** Takes in what an officer of this party has signed; it goes to the others with {@link #acts}. */
    public ActReceipt submit(byte[] json) {
        return keep(state.treaties().handedIn(json, DeskState.BY, instant()));
    }

    private ActReceipt keep(TreatyStack.Accepted act) {
        if (!act.known()) {
            append(act.kind(), act.record(), act.agreement(), Map.of(DeskState.MESSAGE, act.message()));
        }
        return act.receipt();
    }

    /** The acts that a partner has not yet got, as a sealed file; nothing if there are none. */
    public Optional<SealedFile> acts(String party) {
        return files.acts(party);
    }

    /** The dataflows that tables here may be of. */
    public List<Dataflow> dataflows() {
        return state.flows().all();
    }

    /**
     * Takes the dataflows of a structure message, all of them or none, for good.
     *
     * @param roles by component id the names of roles ({@code REPORTING_AREA} ...) that the message does not tell
     * @return the dataflows that are new
     * @throws EntenteException {@code file-unusable}, {@code structure-exists}
     */
    public List<Dataflow> importStructure(byte[] message, Map<String, String> roles) {
        List<Dataflow> added = state.flows().added(message, roles);
        Map<String, Object> record = record(DeskState.STRUCTURE);
        record.put("roles", new TreeMap<>(roles));
        record.put("dataflows", added.stream().map(flow -> flow.id().toString()).toList());
        append(DeskState.STRUCTURE, record, null, Map.of(DeskState.MESSAGE_OF_STRUCTURE, message));
        return added;
    }

    /**
     * Who publishes, and for what.
     *
     * @param by who has imported the figures
     * @param approvedBy who answers for them; another person
     * @param reason why listed differences are accepted; exactly when there are some
     * @param groups sensitive groups that the approver lets out
     */
    public record Publication(
            ReleaseTerms terms,
            String by,
            String approvedBy,
            @Nullable String reason,
            SortedSet<SensitiveGroup> groups) {}

    /**
     * Publishes a table: reads and checks it as a node's import does, and lets it answer from now on.
     *
     * @param declaration what the office says of the dataset, JSON; the same each time
     * @param figures in any format in which a node imports them, but offices' own tables
     * @throws EntenteException as an import, an approval and a publication at a node
     */
    public Release publish(byte[] declaration, byte[] figures, Publication publication) {
        requireTwo(publication);
        return publish(
                declare(declaration),
                figures,
                publication,
                new ReleaseApproval(publication.reason(), publication.groups()),
                null);
    }

    /**
     * Publishes what an office has protected and sealed (entente protect): holds the package against its manifest, its signature and this
     * desk's card, and repeats its audit.
     *
     * @param status of the release; the package says itself how it is protected
     * @param knownTables what is declared of tables that are public elsewhere; those that the package names are registered
     * @param decision that small counts go out since they are public elsewhere; null where there are none
     * @throws EntenteException as {@link #publish(byte[], byte[], Publication)}; also {@code package-damaged}, {@code signatory-unknown},
     *     {@code protection-unproved}, {@code known-tables-undeclared}, {@code public-cells-undecided}
     */
    public Release publishPackage(
            byte[] declaration,
            byte[] sealed,
            ReleaseStatus status,
            ReleaseApproval.@Nullable KnownTables knownTables,
            @Nullable PublicCells decision,
            Signed by) {
        OfficePackage opened = OfficePackage.open(sealed);
        Publication publication = new Publication(
                new ReleaseTerms(status, PackageImport.protection(opened, AUDIT_CELLS), null),
                by.by(),
                by.approvedBy(),
                by.reason(),
                by.groups());
        requireTwo(publication);
        Dataset dataset = declare(declaration);
        PackageSigners.require(opened, dataset, state.chain());
        byte[] figures = opened.figures();
        Cube read = state.read(figures, dataset, status);
        PackageImport.requireWhole(opened, read);
        PackageImport.requireSampleJudged(opened, read);
        requireDecided(opened.alreadyPublic().size(), decision, publication);
        return publish(
                dataset,
                figures,
                publication,
                new ReleaseApproval(publication.reason(), publication.groups(), knownTables),
                decision);
    }

    /**
     * A statistician's decision that small counts go out because they are public elsewhere.
     *
     * @param by who has decided, by name; never who approves
     * @param reason why
     */
    public record PublicCells(String by, String reason) {}

    /** Decisions that small counts go out since they are public elsewhere, the oldest first. */
    public List<PublicCells> decisions() {
        return journal.entries().stream()
                .filter(entry -> entry.kind().equals(DeskState.RELEASE))
                .map(entry -> DeskState.record(entry).path("publicCells"))
                .filter(decided -> !decided.isMissingNode())
                .map(decided -> new PublicCells(
                        decided.path("name").asText(), decided.path("reason").asText()))
                .toList();
    }

    private static void requireDecided(int cells, @Nullable PublicCells decision, Publication publication) {
        if (decision == null) {
            return;
        }
        int length = decision.reason().length();
        if (cells == 0
                || decision.reason().isBlank()
                || length > MOST_REASON
                || decision.by().isBlank()) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    cells == 0
                            ? "No small count of the release is public elsewhere; there is nothing to decide."
                            : "Say who has decided, and in 1 to " + MOST_REASON + " characters why they go out.");
        }
        if (decision.by().equalsIgnoreCase(publication.approvedBy())) {
            throw new EntenteException(
                    ErrorCode.FOUR_EYES,
                    decision.by() + " has decided that small counts go out; somebody else must approve the release.");
        }
    }

    /**
     * Who publishes.
     *
     * @param by who has imported the figures
     * @param approvedBy who answers for them; another person
     * @param reason why listed differences are accepted; exactly when there are some
     * @param groups sensitive groups that the approver lets out
     */
    public record Signed(
            String by, String approvedBy, @Nullable String reason, SortedSet<SensitiveGroup> groups) {}

    private static void requireTwo(Publication publication) {
        if (publication.by().equalsIgnoreCase(publication.approvedBy())) {
            throw new EntenteException(
                    ErrorCode.FOUR_EYES,
                    publication.by() + " has imported the figures; somebody else must approve them.");
        }
    }

    private Release publish(
            Dataset dataset,
            byte[] figures,
            Publication publication,
            ReleaseApproval approval,
            @Nullable PublicCells decision) {
        Cube cube = state.read(figures, dataset, publication.terms().status());
        Instant now = instant();
        int number = 1
                + state.releases().stream()
                        .filter(earlier -> earlier.dataset().id().equals(dataset.id()))
                        .mapToInt(PublishedRelease::number)
                        .max()
                        .orElse(0);
        Release release = new Release(
                ids.next(),
                dataset.id(),
                number,
                1,
                publication.terms().status(),
                ReleaseState.PUBLISHED,
                publication.terms().protection(),
                Base64Url.encode(cube.digest()),
                Base64Url.encode(ReleaseChecks.pattern(cube)),
                cube.observationCount(),
                ReleaseChecks.differences(dataset, cube),
                person(publication.by()),
                now,
                person(publication.approvedBy()),
                publication.approvedBy(),
                now,
                publication.reason(),
                new TreeSet<>(publication.groups()),
                now,
                null);
        ReleaseChecks.requireApprovable(release, dataset, approval);
        if (release.protection() instanceof Protection.ByOffice office && office.sealed() != null) {
            ReleaseChecks.requireKnownTables(release, approval, 0, decision != null);
        }
        Map<String, Object> record = record(DeskState.RELEASE);
        record.put("by", publication.by());
        record.put("approvedBy", publication.approvedBy());
        record.put("protection", ReleaseChecks.protection(release.protection()));
        if (decision != null) {
            Map<String, Object> decided = new TreeMap<>();
            decided.put("cells", release.protection().alreadyPublic());
            decided.put("name", decision.by());
            decided.put("reason", decision.reason());
            record.put("publicCells", decided);
        }
        record.put("release", JsonConventions.mapper().valueToTree(release));
        append(DeskState.RELEASE, record, release.id().toString(), Map.of(DeskState.FIGURES, figures));
        return release;
    }

    /** A desk knows no accounts; a person's id follows from the name. */
    private static UUID person(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private Dataset declare(byte[] declaration) {
        Dataset dataset = state.declared(declaration);
        Optional<Dataset> held = state.findDataset(dataset.id());
        if (held.isPresent() && !held.get().equals(dataset)) {
            throw new EntenteException(
                    ErrorCode.DATASET_EXISTS,
                    "The dataset " + dataset.id() + " was declared otherwise. Figures that need another declaration are"
                            + " another dataset.");
        }
        List<String> offices =
                state.card().authorities().stream().map(office -> office.id()).toList();
        if (!offices.isEmpty() && !offices.contains(dataset.authority())) {
            throw new EntenteException(
                    ErrorCode.DATASET_INCOMPLETE,
                    "authority: the card of " + party() + " names " + String.join(", ", offices) + ", and not "
                            + dataset.authority());
        }
        if (held.isEmpty()) {
            Map<String, Object> record = record(DeskState.DATASET);
            record.put("dataset", dataset.id());
            record.put("dataflow", dataset.dataflow().toString());
            record.put("authority", dataset.authority());
            record.put("title", dataset.title());
            record.put("coverage", dataset.coverage());
            record.put("absent", dataset.absent());
            record.put("sums", dataset.sums());
            append(DeskState.DATASET, record, dataset.id(), Map.of(DeskState.DECLARATION, declaration));
        }
        return dataset;
    }

    /** What answers requests. */
    public List<PublishedRelease> releases() {
        return state.releases();
    }

    /**
     * Deals with every request in a partner's sealed file as a node would.
     *
     * @param verdict what persons have decided, where a leg leaves it to them; null if nobody has
     * @return the file with a response to each
     */
    public SealedFile answer(byte[] file, AnswerMaking.@Nullable Verdict verdict) {
        return files.answer(file, verdict);
    }

    /** The bytes of a file as they leave the desk: in an envelope that only whoever gets it next can open, if its card names a key. */
    public byte[] close(SealedFile file) {
        return files.close(file);
    }

    /** Takes in the responses to this desk's own messages; what became of each, for a person. */
    public List<String> receive(byte[] file) {
        return files.receive(file);
    }

    /** An exchange that this desk has answered. */
    public record Exchange(
            String id, String partner, @Nullable String leg, String outcome, String at, boolean receipted) {}

    /** The exchanges that this desk has answered, oldest first. */
    public List<Exchange> exchanges() {
        return state.answers().stream()
                .map(answer -> new Exchange(
                        answer.record().exchange(),
                        answer.record().consumer().party(),
                        answer.record().leg(),
                        DeskFiles.outcome(answer.record()),
                        answer.record().time(),
                        state.isReceipted(
                                answer.record().consumer().party(),
                                UUID.fromString(answer.record().exchange()))))
                .toList();
    }

    /**
     * Reads every attachment of every entry; the entries themselves were read when the desk was opened.
     *
     * @return how many entries there are
     */
    public long verify() {
        for (FolderJournal.Entry entry : journal.entries()) {
            entry.attachments().keySet().forEach(name -> journal.attachment(entry, name));
        }
        return journal.size();
    }

    /** The newest signed checkpoint of its journal, as text. */
    public String checkpoint() {
        return journal.latestCheckpoint().text();
    }

    @Override
    public void close() {
        journal.close();
    }
}
