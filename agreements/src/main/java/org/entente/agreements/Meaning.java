package org.entente.agreements;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.InvalidAgreementException.Problem;
import org.entente.agreements.InvalidAgreementException.Reason;
import org.jspecify.annotations.Nullable;

/** What a document must fulfil beyond the schema so that it does not contradict itself. */
final class Meaning {
    private final Agreement agreement;
    private final List<Problem> problems = new ArrayList<>();

    private Meaning(Agreement agreement) {
        this.agreement = agreement;
    }

    /** Every contradiction found; empty for a sound document. */
    static List<Problem> problems(Agreement agreement) {
        Meaning meaning = new Meaning(agreement);
        meaning.identity();
        meaning.form();
        meaning.parties();
        meaning.areas();
        LegMeaning legs = new LegMeaning(agreement, meaning.problems);
        legs.check();
        meaning.crisis(legs);
        meaning.federation();
        meaning.course();
        meaning.languages();
        return meaning.problems;
    }

    private void wrong(boolean is, String pointer, String sentence) {
        if (is) {
            problems.add(new Problem(Reason.MEANING, pointer, sentence));
        }
    }

    private void identity() {
        wrong(
                agreement.version() > 1 && agreement.supersedes() == null,
                "/supersedes",
                "version " + agreement.version() + " must name the digest of the version before");
        wrong(
                agreement.version() == 1 && agreement.supersedes() != null,
                "/supersedes",
                "the first version supersedes nothing");
        try {
            ZoneId.of(agreement.timeZone());
        } catch (DateTimeException e) {
            wrong(true, "/timeZone", agreement.timeZone() + " is no known time zone");
        }
    }

    private void form() {
        boolean text = agreement.authenticForm() == AuthenticForm.TEXT;
        wrong(!text && !agreement.authenticTexts().isEmpty(), "/authenticTexts", "authenticForm is MACHINE");
        if (text) {
            Set<String> given = new HashSet<>();
            agreement.authenticTexts().forEach(t -> given.add(t.language()));
            agreement.languages().authentic().stream()
                    .filter(l -> !given.contains(l))
                    .forEach(l -> wrong(true, "/authenticTexts", "no authentic text in " + l));
        }
        wrong(
                agreement.nature() == Nature.TECHNICAL_ANNEX && agreement.parent() == null,
                "/parent",
                "a technical annex names the instrument it belongs to");
        Parent parent = agreement.parent();
        wrong(
                parent != null && (parent.agreement() == null) != (parent.digest() == null),
                "/parent",
                "agreement and digest are given together");
    }

