package org.entente.agreements.prose;

import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.Accession;
import org.entente.agreements.Agreement;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Federation;
import org.entente.agreements.Terms;
import org.entente.agreements.Text;
import org.jspecify.annotations.Nullable;

/** The clauses that hold for the whole agreement, in words. */
final class TermsProse {
    private final Agreement agreement;
    private final Words words;
    private final LegProse legs;
    private final List<ProseDocument.Article> articles = new ArrayList<>();

    TermsProse(Agreement agreement, Words words, LegProse legs) {
        this.agreement = agreement;
        this.words = words;
        this.legs = legs;
    }

    List<ProseDocument.Article> articles() {
        Terms terms = agreement.terms();
        add("use", words.say("use.text"), note(terms.use().note()));
        Text lowest = terms.personalData().lowestDetail();
        add(
                "personal",
                words.say("personal.text"),
                lowest == null ? null : words.say("personal.lowest", words.of(lowest)));
        figures(terms);
        safety(terms);
        publicity(terms);
        relations(terms);
        crisis(agreement.crisis());
        accession(agreement.accession());
        federation(agreement.federation());
        return articles;
    }

    private void add(String heading, @Nullable String... paragraphs) {
        List<String> said = new ArrayList<>();
        for (String paragraph : paragraphs) {
            if (paragraph != null) {
                said.add(paragraph);
            }
        }
        articles.add(new ProseDocument.Article(words.say(heading), said));
    }

    private @Nullable String note(@Nullable Text text) {
        return text == null ? null : words.of(text);
    }

    private void figures(Terms terms) {
        Terms.Quality quality = terms.quality();
        if (quality != null) {
            add(
                    "quality",
                    words.say("quality.metadata", words.list(quality.mandatoryMetadata())),
                    note(quality.sources()),
                    note(quality.breaks()),
                    note(quality.revisionPolicy()));
        }
        Terms.Confidentiality confidentiality = terms.confidentiality();
        if (confidentiality != null) {
            add(
                    "confidentiality",
                    words.say("confidentiality.marking", words.list(confidentiality.marking())),
                    note(confidentiality.secrecy()));
        }
        Terms.Correction correction = terms.correction();
        if (correction != null) {
            add(
                    "correction",
                    words.say("correction.days", correction.reportDays(), correction.correctDays()),
                    note(correction.supersession()));
        }
    }

    private void safety(Terms terms) {
        Terms.Transfer transfer = terms.transfer();
        if (transfer != null) {
            add(
                    "transfer",
                    words.say(
                            "transfer.text",
                            words.list(transfer.protocols()),
                            words.list(transfer.formats()),
                            transfer.retryHours()));
        }
        Terms.Security security = terms.security();
        if (security != null) {
            List<String> measures =
                    new ArrayList<>(security.measures().stream().map(words::of).toList());
            measures.add(words.say("security.revocation", security.revocationGraceDays()));
            articles.add(new ProseDocument.Article(words.say("security"), measures));
        }
        Terms.Audit audit = terms.audit();
        if (audit != null) {
            add(
                    "audit",
                    words.say("audit.text", audit.logMonths(), words.say("access", audit.partnerAccess())),
                    audit.witnesses().isEmpty() ? null : words.say("audit.witness", words.list(audit.witnesses())),
                    audit.timestampAuthorities().isEmpty()
                            ? null
                            : words.say("audit.timestamp", words.list(audit.timestampAuthorities())));
        }
        Terms.Breach breach = terms.breach();
        if (breach != null) {
            add(
                    "breach",
                    words.say("breach.notice", breach.noticeHours()),
                    breach.suspendAtOnce() ? words.say("breach.suspend") : null,
                    note(breach.remedies()));
        }
    }

    private void publicity(Terms terms) {
        Terms.Publication publication = terms.publication();
        if (publication != null) {
            String first = publication.publishesFirst();
            add(
                    "publication",
                    words.say("publication.citation", words.of(publication.citation())),
                    words.say("publication.copy." + publication.ownCopy()),
                    publication.embargoDays() == null
                            ? null
                            : words.say("publication.embargo", publication.embargoDays()),
                    first == null ? null : words.say("publication.first", legs.party(first)));
        }
    }

    private void relations(Terms terms) {
        Terms.Reciprocity reciprocity = terms.reciprocity();
        if (reciprocity != null) {
            add(
                    "reciprocity",
                    words.say("reciprocity." + reciprocity.symmetric()),
                    note(reciprocity.asymmetry()),
                    reciprocity.mirrorReports() ? words.say("reciprocity.mirror") : null);
        }
        Terms.Relation relation = terms.relation();
        if (relation != null) {
            add(
                    "relation",
                    relation.nationalLawPrevails() ? words.say("relation.law") : null,
                    relation.nonRegression() ? words.say("relation.regression") : null,
                    note(relation.precedence()));
        }
        Terms.Status status = terms.status();
        if (status != null) {
            add("status", words.say("status." + status.binding()), note(status.note()));
        }
    }

    private void crisis(@Nullable CrisisClause crisis) {
        if (crisis == null) {
            return;
        }
        List<String> p = new ArrayList<>();
        p.add(words.say(
                "crisis.declare",
                words.list(crisis.declarableBy().stream().map(legs::party).toList()),
                words.list(crisis.triggers().stream().map(words::of).toList())));
        p.add(
                crisis.countersigned().isEmpty()
                        ? words.say("crisis.countersign")
                        : words.say(
                                "crisis.standing",
                                words.list(crisis.countersigned().stream()
                                        .map(legs::party)
                                        .toList())));
        p.add(words.say("crisis.ends", crisis.maxDays(), crisis.reviewDays()));
        if (crisis.extraLog()) {
            p.add(words.say("crisis.log"));
        }
        for (CrisisClause.Widening widening : crisis.widenings()) {
            p.add(words.say("crisis.widens", widening.leg()));
            legs.cube(widening.cube(), p);
            if (widening.answerHours() != null) {
                p.add(words.say("crisis.hours", widening.leg(), widening.answerHours()));
            }
            if (widening.quota() != null) {
                p.add(legs.quota(widening.quota()));
            }
        }
        for (CrisisClause.Pack pack : crisis.packs()) {
            p.add(words.say("crisis.pack", pack.leg(), pack.reportHours()));
            legs.cube(pack.cube(), p);
        }
        articles.add(new ProseDocument.Article(words.say("crisis"), p));
    }

    private void accession(@Nullable Accession accession) {
        if (accession != null) {
            add(
                    "accession",
                    accession.openTo().isEmpty()
                            ? words.say("accession.open", legs.party(accession.depositary()))
                            : words.say(
                                    "accession.openTo",
                                    words.list(accession.openTo()),
                                    legs.party(accession.depositary())),
                    accession.optOutPerLeg() ? words.say("accession.opt") : null,
                    words.say(
                            "accession.leave",
                            accession.withdrawalNoticeDays(),
                            words.say("afterEnd", accession.dataAfterLeaving())),
                    note(accession.conditions()),
                    note(accession.exclusion()));
        }
    }

    private void federation(@Nullable Federation federation) {
        if (federation != null) {
            add(
                    "federation",
                    words.say(
                            "federation.rights",
                            legs.party(federation.secretariat()),
                            words.list("right", federation.rights())),
                    words.say("federation.minimum", federation.minimumReporting()),
                    note(federation.chair()));
        }
    }
}
