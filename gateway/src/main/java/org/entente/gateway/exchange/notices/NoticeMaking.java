package org.entente.gateway.exchange.notices;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.Cards;
import org.entente.gateway.exchange.Entitlements;
import org.entente.gateway.exchange.Recalls;
import org.entente.gateway.exchange.RecordCodec;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.treaties.AgreementsInForce;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the notices that this node owes as provider: one for each partner, leg and current release of which the partner may have something,
 * and one more if a release of which it knows is recalled. What is owed follows from releases and agreements alone, so nothing is forgotten
 * over a restart, and an agreement that comes into effect is told what there is.
 */
@Singleton
class NoticeMaking {
    static final String KIND = "notice-made";
    static final String WITHDRAWN = "notice-withdrawn";

    private static final Logger LOG = LoggerFactory.getLogger(NoticeMaking.class);
    /** A notice that nobody has taken for so long is given up. */
    private static final Duration GIVE_UP = Duration.ofDays(30);

    private final AgreementsInForce agreements;
    private final Releases releases;
    private final Recalls recalls;
    private final Entitlements entitlements;
    private final Partners partners;
    private final NoticeTables tables;
    private final Cards cards;
    private final Journal journal;
    private final Uuids uuids;
    private final Clock clock;
    private final Set<String> nothing = ConcurrentHashMap.newKeySet();

    NoticeMaking(
            AgreementsInForce agreements,
            Releases releases,
            Recalls recalls,
            Entitlements entitlements,
            Partners partners,
            NoticeTables tables,
            Cards cards,
            Journal journal,
            Uuids uuids,
            Clock clock) {
        this.agreements = agreements;
        this.releases = releases;
        this.recalls = recalls;
        this.entitlements = entitlements;
        this.partners = partners;
        this.tables = tables;
        this.cards = cards;
        this.journal = journal;
        this.uuids = uuids;
        this.clock = clock;
    }

    /** A leg under which a partner is told of releases. */
    private record Line(Partner partner, AgreementFile file, Leg leg) {
        NoticeTables.Key key(PublishedRelease release, String event) {
            return new NoticeTables.Key(partner.party(), file.agreement().id(), leg.id(), release.id(), event);
        }
    }

