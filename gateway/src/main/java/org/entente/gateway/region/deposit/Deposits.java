package org.entente.gateway.region.deposit;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.Bodies;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.sdmx.CollectionForm;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;

/**
 * Deposits of members without a node: the round's form is handed out, comes back and is checked cell by cell; when its focal point has
 * confirmed the sums it counts, as figures that the secretariat vouches for and the member has not signed.
 *
 * <p>A form comes back through the secretariat's staff, or by a link that a focal point was given: a token of 256 bits of which only the
 * digest is kept, for one member and one round, until a day, used up by the confirmation.
 */
@Singleton
public class Deposits {
    private static final String UPLOADED = "deposit-uploaded";
    private static final String CONFIRMED = "deposit-confirmed";
    private static final String LINK = "deposit-link-issued";
    private static final String BY_LINK = "upload-link";
    private static final int TOKEN_BYTES = 32;

    private final DepositForms forms;
    private final DepositTables tables;
    private final Rounds rounds;
    private final Bodies bodies;
    private final Journal journal;
    private final NodeIdentity identity;
    private final Partners partners;
    private final Uuids uuids;
    private final SecureRandom random;
    private final Clock clock;

    Deposits(
            DepositForms forms,
            DepositTables tables,
            Rounds rounds,
            Bodies bodies,
            Journal journal,
            NodeIdentity identity,
            Partners partners,
            Uuids uuids,
            SecureRandom random,
            Clock clock) {
        this.forms = forms;
        this.tables = tables;
        this.rounds = rounds;
        this.bodies = bodies;
        this.journal = journal;
        this.identity = identity;
        this.partners = partners;
        this.uuids = uuids;
        this.random = random;
        this.clock = clock;
    }

    /**
     * The form of a round for a member.
     *
     * @throws EntenteException {@code not-found}, {@code deposit-not-possible}
     */
    public CollectionForm form(UUID round, String party) {
        return forms.form(rounds.progress(round), party);
    }

    /**
     * Takes a form that came back to the secretariat's staff.
     *
     * @return what its focal point has to confirm
     * @throws EntenteException {@code deposit-invalid} listing every cell that is wrong; {@code deposit-not-possible}, {@code
     *     round-closed}, {@code not-found}, {@code forbidden}
     */
    public DepositDraft upload(UUID round, String party, byte[] workbook, Depositor depositor, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        return upload(round, party, workbook, depositor, by.pseudonym(), List.of());
    }

    private DepositDraft upload(
            UUID round, String party, byte[] workbook, Depositor depositor, String by, List<Token> tokens) {
        Rounds.Progress progress = wanting(round, party);
        CollectionForm form = forms.form(progress, party);
        CollectionForm.Answer answer = read(form, workbook);
        if (!answer.findings().isEmpty()) {
            throw invalid(answer.findings());
        }
        if (answer.sheets().stream().allMatch(filled -> filled.cube().observationCount() == 0)) {
            throw new EntenteException(ErrorCode.DEPOSIT_INVALID, "The form is empty.");
        }
        Instant now = now();
        byte[] digest = Digests.sha256(workbook);
        bodies.restore(digest, workbook);
        List<DepositDraft.Sums> sums = new ArrayList<>();
        for (int s = 0; s < answer.sheets().size(); s++) {
            CollectionForm.Filled filled = answer.sheets().get(s);
            byte[] csv = csv(form.sheets().get(s).dataflow(), filled.cube(), now);
            byte[] content = Digests.sha256(csv);
            bodies.restore(content, csv);
            sums.add(new DepositDraft.Sums(
                    filled.id(),
                    Base64Url.encode(content),
                    filled.figures(),
                    filled.withheld(),
                    filled.unofficial(),
                    filled.total()));
        }
        DepositDraft draft =
                new DepositDraft(uuids.next(), round, party, depositor, Base64Url.encode(digest), sums, now, null);
        Map<String, Object> record = record(UPLOADED, progress.round(), party, by, now);
        record.put("draft", draft.id().toString());
        record.put("workbook", draft.workbook());
        List<Write> writes = new ArrayList<>(List.of(DepositTables.insert(draft)));
        tokens.forEach(token -> writes.add(DepositTables.uploadedBy(token.digest(), draft.id())));
        append(UPLOADED, record, round, writes);
        return draft;
    }

    /** The round, if it is open and the member has not answered all that it is asked by itself. */
    private Rounds.Progress wanting(UUID round, String party) {
        Rounds.Progress progress = rounds.progress(round);
        if (progress.round().closed() != null) {
            throw new EntenteException(ErrorCode.ROUND_CLOSED, "The round " + round + " is closed.");
        }
        progress.tasks().stream()
                .filter(task -> task.party().equals(party) && task.state() == Round.Outcome.ANSWERED)
                .findFirst()
                .ifPresent(task -> {
                    throw DepositForms.notPossible(party + " has answered the table " + task.table()
                            + " through its node; what it has signed stands.");
                });
        return progress;
    }

