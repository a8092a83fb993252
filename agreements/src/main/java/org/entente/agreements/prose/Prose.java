package org.entente.agreements.prose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.agreements.Agreement;
import org.entente.agreements.AreaList;
import org.entente.agreements.Article;
import org.entente.agreements.AuthenticForm;
import org.entente.agreements.AuthenticText;
import org.entente.agreements.Definition;
import org.entente.agreements.Leg;
import org.entente.agreements.LegalBasis;
import org.entente.agreements.LiaisonOfficer;
import org.entente.agreements.Parent;
import org.entente.agreements.Party;

/**
 * Renders an agreement as numbered articles. A further language needs a translation file {@code words_<language>.properties} and its tag in
 * the file {@code languages}, and nothing else.
 */
public final class Prose {
    /** Languages for which there is a translation file. */
    public static final List<String> LANGUAGES = languages();

    private final Agreement agreement;
    private final Words words;
    private final List<ProseDocument.Article> articles = new ArrayList<>();

    private Prose(Agreement agreement, Words words) {
        this.agreement = agreement;
        this.words = words;
    }

    private static List<String> languages() {
        try (InputStream in = Objects.requireNonNull(Prose.class.getResourceAsStream("languages"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty() && !l.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The agreement in words.
     *
     * @throws IllegalArgumentException when there is no translation into the language; see {@link #LANGUAGES}
     */
    public static ProseDocument of(Agreement agreement, String language) {
        return new Prose(agreement, words(language)).render(language);
    }

    /**
     * The words of a language.
     *
     * @throws IllegalArgumentException when there is no translation into it
     */
    static Words words(String language) {
        if (!LANGUAGES.contains(language)) {
            throw new IllegalArgumentException(
                    "no translation into " + language + "; there are: " + String.join(", ", LANGUAGES));
        }
        return new Words(language);
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
        texts();
        areas();
        boolean authenticated = agreement.languages().authentic().contains(language);
        return new ProseDocument(
                language,
                words.rightToLeft(),
                agreement.digest(),
                words.of(agreement.title()),
                words.say(authenticated ? "notice.authenticated" : "notice.working"),
                notice(),
                new ProseDocument.Labels(words.say("label.digest"), words.say("label.article")),
                articles);
    }

    private List<String> notice() {
        List<String> notice = new ArrayList<>();
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
        ArticleBuilder article = ArticleBuilder.of(words, "identity");
        article.say("identity.is", words.say("nature", agreement.nature()), agreement.id(), agreement.version());
        if (agreement.supersedes() != null) {
            article.say("identity.supersedes", agreement.supersedes());
        }
        Parent parent = agreement.parent();
        if (parent != null) {
            article.say("identity.parent", parent(parent));
        }
        article.say("identity.languages", words.list(agreement.languages().authentic()));
        String prevailing = agreement.languages().prevailing();
        if (prevailing != null) {
            article.say("identity.prevailing", prevailing);
        }
        articles.add(article.say("identity.zone", agreement.timeZone()).build());
    }

    private String parent(Parent parent) {
        List<String> parts = new ArrayList<>(List.of(words.of(parent.title())));
        if (parent.reference() != null) {
            parts.add(parent.reference());
        }
        if (parent.digest() != null) {
            parts.add(words.say("label.digest") + " " + parent.digest());
        }
        return words.list(parts);
    }

    private void parties() {
        ArticleBuilder article = new ArticleBuilder(words, "parties", words.say("parties." + agreement.nature()));
        for (Party party : agreement.parties()) {
            List<String> offices = party.authorities().stream()
                    .map(a -> words.of(a.name()) + " (" + a.id() + ")")
                    .toList();
            article.sayOf(
                    party.id(),
                    "party.is",
                    words.of(party.name()),
                    party.id(),
                    words.say("role", party.role()),
                    words.list(offices),
                    party.rootCard());
            if (!party.onBehalfOf().isEmpty()) {
                article.sayOf(party.id(), "party.behalf", party.id(), words.list(party.onBehalfOf()));
            }
            if (party.hostedBy() != null) {
                article.sayOf(party.id(), "party.hosted", party.id(), party.hostedBy());
            }
            for (LegalBasis basis : party.legalBasis()) {
                article.sayOf(party.id(), "party.basis", party.id(), basis(basis));
            }
            for (LiaisonOfficer officer : party.liaison()) {
                article.sayOf(party.id(), "party.liaison", party.id(), liaison(officer));
            }
        }
        articles.add(article.build());
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
            ArticleBuilder article = ArticleBuilder.of(words, "definitions");
            for (Definition definition : agreement.definitions()) {
                String term = words.of(definition.term());
                article.sayOf(definition.term().best("en"), "definition", term, words.of(definition.meaning()));
            }
            articles.add(article.build());
        }
    }

    /** The clauses that are carried as text; the second and later ones of one clause number get a number of their own. */
    private void texts() {
        Map<Integer, Integer> seen = new HashMap<>();
        for (Article text : agreement.articles()) {
            int nth = seen.merge(text.clause(), 1, Integer::sum);
            String key = "clause:" + text.clause() + (nth == 1 ? "" : "." + nth);
            articles.add(new ArticleBuilder(words, key, words.of(text.heading()))
                    .text("text", text.text())
                    .build());
        }
    }

    private void areas() {
        ArticleBuilder article = ArticleBuilder.of(words, "areas");
        for (AreaList.Area area : agreement.areas().list()) {
            if (area.footnote() == null) {
                article.sayOf(area.code(), "area", area.code(), words.of(area.name()));
            } else {
                article.sayOf(
                        area.code(), "area.footnote", area.code(), words.of(area.name()), words.of(area.footnote()));
            }
        }
        articles.add(
                article.text("areas.disclaimer", agreement.areas().disclaimer()).build());
    }
}
