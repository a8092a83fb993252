package org.entente.gateway.desk;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.JsonConventions;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.AnswerMaking;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.journal.FolderJournal;
import org.entente.gateway.partners.CardAdmission;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.CardMaking;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.Partner;
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

    private final DeskSettings settings;
    private final KeyRing keys;
    private final CertifiedKey signing;
    private final FolderJournal journal;
    private final DeskState state;
    private final DeskBook book;
    private final DeskReleases releases;
    private final DeskFiles files;
    private final Uuids ids;
    private final Clock clock;

    Desk(
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
        this.book = new DeskBook(journal, state, clock);
        this.releases = new DeskReleases(state, journal, book, ids);
        AnswerMaking making = new AnswerMaking(state, state, state.flows(), JsonConventions.mapper(), clock);
        this.files = new DeskFiles(settings, state, journal, book, making, keys.sealing(), clock, random);
    }

    /** The first entry and the first card. */
    void begin(CardText text, Duration validity) {
        book.append("init", book.record("init"), party(), Map.of());
        issueCard(text, validity);
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
        Map<String, Object> record = book.record(DeskState.CARD_ISSUED);
        record.put("cards", List.of(card.digest()));
        record.put("sequence", card.card().sequence());
        book.append(DeskState.CARD_ISSUED, record, settings.party(), Map.of(DeskState.CARD, card.toJson()));
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
            Map<String, Object> record = book.record(DeskState.CARD_IMPORTED);
            record.put("party", party);
            record.put("cards", more.stream().map(CardDocument::digest).toList());
            record.put("sequence", last.card().sequence());
            record.put("confirmed", true);
            book.append(DeskState.CARD_IMPORTED, record, party, Map.of(DeskState.CARDS, CardList.write(more)));
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
            return keep(state.treaties().proposal(agreement, id, counters, DeskState.BY, book.instant()));
        } catch (InvalidAgreementException e) {
            StringBuilder sentence = new StringBuilder("The document is no valid agreement:");
            e.problems().forEach(problem -> sentence.append("\n  ").append(problem));
            throw new EntenteException(ErrorCode.AGREEMENT_INVALID, sentence.toString(), e);
        }
    }

    /** Takes in what an officer of this party has signed; it goes to the others with {@link #acts}. */
    public ActReceipt submit(byte[] json) {
        return keep(state.treaties().handedIn(json, DeskState.BY, book.instant()));
    }

    private ActReceipt keep(TreatyStack.Accepted act) {
        if (!act.known()) {
            book.append(act.kind(), act.record(), act.agreement(), Map.of(DeskState.MESSAGE, act.message()));
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
        Map<String, Object> record = book.record(DeskState.STRUCTURE);
        record.put("roles", new TreeMap<>(roles));
        record.put("dataflows", added.stream().map(flow -> flow.id().toString()).toList());
        book.append(DeskState.STRUCTURE, record, null, Map.of(DeskState.MESSAGE_OF_STRUCTURE, message));
        return added;
    }

    /** What it has published and publishes. */
    public DeskReleases releases() {
        return releases;
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
