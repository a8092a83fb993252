package org.entente.gateway.region.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.entente.agreements.life.FigureAct;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.evidence.EvidenceFile;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.SignedAct;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.partners.CardAdmission;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.region.deposit.DepositDocument;
import org.entente.gateway.region.indicator.ReferenceSource;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.ReconciliationRule;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;

/**
 * Checks a bundle offline: the secretariat's signature, the evidence of every exchange, every deposit, what came of the comments on the draft, and every figure of the profile, which is made
 * again from the very bytes that the members have signed. What is different from the edition before is not checked, since that edition is
 * not in the bundle.
 */
public final class ProfileVerifier {
    private static final long MOST_BYTES = 1L << 30;

    private final Map<String, String> roots;
    private final Dataflows dataflows;
    private final AreaCodes areas = AreaCodes.load();
    private final List<VerificationReport.Step> steps = new ArrayList<>();

    private ProfileVerifier(Map<String, String> roots, Dataflows dataflows) {
        this.roots = Map.copyOf(roots);
        this.dataflows = dataflows;
    }

    /**
     * Verifies.
     *
     * @param roots fingerprints of the root cards of the secretariat and of every member, as compared with each of them
     * @param dataflows that the programme's tables are of
     * @return the steps; the first that fails is the last
     */
    public static VerificationReport verify(Path bundle, Map<String, String> roots, Dataflows dataflows)
            throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            return new ProfileVerifier(roots, dataflows).run(zip);
        }
    }

    /** One check. */
    private interface Check<T> {
        T run() throws VerificationException, IOException;
    }

    private static final class StepFailed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private <T> T step(String name, Check<T> check, Function<T, String> sentence) throws StepFailed, IOException {
        try {
            T result = check.run();
            steps.add(new VerificationReport.Step(name, true, sentence.apply(result)));
            return result;
        } catch (VerificationException e) {
            steps.add(new VerificationReport.Step(name, false, e.sentence() + "."));
            throw new StepFailed();
        } catch (EntenteException e) {
            steps.add(new VerificationReport.Step(name, false, e.detail()));
            throw new StepFailed();
        }
    }

    private VerificationReport run(ZipFile zip) throws IOException {
        try {
            SignedDocument signed = step("profile", () -> signed(zip), s -> "signed");
            Profile profile = step(
                    "format",
                    () -> ProfileCodec.profile(signed.payload()),
                    p -> "edition " + p.edition() + " of " + p.programme() + ", for " + p.year());
            step(
                    "secretariat",
                    () -> secretariat(zip, signed, profile),
                    card -> "signed by " + profile.party() + ", card "
                            + card.card().sequence());
            Programme programme = step(
                    "programme",
                    () -> programme(zip, profile),
                    p -> p.tables().size() + " tables under " + p.agreement());
            List<SourceFigures> sources = new ArrayList<>();
            for (Source source : profile.sources()) {
                sources.add(step(
                        "source " + source.id(),
                        () -> source.assurance() == Source.Assurance.DEPOSITED
                                ? deposit(zip, source, sources.size() + 1, programme, profile)
                                : source(zip, source, sources.size() + 1, programme),
                        s -> words(source, profile)));
            }
            if (profile.reference() != null) {
                ReferenceSource reference = profile.reference();
                step("indicators", () -> indicators(zip, reference, profile, programme, sources), sentence -> sentence);
            }
            Map<String, List<Reconciled.Consent>> consents = new LinkedHashMap<>();
            if (!profile.reconciled().isEmpty()) {
                step("consents", () -> consents(zip, profile, programme, consents), sentence -> sentence);
            }
            step("figures", () -> figures(profile, programme, sources, consents), sentence -> sentence);
            if (profile.asksForComments() || zip.getEntry(ProfileBundles.COMMENTS) != null) {
                step("comments", () -> comments(zip, signed, profile), sentence -> sentence);
            }
        } catch (StepFailed e) {
            // The step that failed is the last in the list.
        }
        return new VerificationReport(steps);
    }

    private static byte[] entry(ZipFile zip, String name) throws VerificationException, IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null || entry.getSize() > MOST_BYTES) {
            throw new VerificationException(Reason.MALFORMED, "The bundle holds no usable file " + name);
        }
        return zip.getInputStream(entry).readNBytes((int) MOST_BYTES);
    }

    private static SignedDocument signed(ZipFile zip) throws VerificationException, IOException {
        SignedDocument document = SignedDocument.parse(entry(zip, ProfileBundles.PROFILE));
        document.verify();
        return document;
    }

    private CardDocument secretariat(ZipFile zip, SignedDocument signed, Profile profile)
            throws VerificationException, IOException {
        List<CardDocument> chain = CardAdmission.read(entry(zip, ProfileBundles.CARDS));
        CardAdmission.checkChain(chain, null);
        String given = roots.get(profile.party());
        String found = chain.getFirst().fingerprint().toString();
        if (!chain.getFirst().card().party().equals(profile.party()) || !found.equals(given)) {
            throw new VerificationException(
                    Reason.KEY_UNKNOWN,
                    "The root card of " + profile.party() + " has the fingerprint " + found + ", and "
                            + (given == null ? "none was given" : "not " + given));
        }
        return chain.stream()
                .filter(card -> card.card().signing().stream()
                        .anyMatch(key -> key.certificate()
                                .equals(signed.signatures().getFirst().certificate())))
                .findFirst()
                .orElseThrow(() -> new VerificationException(
                        Reason.KEY_UNKNOWN, "The profile is not signed by a key on a card of " + profile.party()));
    }

    /** The result of the comments is the secretariat's word on this very edition. */
    private String comments(ZipFile zip, SignedDocument edition, Profile profile)
            throws VerificationException, IOException {
        require(
                zip.getEntry(ProfileBundles.COMMENTS) != null,
                "The edition says that comments are asked for on it, and the bundle does not hold what came of them: it"
                        + " was left out, or the edition is not published yet");
        SignedDocument signed = SignedDocument.parse(entry(zip, ProfileBundles.COMMENTS));
        signed.verify();
        secretariat(zip, signed, profile);
        CommentsResult comments = ProfileCodec.comments(signed.payload());
        require(
                comments.party().equals(profile.party())
                        && comments.profile().equals(Base64Url.encode(Digests.sha256(edition.payload()))),
                "The result of the comments is of another edition");
        ConsultationSummary result = comments.result();
        return result.comments() + (result.comments() == 1 ? " comment from " : " comments from ")
                + result.answered() + " of " + result.asked() + " who were asked, "
                + result.accepted().size() + " accepted";
    }

    private static Programme programme(ZipFile zip, Profile profile) throws VerificationException, IOException {
        byte[] bytes = entry(zip, ProfileBundles.PROGRAMME);
        Programme programme = ProfileCodec.programme(bytes);
        String named = programme.id() + "/" + programme.version() + "/" + Base64Url.encode(Digests.sha256(bytes));
        require(named.equals(profile.programme()), "The programme in the bundle is not the one of the profile");
        return programme;
    }

    private SourceFigures source(ZipFile zip, Source source, int number, Programme programme)
            throws VerificationException, IOException {
        byte[] file = entry(zip, ProfileBundles.EVIDENCE + source.exchange() + ".evidence.json");
        VerificationReport report = EvidenceVerifier.verify(file, roots);
        VerificationReport.Step failure = report.failure();
        require(
                failure == null,
                failure == null ? "" : "The evidence fails at " + failure.name() + ": " + failure.sentence());
        EvidenceFile evidence = EvidenceFile.parse(file);
        String provider =
                evidence.answered().record().path("provider").path("party").asText();
        require(
                provider.equals(source.party()) && evidence.exchange().equals(source.exchange()),
                "The evidence is of another exchange than the source's");
        String body = evidence.response().body();
        require(body != null, "The figures of the exchange were deleted");
        byte[] bytes = Base64Url.decode(Objects.requireNonNull(body));
        require(
                Base64Url.encode(Digests.sha256(bytes)).equals(source.content()),
                "The figures that " + source.party() + " has signed are not those of the profile");
        Cube cube = RoundAnswers.read(flow(programme, source), bytes);
        return ProfileMaking.source(number, given(source), cube, programme);
    }

    private static String words(Source source, Profile profile) {
        return source.assurance() == Source.Assurance.DEPOSITED
                ? source.party() + ": " + source.observations() + " figures deposited by " + source.depositor()
                        + " as " + profile.party() + " says, not signed by " + source.party() + "; deposit "
                        + source.exchange()
                : source.party() + ": " + source.observations() + " figures as " + source.party()
                        + " signed them, exchange " + source.exchange();
    }

    /** A deposit rests on the secretariat's signature, and says so. */
    private SourceFigures deposit(ZipFile zip, Source source, int number, Programme programme, Profile profile)
            throws VerificationException, IOException {
        String name = ProfileBundles.DEPOSITS + source.exchange();
        SignedDocument signed = SignedDocument.parse(entry(zip, name + ".jws"));
        signed.verify();
        secretariat(zip, signed, profile);
        DepositDocument deposit = DepositDocument.parse(signed.payload());
        require(
                zip.getEntry(name + ".csv") != null,
                "The figures of the deposit " + source.exchange() + " were deleted");
        byte[] figures = entry(zip, name + ".csv");
        require(
                deposit.id().equals(source.exchange())
                        && deposit.round().equals(profile.round())
                        && deposit.party().equals(profile.party()),
                "The deposit is another than the source's");
        require(
                Base64Url.encode(Digests.sha256(figures)).equals(deposit.content()),
                "The figures of the deposit are not those that were confirmed");
        Cube cube = RoundAnswers.read(flow(programme, source), figures);
        return ProfileMaking.source(number, ProfileMaking.Given.of(deposit), cube, programme);
    }

    private Dataflow flow(Programme programme, Source source) throws VerificationException {
        return dataflows
                .find(programme.table(source.table()).dataflow())
                .orElseThrow(() -> new VerificationException(
                        Reason.MALFORMED, "The dataflow of the table " + source.table() + " is not known here"));
    }

    private static ProfileMaking.Given given(Source source) {
        return new ProfileMaking.Given(
                source.party(),
                source.table(),
                source.assurance(),
                source.exchange(),
                source.agreement(),
                source.leg(),
                source.release(),
                source.received(),
                source.standsIn(),
                source.content(),
                source.rounding(),
                null);
    }

    /** The release is the one whose digest the secretariat has signed, and the indicators are what it gives. */
    private static String indicators(
            ZipFile zip, ReferenceSource reference, Profile profile, Programme programme, List<SourceFigures> sources)
            throws VerificationException, IOException {
        byte[] csv = entry(zip, ProfileBundles.REFERENCE);
        require(
                Base64Url.encode(Digests.sha256(csv)).equals(reference.content()),
                "The reference release in the bundle is not the one of the profile");
        ReferenceSource again =
                ProfileMaking.reference(programme, reference, csv, profile.members(), sources, profile.year());
        require(reference.equals(again), "An indicator is not what the reference release gives");
        return reference.indicators().size() + " indicators of the release " + reference.release() + " of "
                + profile.party() + ", which keeps them from " + reference.origin();
    }

    /**
     * Each consent is signed by an officer of its member and is to the very rule of the programme. That none was withdrawn but those that
     * the profile names is the secretariat's word.
     */
    private String consents(
            ZipFile zip, Profile profile, Programme programme, Map<String, List<Reconciled.Consent>> consents)
            throws VerificationException, IOException {
        List<String> words = new ArrayList<>();
        for (Reconciled one : profile.reconciled()) {
            ReconciliationRule rule = programme.reconciliation().stream()
                    .filter(known -> known.id().equals(one.rule()))
                    .findFirst()
                    .orElseThrow(() -> new VerificationException(
                            Reason.MALFORMED, "The programme has no rule of reconciliation " + one.rule()));
            if (consents.putIfAbsent(one.rule(), one.consents()) == null) {
                for (Reconciled.Consent consent : one.consents()) {
                    words.add(consent(zip, profile, programme, rule, consent));
                }
            }
        }
        return words.isEmpty() ? "nobody has consented to a reconciled figure" : String.join("; ", words);
    }

    private String consent(
            ZipFile zip, Profile profile, Programme programme, ReconciliationRule rule, Reconciled.Consent consent)
            throws VerificationException, IOException {
        List<CardDocument> chain = CardAdmission.read(entry(zip, ProfileBundles.MEMBERS + consent.party() + ".json"));
        CardAdmission.checkChain(chain, null);
        require(
                chain.getFirst().card().party().equals(consent.party())
                        && chain.getFirst().fingerprint().toString().equals(roots.get(consent.party())),
                "The root card of " + consent.party() + " is not the one whose fingerprint was given");
        Map<String, List<CardDocument>> cards = Map.of(consent.party(), chain);
        Instrument act = act(zip, profile, consent.act(), cards);
        require(
                act instanceof FigureAct.ReconciliationConsented given
                        && given.party().equals(consent.party())
                        && given.at().toString().equals(consent.at())
                        && ReconciliationConsents.isTo(given, programme.id(), rule),
                "The act " + consent.act() + " is no consent of " + consent.party() + " to the rule " + rule.id());
        String withdrawal = consent.withdrawal();
        if (withdrawal != null) {
            Instrument taken = act(zip, profile, withdrawal, cards);
            require(
                    taken instanceof FigureAct.ReconciliationWithdrawn withdrawn
                            && withdrawn.consent().equals(consent.act())
                            && withdrawn.party().equals(consent.party())
                            && withdrawn.at().toString().equals(consent.withdrawn()),
                    "The act " + withdrawal + " does not withdraw the consent " + consent.act());
        }
        return consent.party() + " to " + rule.method() + " for " + rule.table() + " on " + consent.at()
                + (withdrawal == null ? "" : ", withdrawn on " + consent.withdrawn());
    }

    private static Instrument act(ZipFile zip, Profile profile, String id, Map<String, List<CardDocument>> cards)
            throws VerificationException, IOException {
        JsonNode message;
        try {
            message = CanonicalJson.parseStrict(entry(zip, ProfileBundles.consent(id)));
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "The act " + id + " cannot be read", e);
        }
        Instrument act = SignedAct.read(message, profile.agreement(), cards);
        require(act.id().equals(id), "The bundle holds another act in place of " + id);
        return act;
    }

    private String figures(
            Profile profile,
            Programme programme,
            List<SourceFigures> sources,
            Map<String, List<Reconciled.Consent>> consents)
            throws VerificationException {
        String[] named = profile.programme().split("/", -1);
        Profile again = ProfileMaking.make(
                new ProfileMaking.Head(
                        profile.party(),
                        profile.edition(),
                        profile.made(),
                        named[named.length - 1],
                        profile.round(),
                        profile.year(),
                        profile.asksForComments()),
                programme,
                profile.members(),
                sources,
                List.of(),
                area -> areas.partyOf(area).orElse(""),
                profile.reference(),
                consents);
        require(again.sources().equals(profile.sources()), "What the profile says of its sources is not so");
        require(again.tables().equals(profile.tables()), "A regional total is not what the members' figures give");
        require(again.corridors().equals(profile.corridors()), "A mirror pair is not what the members' figures give");
        require(again.national().equals(profile.national()), "A pair of national sources is not what they give");
        require(
                again.reconciled().equals(profile.reconciled()),
                "A reconciled figure is not what its method makes of both figures");
        long totals = profile.tables().stream()
                .flatMap(table -> table.groups().stream())
                .mapToLong(group -> group.totals().size())
                .sum();
        return totals + " totals and " + profile.corridors().size()
                + " mirror pairs"
                + (profile.reconciled().isEmpty() ? "" : ", reconciled ones included,")
                + " follow from the members' figures; what changed since the edition before is not checked";
    }

    private static void require(boolean holds, String otherwise) throws VerificationException {
        if (!holds) {
            throw new VerificationException(Reason.MALFORMED, otherwise);
        }
    }
}
