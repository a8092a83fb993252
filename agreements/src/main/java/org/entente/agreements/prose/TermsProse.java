package org.entente.agreements.prose;

import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.Accession;
import org.entente.agreements.Agreement;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Federation;
import org.entente.agreements.Terms;
import org.entente.agreements.Text;
import org.entente.agreements.Voting;
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
        add(article("use").say("use.text").text("use.note", terms.use().note()));
        ArticleBuilder personal = article("personal").say("personal.text");
        Text lowest = terms.personalData().lowestDetail();
        if (lowest != null) {
            personal.say("personal.lowest", words.of(lowest));
        }
        add(personal);
        figures(terms);
        safety(terms);
        publicity(terms);
        relations(terms);
        crisis(agreement.crisis());
        accession(agreement.accession());
        federation(agreement.federation());
        return articles;
    }

    private ArticleBuilder article(String key) {
        return ArticleBuilder.of(words, key);
    }

    private void add(ArticleBuilder article) {
        articles.add(article.build());
    }

    private void figures(Terms terms) {
        Terms.Quality quality = terms.quality();
        if (quality != null) {
            add(article("quality")
                    .say("quality.metadata", words.list(quality.mandatoryMetadata()))
                    .text("quality.sources", quality.sources())
                    .text("quality.breaks", quality.breaks())
                    .text("quality.revision", quality.revisionPolicy()));
        }
        Terms.Confidentiality confidentiality = terms.confidentiality();
        if (confidentiality != null) {
            add(article("confidentiality")
                    .say("confidentiality.marking", words.list(confidentiality.marking()))
                    .text("confidentiality.secrecy", confidentiality.secrecy()));
        }
        Terms.Correction correction = terms.correction();
        if (correction != null) {
            add(article("correction")
                    .say("correction.days", correction.reportDays(), correction.correctDays())
                    .text("correction.supersession", correction.supersession()));
        }
    }

    private void safety(Terms terms) {
        Terms.Transfer transfer = terms.transfer();
        if (transfer != null) {
            add(article("transfer")
                    .say(
                            "transfer.text",
                            words.list(transfer.protocols()),
                            words.list(transfer.formats()),
                            transfer.retryHours()));
        }
        Terms.Security security = terms.security();
        if (security != null) {
            ArticleBuilder article = article("security");
            security.measures().forEach(m -> article.text("security.measure", m));
            add(article.say("security.revocation", security.revocationGraceDays()));
        }
        Terms.Audit audit = terms.audit();
        if (audit != null) {
            ArticleBuilder article =
                    article("audit").say("audit.text", audit.logMonths(), words.say("access", audit.partnerAccess()));
            if (!audit.witnesses().isEmpty()) {
                article.say("audit.witness", words.list(audit.witnesses()));
            }
            if (!audit.timestampAuthorities().isEmpty()) {
                article.say("audit.timestamp", words.list(audit.timestampAuthorities()));
            }
            add(article);
        }
        Terms.Breach breach = terms.breach();
        if (breach != null) {
            ArticleBuilder article = article("breach").say("breach.notice", breach.noticeHours());
            if (breach.suspendAtOnce()) {
                article.say("breach.suspend");
            }
            add(article.text("breach.remedies", breach.remedies()));
        }
    }

    private void publicity(Terms terms) {
        Terms.Publication publication = terms.publication();
        if (publication == null) {
            return;
        }
        ArticleBuilder article = article("publication")
                .say("publication.citation", words.of(publication.citation()))
                .add("publication.copy", words.say("publication.copy." + publication.ownCopy()));
        if (publication.embargoDays() != null) {
            article.say("publication.embargo", publication.embargoDays());
        }
        if (publication.publishesFirst() != null) {
            article.say("publication.first", legs.party(publication.publishesFirst()));
        }
        add(article);
    }

    private void relations(Terms terms) {
        Terms.Reciprocity reciprocity = terms.reciprocity();
        if (reciprocity != null) {
            ArticleBuilder article = article("reciprocity")
                    .add("reciprocity.tables", words.say("reciprocity." + reciprocity.symmetric()))
                    .text("reciprocity.asymmetry", reciprocity.asymmetry());
            if (reciprocity.mirrorReports()) {
                article.say("reciprocity.mirror");
            }
            add(article);
        }
        Terms.Relation relation = terms.relation();
        if (relation != null) {
            ArticleBuilder article = article("relation");
            if (relation.nationalLawPrevails()) {
                article.say("relation.law");
            }
            if (relation.nonRegression()) {
                article.say("relation.regression");
            }
            add(article.text("relation.precedence", relation.precedence()));
        }
        Terms.Status status = terms.status();
        if (status != null) {
            add(article("status")
                    .add("status.is", words.say("status." + status.binding()))
                    .text("status.note", status.note()));
        }
    }

    private void crisis(@Nullable CrisisClause crisis) {
        if (crisis == null) {
            return;
        }
        ArticleBuilder p = article("crisis")
                .say(
                        "crisis.declare",
                        parties(crisis.declarableBy()),
                        words.list(crisis.triggers().stream().map(words::of).toList()));
        p.add(
                "crisis.countersigned",
                crisis.countersigned().isEmpty()
                        ? words.say("crisis.countersign")
                        : words.say("crisis.standing", parties(crisis.countersigned())));
        p.say("crisis.ends", crisis.maxDays(), crisis.reviewDays());
        if (crisis.extraLog()) {
            p.say("crisis.log");
        }
        for (CrisisClause.Widening widening : crisis.widenings()) {
            String leg = widening.leg();
            p.sayOf(leg, "crisis.widens", leg);
            legs.cube("widening:" + leg + ":", widening.cube(), p);
            if (widening.answerHours() != null) {
                p.sayOf(leg, "crisis.hours", leg, widening.answerHours());
            }
            if (widening.quota() != null) {
                p.add("quota:" + leg, legs.quota(widening.quota()));
            }
        }
        for (CrisisClause.Pack pack : crisis.packs()) {
            p.sayOf(pack.leg(), "crisis.pack", pack.leg(), pack.reportHours());
            legs.cube("pack:" + pack.leg() + ":", pack.cube(), p);
        }
        add(p);
    }

    private String parties(List<String> ids) {
        return words.list(ids.stream().map(legs::party).toList());
    }

    private void accession(@Nullable Accession accession) {
        if (accession == null) {
            return;
        }
        String depositary = legs.party(accession.depositary());
        ArticleBuilder article = article("accession")
                .add(
                        "accession.open",
                        accession.openTo().isEmpty()
                                ? words.say("accession.open", depositary)
                                : words.say("accession.openTo", words.list(accession.openTo()), depositary));
        Voting acceptance = accession.acceptanceNeeded();
        if (acceptance != null) {
            article.say("accession.acceptance", words.say("voting", acceptance));
        }
        if (accession.effectDays() != null) {
            article.say("accession.effect", accession.effectDays());
        }
        if (accession.optOutPerLeg()) {
            article.say("accession.opt");
        }
        if (accession.exclusionBy() != null) {
            article.say("accession.excludedBy", words.say("voting", accession.exclusionBy()));
        }
        add(article.say(
                        "accession.leave",
                        accession.withdrawalNoticeDays(),
                        words.say("afterEnd", accession.dataAfterLeaving()))
                .text("accession.conditions", accession.conditions())
                .text("accession.exclusion", accession.exclusion()));
    }

    private void federation(@Nullable Federation federation) {
        if (federation != null) {
            add(article("federation")
                    .say(
                            "federation.rights",
                            legs.party(federation.secretariat()),
                            words.list("right", federation.rights()))
                    .say("federation.minimum", federation.minimumReporting())
                    .text("federation.chair", federation.chair()));
        }
    }
}
