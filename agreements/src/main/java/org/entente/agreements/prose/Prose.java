package org.entente.agreements.prose;

import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.Agreement;
import org.entente.agreements.AreaList;
import org.entente.agreements.AuthenticForm;
import org.entente.agreements.AuthenticText;
import org.entente.agreements.Definition;
import org.entente.agreements.Leg;
import org.entente.agreements.LegalBasis;
import org.entente.agreements.LiaisonOfficer;
import org.entente.agreements.Parent;
import org.entente.agreements.Party;

/** Renders an agreement as numbered articles. A further language needs one translation file and nothing else. */
public final class Prose {
    /** Languages for which there is a translation file. */
    public static final List<String> LANGUAGES = List.of("en", "fr");

    private final Agreement agreement;
    private final Words words;
    private final List<ProseDocument.Article> articles = new ArrayList<>();

    private Prose(Agreement agreement, String language) {
        this.agreement = agreement;
        this.words = new Words(language);
    }

    /**
     * The agreement in words.
     *
     * @throws IllegalArgumentException when there is no translation into the language; see {@link #LANGUAGES}
     */
    public static ProseDocument of(Agreement agreement, String language) {
        if (!LANGUAGES.contains(language)) {
            throw new IllegalArgumentException(
                    "no translation into " + language + "; there are: " + String.join(", ", LANGUAGES));
        }
        return new Prose(agreement, language).render(language);
    }

    private ProseDocument render(String language) {
        identity();
        parties();
        definitions();
        LegProse legs = new LegProse(agreement, words);
        for (Leg leg : agreement.legs()) {
            articles.add(legs.article(leg));
        }
        articles.addAll(new TermsProse(agreement, words, legs).articles());
        articles.addAll(new CourseProse(agreement, words).articles());
        agreement
                .articles()
                .forEach(a ->
                        articles.add(new ProseDocument.Article(words.of(a.heading()), List.of(words.of(a.text())))));
        areas();
        return new ProseDocument(language, words.of(agreement.title()), notice(), articles);
    }

    private List<String> notice() {
        List<String> notice = new ArrayList<>();
        notice.add(words.say("notice.working"));
        notice.add(words.say("notice.digest", agreement.digest()));
        if (agreement.authenticForm() == AuthenticForm.TEXT) {
            for (AuthenticText text : agreement.authenticTexts()) {
                notice.add(words.say("notice.text", text.language(), text.mediaType(), text.sha256()));
            }
        } else {
            notice.add(words.say("notice.machine"));
        }
        return notice;
    }

    private void identity() {
        List<String> p = new ArrayList<>();
        p.add(words.say("identity.is", words.say("nature", agreement.nature()), agreement.id(), agreement.version()));
        if (agreement.supersedes() != null) {
            p.add(words.say("identity.supersedes", agreement.supersedes()));
        }
        Parent parent = agreement.parent();
        if (parent != null) {
            p.add(words.say("identity.parent", words.of(parent.title())));
        }
        p.add(words.say("identity.languages", words.list(agreement.languages().authentic())));
        String prevailing = agreement.languages().prevailing();
        if (prevailing != null) {
            p.add(words.say("identity.prevailing", prevailing));
        }
        p.add(words.say("identity.zone", agreement.timeZone()));
        articles.add(new ProseDocument.Article(words.say("identity"), p));
    }

    private void parties() {
        List<String> p = new ArrayList<>();
        for (Party party : agreement.parties()) {
            List<String> offices = party.authorities().stream()
                    .map(a -> words.of(a.name()) + " (" + a.id() + ")")
                    .toList();
            p.add(words.say(
                    "party.is",
                    words.of(party.name()),
                    party.id(),
                    words.say("role", party.role()),
                    words.list(offices),
                    party.rootCard()));
            if (!party.onBehalfOf().isEmpty()) {
                p.add(words.say("party.behalf", party.id(), words.list(party.onBehalfOf())));
            }
            if (party.hostedBy() != null) {
                p.add(words.say("party.hosted", party.id(), party.hostedBy()));
            }
            for (LegalBasis basis : party.legalBasis()) {
                p.add(words.say("party.basis", party.id(), basis(basis)));
            }
            for (LiaisonOfficer officer : party.liaison()) {
                p.add(words.say("party.liaison", party.id(), liaison(officer)));
            }
        }
        articles.add(new ProseDocument.Article(words.say("parties." + agreement.nature()), p));
    }

    private String basis(LegalBasis basis) {
        List<String> parts = new ArrayList<>(List.of(words.of(basis.title())));
        if (basis.reference() != null) {
            parts.add(basis.reference());
        }
        if (basis.article() != null) {
            parts.add(basis.article());
        }
        return words.list(parts);
    }

    private String liaison(LiaisonOfficer officer) {
        List<String> parts = new ArrayList<>(List.of(words.of(officer.post()) + " (" + officer.authority() + ")"));
        if (officer.name() != null) {
            parts.add(officer.name());
        }
        parts.addAll(officer.contacts());
        if (officer.substitute() != null) {
            parts.add(words.say("liaison.substitute", officer.substitute()));
        }
        if (officer.escalation() != null) {
            parts.add(words.say("liaison.escalation", officer.escalation()));
        }
        return words.list(parts);
    }

    private void definitions() {
        if (!agreement.definitions().isEmpty()) {
            List<String> p = new ArrayList<>();
            for (Definition definition : agreement.definitions()) {
                p.add(words.say("definition", words.of(definition.term()), words.of(definition.meaning())));
            }
            articles.add(new ProseDocument.Article(words.say("definitions"), p));
        }
    }

    private void areas() {
        List<String> p = new ArrayList<>();
        for (AreaList.Area area : agreement.areas().list()) {
            String footnote = area.footnote() == null ? "" : " — " + words.of(area.footnote());
            p.add(area.code() + ": " + words.of(area.name()) + footnote);
        }
        if (agreement.areas().disclaimer() != null) {
            p.add(words.of(agreement.areas().disclaimer()));
        }
        articles.add(new ProseDocument.Article(words.say("areas"), p));
    }
}