    @Scheduled(fixedDelay = "${entente.notices.pause:10s}", initialDelay = "${entente.notices.pause:10s}")
    void look() {
        try {
            List<Line> lines = lines();
            withdraw(lines);
            Map<String, Set<NoticeTables.Key>> about = new HashMap<>();
            lines.forEach(line -> look(line, about));
        } catch (EntenteException e) {
            LOG.warn("notices of releases wait: {}", e.getMessage());
        }
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Partner partner : partners.all()) {
            if (Card.isByFileOnly(partner.card().node())) {
                continue;
            }
            for (AgreementsInForce.InForce inForce : agreements.with(partner.party())) {
                entitlements
                        .legsTowards(inForce.file(), partner.party())
                        .forEach(leg -> lines.add(new Line(partner, inForce.file(), leg)));
            }
        }
        return lines;
    }

    private void look(Line line, Map<String, Set<NoticeTables.Key>> about) {
        Optional<List<List<PublishedRelease>>> history =
                entitlements.flow(line.leg()).map(flow -> releases.history(flow.id()));
        for (List<PublishedRelease> dataset : history.orElse(List.of())) {
            String id = dataset.getFirst().dataset().id();
            if (line.leg().datasets().isEmpty() || line.leg().datasets().contains(id)) {
                tell(line, dataset, about);
            }
        }
    }

    private void tell(Line line, List<PublishedRelease> dataset, Map<String, Set<NoticeTables.Key>> about) {
        PublishedRelease current = dataset.getLast();
        for (PublishedRelease release : dataset) {
            Optional<Recalls.Recall> recall = recalls.own(release.id());
            if (release != current && recall.isEmpty()) {
                continue;
            }
            Set<NoticeTables.Key> made = about.computeIfAbsent(release.id(), tables::about);
            boolean told = made.contains(line.key(release, NoticeDocument.PUBLISHED));
            if (!told && release == current) {
                published(line, dataset);
            }
            if (told && !made.contains(line.key(release, NoticeDocument.RECALLED))) {
                recall.ifPresent(found -> recalled(line, release, found.at()));
            }
        }
    }

    private void published(Line line, List<PublishedRelease> dataset) {
        PublishedRelease release = dataset.getLast();
        String again = line.partner().party() + " " + line.file().digest() + " "
                + line.leg().id() + " " + release.id();
        Entitlements.Entitled entitled =
                entitlements.of(line.file(), line.leg(), line.partner().party(), release);
        if (!entitled.refusal().isEmpty()) {
            // Looked at again and again, since a hold may be lifted; said once.
            if (nothing.add(again + " " + entitled.refusal())) {
                LOG.info(
                        "{} is not told of release {} under {}: {}",
                        line.partner().party(),
                        release.id(),
                        line.leg().id(),
                        entitled.refusal());
            }
            return;
        }
        Set<String> known = tables.known(line.partner().party());
        List<String> replaced = dataset.subList(0, dataset.size() - 1).reversed().stream()
                .map(PublishedRelease::id)
                .filter(known::contains)
                .limit(NoticeDocument.MOST_REPLACED)
                .toList();
        make(
                line,
                release,
                NoticeDocument.PUBLISHED,
                release.publishedAt(),
                new NoticeDocument.Periods(entitled.from(), entitled.to()),
                replaced);
    }

    private void recalled(Line line, PublishedRelease release, Instant at) {
        make(line, release, NoticeDocument.RECALLED, at, null, List.of(release.id()));
    }

    private void make(
            Line line,
            PublishedRelease release,
            String event,
            Instant at,
            NoticeDocument.@Nullable Periods periods,
            List<String> replaces) {
        Instant now = now();
        UUID id = uuids.next();
        NoticeDocument document = NoticeDocument.of(
                id,
                event,
                Objects.requireNonNull(Cards.reference(line.file())),
                line.leg().id(),
                line.leg().dataflow().toString(),
                new NoticeDocument.ReleaseNumber(release.id(), release.number(), release.edition(), release.status()),
                at,
                periods,
                replaces);
        byte[] bytes = document.encode();
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("provider", RecordCodec.tree(cards.ours(line.file())));
        record.put(
                "consumer",
                RecordCodec.tree(cards.theirs(line.partner(), line.partner().cardDigest(), line.file())));
        record.put("notice", RecordCodec.tree(document));
        record.put("document", Base64Url.encode(Digests.sha256(bytes)));
        try {
            journal.append(new Draft(
                    KIND,
                    record,
                    id.toString(),
                    NoticeTables.insertMade(
                            line.key(release, event), id, release.dataset().id(), bytes, now)));
        } catch (DuplicateWriteException e) {
            LOG.debug("another process of this node made the notice of release {}", release.id(), e);
        }
    }

    /** What is on its way although it says nothing any more is not sent. */
    private void withdraw(List<Line> lines) {
        List<NoticeTables.Made> pending = tables.pending();
        for (NoticeTables.Made notice : pending) {
            boolean stands = lines.stream()
                    .anyMatch(line -> line.partner().party().equals(notice.partner())
                            && line.file().agreement().id().equals(notice.agreement())
                            && line.leg().id().equals(notice.leg()));
            boolean superseded = notice.event().equals(NoticeDocument.PUBLISHED)
                    && pending.stream()
                            .anyMatch(other -> other.made().isAfter(notice.made())
                                    && other.partner().equals(notice.partner())
                                    && other.agreement().equals(notice.agreement())
                                    && other.leg().equals(notice.leg())
                                    && other.dataset().equals(notice.dataset()));
            if (!stands) {
                withdraw(notice, "the agreement or its leg is no longer in effect with this partner");
            } else if (superseded) {
                withdraw(notice, "a later notice about the same table says more");
            } else if (notice.made().plus(GIVE_UP).isBefore(clock.instant())) {
                withdraw(notice, "the partner has not taken it in " + GIVE_UP.toDays() + " days");
            }
        }
    }

    private void withdraw(NoticeTables.Made notice, String reason) {
        Instant now = now();
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", WITHDRAWN);
        record.put("time", now.toString());
        record.put("notice", notice.id().toString());
        record.put("consumer", notice.partner());
        record.put("reason", reason);
        try {
            journal.append(new Draft(
                    WITHDRAWN,
                    record,
                    notice.id().toString(),
                    NoticeTables.settle(notice.id(), NoticeTables.WITHDRAWN, null, reason, now)));
        } catch (DuplicateWriteException | ConflictingWriteException e) {
            LOG.debug("the notice {} was settled meanwhile", notice.id(), e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