    private static CollectionForm.Answer read(CollectionForm form, byte[] workbook) {
        try {
            return form.read(new ByteArrayInputStream(workbook));
        } catch (CubeException e) {
            throw new EntenteException(ErrorCode.DEPOSIT_INVALID, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EntenteException invalid(List<CollectionForm.Finding> findings) {
        CollectionForm.Finding first = findings.getFirst();
        return new EntenteException(
                ErrorCode.DEPOSIT_INVALID,
                findings.size() + (findings.size() == 1 ? " cell does" : " cells do")
                        + " not hold; the first is sheet " + first.sheet() + ", row " + first.row() + ", column "
                        + first.column() + ": " + first.detail() + ".",
                Map.of("findings", List.copyOf(findings)));
    }

    private byte[] csv(Dataflow flow, Cube cube, Instant now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            DataFormat.CSV_2_0.write(
                    DataMessage.of(flow, cube, new MessageHeader(uuids.next().toString(), now, identity.party())), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Confirms the sums of a form that came back, in the words of its focal point; from then on the figures count.
     *
     * @param totals the sum of all numbers by table, as the focal point has said it
     * @throws EntenteException {@code deposit-totals-differ}; {@code round-closed}, {@code deposit-not-possible}, {@code not-found},
     *     {@code forbidden}
     */
    public DepositDraft confirm(UUID draft, Map<String, BigDecimal> totals, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        return confirm(draft, totals, by.pseudonym(), List.of());
    }

    private DepositDraft confirm(UUID id, Map<String, BigDecimal> totals, String by, List<Token> tokens) {
        DepositDraft draft = draft(id);
        Rounds.Progress progress = wanting(draft.round(), draft.party());
        if (draft.confirmed() != null) {
            throw DepositForms.notPossible("These figures were confirmed already at " + draft.confirmed() + ".");
        }
        for (DepositDraft.Sums sums : draft.tables()) {
            BigDecimal total = totals.get(sums.table());
            if (total == null || total.compareTo(BigDecimal.valueOf(sums.total())) != 0) {
                throw new EntenteException(
                        ErrorCode.DEPOSIT_TOTALS_DIFFER,
                        "The sum of " + sums.table() + (total == null ? " was not confirmed." : " is another one."));
            }
        }
        Instant now = now();
        Map<String, Object> record = record(CONFIRMED, progress.round(), draft.party(), by, now);
        record.put("draft", id.toString());
        List<Write> writes = new ArrayList<>();
        List<Map<String, String>> made = new ArrayList<>();
        for (DepositDraft.Sums sums : draft.tables()) {
            DepositDocument document = document(progress.round(), draft, sums, now);
            byte[] payload = document.encode();
            byte[] signed = new SignedDocument(
                            payload, List.of(SignedDocument.sign(payload, "json", identity.signing(), now)))
                    .toJson();
            writes.add(DepositTables.insert(document, draft, signed));
            made.add(Map.of(
                    "deposit",
                    document.id(),
                    "table",
                    sums.table(),
                    "digest",
                    Base64Url.encode(Digests.sha256(payload))));
        }
        writes.add(DepositTables.confirm(id, now));
        for (Map<String, String> one : made) {
            writes.add(Rounds.deposit(
                    draft.round(),
                    draft.party(),
                    String.valueOf(one.get("table")),
                    UUID.fromString(String.valueOf(one.get("deposit"))),
                    now));
        }
        tokens.forEach(token -> writes.add(DepositTables.use(token.digest(), id, now)));
        record.put("deposits", made);
        append(CONFIRMED, record, draft.round(), writes);
        return draft(id);
    }

    private DepositDocument document(Round round, DepositDraft draft, DepositDraft.Sums sums, Instant now) {
        Programme programme = rounds.programme(round);
        return new DepositDocument(
                DepositDocument.FORMAT,
                uuids.next().toString(),
                identity.party(),
                draft.party(),
                round.id().toString(),
                programme.id() + "/" + programme.version(),
                round.year(),
                sums.table(),
                programme.agreement(),
                programme.table(sums.table()).leg(),
                draft.depositor().post(),
                now.toString(),
                draft.workbook(),
                sums.content(),
                sums.figures(),
                sums.withheld(),
                sums.unofficial(),
                sums.total());
    }

    private void append(String kind, Map<String, Object> record, UUID round, List<Write> writes) {
        try {
            journal.append(new Draft(kind, record, round.toString(), writes));
        } catch (ConflictingWriteException e) {
            throw new EntenteException(
                    ErrorCode.DEPOSIT_NOT_POSSIBLE,
                    "Meanwhile the member has answered, the round was closed, or somebody else has confirmed.",
                    e);
        }
    }

    private static Map<String, Object> record(String kind, Round round, String party, String by, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("by", by);
        record.put("round", round.id().toString());
        record.put("party", party);
        return record;
    }

    /**
     * A form that came back.
     *
     * @throws EntenteException {@code not-found}
     */
    public DepositDraft draft(UUID id) {
        return tables.draft(id)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "Nothing was uploaded under " + id + "."));
    }

    /** What was signed of a deposit. */
    public DepositDocument document(UUID deposit) {
        try {
            return DepositDocument.parse(SignedDocument.parse(signed(deposit)).payload());
        } catch (VerificationException e) {
            throw new IllegalStateException("a stored deposit cannot be read", e);
        }
    }

    /**
     * A deposit as it was signed: JWS, JSON serialisation.
     *
     * @throws EntenteException {@code not-found}
     */
    public byte[] signed(UUID deposit) {
        return tables.signed(deposit)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "There is no deposit " + deposit + "."));
    }

    /** The figures of a deposit as SDMX-CSV; nothing once they were deleted. */
    public Optional<byte[]> figures(UUID deposit) {
        return bodies.find(Base64Url.decode(document(deposit).content()));
    }

    /** A link's token as it was given out, and its digest as it is kept. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its text
    private record Token(String text, byte[] digest) {
        static Token of(String text) {
            return new Token(text, Digests.sha256(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Token token && token.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /**
     * What a link is good for.
     *
     * @param waiting what was uploaded by it and waits for confirmation; null if nothing was
     */
    public record Invitation(
            UUID round,
            String party,
            Instant expires,
            @Nullable DepositDraft waiting) {}

    /**
     * Issues a link for a focal point. A member that has a node signs its figures there, and gets a link only for a reason.
     *
     * @param althoughNode why a member that has a node deposits; null for a member that has none
     * @return its token, which is kept nowhere
     * @throws EntenteException {@code round-closed}, {@code deposit-not-possible}, {@code not-found}, {@code forbidden}
     */
    public String issueLink(
            UUID round,
            String party,
            Depositor depositor,
            Duration validity,
            @Nullable String althoughNode,
            StaffUser by) {
        by.require(Roles.STATISTICIAN);
        Rounds.Progress progress = wanting(round, party);
        boolean given = althoughNode != null && !althoughNode.isBlank();
        if (partners.find(party).isPresent() && !given) {
            throw DepositForms.notPossible(
                    party
                            + " has a node, which signs what it answers; a link is issued only for a reason why that cannot be.");
        }
        forms.form(progress, party);
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        Token token = Token.of(Base64Url.encode(bytes));
        Instant now = now();
        Instant end = now.plus(validity);
        Instant expires =
                end.isAfter(progress.round().deadline()) ? progress.round().deadline() : end;
        Map<String, Object> record = record(LINK, progress.round(), party, by.pseudonym(), now);
        record.put("expires", expires.toString());
        if (given) {
            record.put("althoughNode", String.valueOf(althoughNode).strip());
        }
        append(
                LINK,
                record,
                round,
                List.of(DepositTables.insertLink(
                        token.digest(), new DepositTables.Link(round, party, depositor, expires, null, null), now)));
        return token.text();
    }

    /**
     * What a link is good for.
     *
     * @throws EntenteException {@code deposit-link-unusable}
     */
    public Invitation invitation(String token) {
        DepositTables.Link link = usable(Token.of(token));
        UUID waiting = link.draft();
        return new Invitation(link.round(), link.party(), link.expires(), waiting == null ? null : draft(waiting));
    }

    /**
     * Takes a form that came back by a link; until it is confirmed, a corrected one may follow.
     *
     * @throws EntenteException {@code deposit-link-unusable}, and as {@link #upload}
     */
    public DepositDraft uploadBy(String token, byte[] workbook) {
        Token known = Token.of(token);
        DepositTables.Link link = usable(known);
        return upload(link.round(), link.party(), workbook, link.depositor(), BY_LINK, List.of(known));
    }

    /**
     * Confirms the sums of what was uploaded by a link last, and uses the link up.
     *
     * @throws EntenteException {@code deposit-link-unusable}, and as {@link #confirm}
     */
    public DepositDraft confirmBy(String token, Map<String, BigDecimal> totals) {
        Token known = Token.of(token);
        DepositTables.Link link = usable(known);
        UUID waiting = link.draft();
        if (waiting == null) {
            throw DepositForms.notPossible("Nothing was uploaded by this link yet.");
        }
        return confirm(waiting, totals, BY_LINK, List.of(known));
    }

    private DepositTables.Link usable(Token token) {
        DepositTables.Link link = tables.link(token.digest()).orElseThrow(() -> unusable("There is no such link."));
        if (link.used() != null) {
            throw unusable("The link was used up at " + link.used() + ", when the figures were confirmed.");
        }
        if (!clock.instant().isBefore(link.expires())) {
            throw unusable("The link has expired at " + link.expires() + ".");
        }
        return link;
    }

    private static EntenteException unusable(String sentence) {
        return new EntenteException(ErrorCode.DEPOSIT_LINK_UNUSABLE, sentence);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