    private void parties() {
        List<Party> parties = agreement.parties();
        boolean bilateral = agreement.kind() == Kind.BILATERAL;
        wrong(bilateral && parties.size() != 2, "/parties", "a bilateral agreement has two parties");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < parties.size(); i++) {
            Party party = parties.get(i);
            String at = "/parties/" + i;
            wrong(!ids.add(party.id()), at + "/id", party.id() + " stands here twice");
            wrong(
                    party.form() == Party.Form.STATE && !party.onBehalfOf().isEmpty(),
                    at + "/onBehalfOf",
                    "only a secretariat acts on behalf of others");
            offices(party, at);
        }
    }

    private void offices(Party party, String at) {
        Set<String> offices = new HashSet<>();
        for (int i = 0; i < party.authorities().size(); i++) {
            String id = party.authorities().get(i).id();
            wrong(!offices.add(id), at + "/authorities/" + i + "/id", id + " stands here twice");
        }
        for (int i = 0; i < party.liaison().size(); i++) {
            String office = party.liaison().get(i).authority();
            wrong(
                    !offices.contains(office),
                    at + "/liaison/" + i + "/authority",
                    office + " is no authority of " + party.id());
        }
    }

    private void areas() {
        Set<String> codes = new HashSet<>();
        List<AreaList.Area> list = agreement.areas().list();
        for (int i = 0; i < list.size(); i++) {
            wrong(
                    !codes.add(list.get(i).code()),
                    "/areas/list/" + i + "/code",
                    list.get(i).code() + " stands here twice");
        }
        for (int i = 0; i < agreement.parties().size(); i++) {
            List<String> own = agreement.parties().get(i).areas();
            for (int j = 0; j < own.size(); j++) {
                wrong(
                        !codes.contains(own.get(j)),
                        "/parties/" + i + "/areas/" + j,
                        own.get(j) + " is not on the area list");
            }
        }
    }

    private void crisis(LegMeaning legs) {
        CrisisClause crisis = agreement.crisis();
        if (crisis == null) {
            return;
        }
        known(crisis.declarableBy(), "/crisis/declarableBy");
        known(crisis.countersigned(), "/crisis/countersigned");
        for (int i = 0; i < crisis.widenings().size(); i++) {
            String at = "/crisis/widenings/" + i;
            knownLeg(crisis.widenings().get(i).leg(), at + "/leg");
            legs.cube(crisis.widenings().get(i).cube(), at + "/cube");
            sameWindow(crisis.widenings().get(i), at + "/quota/per");
        }
        for (int i = 0; i < crisis.packs().size(); i++) {
            String at = "/crisis/packs/" + i;
            knownLeg(crisis.packs().get(i).leg(), at + "/leg");
            legs.cube(crisis.packs().get(i).cube(), at + "/cube");
        }
    }

    /** Both quotas count the same requests, so they count them in the same window. */
    private void sameWindow(CrisisClause.Widening widening, String pointer) {
        Quota usual = agreement.leg(widening.leg()).map(Leg::quota).orElse(null);
        Quota inCrisis = widening.quota();
        wrong(
                usual != null && inCrisis != null && usual.per() != inCrisis.per(),
                pointer,
                "the leg's own quota is counted per "
                        + (usual == null ? "" : usual.per().name()));
    }

    private void federation() {
        boolean bilateral = agreement.kind() == Kind.BILATERAL;
        Accession accession = agreement.accession();
        Federation federation = agreement.federation();
        wrong(bilateral && accession != null, "/accession", "nobody accedes to a bilateral agreement");
        wrong(bilateral && federation != null, "/federation", "a bilateral agreement has no secretariat");
        if (accession != null) {
            known(List.of(accession.depositary()), "/accession/depositary");
        }
        if (federation != null) {
            Optional<Party> secretariat = agreement.party(federation.secretariat());
            wrong(
                    secretariat.isEmpty() || secretariat.get().form() != Party.Form.SECRETARIAT,
                    "/federation/secretariat",
                    federation.secretariat() + " is no secretariat among the parties");
        }
        Terms.Publication publication = agreement.terms().publication();
        String first = publication == null ? null : publication.publishesFirst();
        if (first != null) {
            known(List.of(first), "/terms/publication/publishesFirst");
        }
    }

    private void course() {
        Course.EntryIntoForce entry = agreement.course().entryIntoForce();
        wrong(
                entry.rule() == Course.Entry.AFTER_PARTIES && agreement.kind() == Kind.BILATERAL,
                "/course/entryIntoForce/rule",
                "a bilateral agreement needs both signatures");
        wrong(
                entry.rule() == Course.Entry.DAYS_AFTER_LAST_NOTIFICATION && agreement.nature() == Nature.MOU,
                "/course/entryIntoForce/rule",
                "a memorandum has no internal procedures to wait for");
        wrong(
                agreement.course().amendment().procedure() == Course.Amendment.Procedure.EXCHANGE_OF_LETTERS
                        && agreement.nature() != Nature.TECHNICAL_ANNEX,
                "/course/amendment/procedure",
                "only a technical annex is amended by exchange of letters");
        wrong(
                entry.declaresProvisional() && agreement.nature() == Nature.MOU,
                "/course/entryIntoForce/provisionalByDeclaration",
                "a memorandum binds nobody, so nobody declares its provisional application");
        Course.Validity validity = agreement.course().validity();
        IsoDate until = validity == null ? null : validity.until();
        wrong(
                before(until, entry.date()) || before(until, entry.provisionalFrom()),
                "/course/validity/until",
                "ends before it begins");
    }

    private static boolean before(@Nullable IsoDate one, @Nullable IsoDate other) {
        return one != null && other != null && one.compareTo(other) < 0;
    }

    private void languages() {
        Languages languages = agreement.languages();
        String prevailing = languages.prevailing();
        wrong(
                prevailing != null && !languages.authentic().contains(prevailing),
                "/languages/prevailing",
                prevailing + " is no authentic language");
        Texts.missing(agreement, languages.authentic())
                .forEach((pointer, missing) ->
                        wrong(true, pointer, "has no wording in the authentic language " + String.join(", ", missing)));
    }

    private void known(List<String> parties, String pointer) {
        for (String id : parties) {
            wrong(agreement.party(id).isEmpty(), pointer, id + " is no party");
        }
    }

    private void knownLeg(String leg, String pointer) {
        wrong(agreement.leg(leg).isEmpty(), pointer, leg + " is no leg");
    }
}
