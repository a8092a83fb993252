package org.entente.gateway.evidence.obligations;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.Treaties;
import org.entente.gateway.treaties.Treaty;

/** The deliveries that fall due about now under the calendars of agreements in effect (clause 15), this node's own and its partners'. */
@Singleton
public class DueDeliveries {
    private final Treaties treaties;
    private final DeliveryDuties duties;
    private final NodeIdentity identity;
    private final Clock clock;

    DueDeliveries(Treaties treaties, DeliveryDuties duties, NodeIdentity identity, Clock clock) {
        this.treaties = treaties;
        this.duties = duties;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * One delivery.
     *
     * @param provider who owes it
     * @param own whether that is this node's party
     * @param day on which it falls due, in the agreement's time zone
     * @param lastDay last day of grace
     * @param over whether the day is over
     * @param made whether a release of its time was published here; for a partner's, whether one was told of or came with an answer
     */
    public record DueDelivery(
            String agreement,
            String leg,
            String provider,
            boolean own,
            LocalDate day,
            LocalDate lastDay,
            boolean over,
            boolean made) {}

    /**
     * Those whose day lies in the days about today.
     *
     * @param ahead days from today on
     * @param behind days before today
     */
    public List<DueDelivery> around(int ahead, int behind) {
        Map<String, List<Treaty>> byAgreement = new TreeMap<>();
        treaties.all()
                .forEach(treaty -> byAgreement
                        .computeIfAbsent(treaty.file().agreement().id(), id -> new ArrayList<>())
                        .add(treaty));
        List<DueDelivery> found = new ArrayList<>();
        byAgreement.forEach((id, texts) -> {
            TextsInTime inTime = TextsInTime.of(id, texts);
            inTime.at(clock.instant()).ifPresent(file -> found.addAll(around(inTime, file, ahead, behind)));
        });
        return found;
    }

    private List<DueDelivery> around(TextsInTime texts, AgreementFile file, int ahead, int behind) {
        ZoneId zone = ZoneId.of(file.agreement().timeZone());
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, zone);
        List<DueDelivery> found = new ArrayList<>();
        for (Leg leg : file.agreement().legs()) {
            if (texts.stopped(file, leg.id(), now)) {
                continue;
            }
            for (int year = today.minusDays(behind).getYear();
                    year <= today.plusDays(ahead).getYear();
                    year++) {
                for (DueDays.DueDay day : DueDays.of(leg.calendar(), year)) {
                    boolean near = !day.due().isAfter(today.plusDays(ahead))
                            && !day.due().isBefore(today.minusDays(behind));
                    if (near && held(texts, day.due(), zone, now)) {
                        found.addAll(deliveries(texts, file, leg, day, zone, today));
                    }
                }
            }
        }
        return found;
    }

    /** Whether the agreement was in effect on the day already; a day to come is owed under what is in effect now. */
    private static boolean held(TextsInTime texts, LocalDate day, ZoneId zone, Instant now) {
        Instant begin = day.atStartOfDay(zone).toInstant();
        return begin.isAfter(now) || texts.at(begin).isPresent();
    }

    private List<DueDelivery> deliveries(
            TextsInTime texts, AgreementFile file, Leg leg, DueDays.DueDay day, ZoneId zone, LocalDate today) {
        Instant from = day.after().plusDays(1).atStartOfDay(zone).toInstant();
        Instant to = day.before().atStartOfDay(zone).toInstant();
        boolean over = today.isAfter(day.due());
        String own = identity.party();
        List<DueDelivery> found = new ArrayList<>();
        if (file.isSide(leg.provider(), own)) {
            Optional<DeliveryDuties.Made> made = duties.published(leg, from, to);
            found.add(new DueDelivery(
                    texts.agreement(), leg.id(), own, true, day.due(), day.last(), over, made.isPresent()));
        }
        for (String provider : file.providersTo(leg, own)) {
            boolean come =
                    duties.told(provider, texts.agreement(), leg.id(), from, to).isPresent()
                            || duties.firstSeen(provider, texts.agreement(), leg.id(), from, to)
                                    .isPresent();
            found.add(new DueDelivery(texts.agreement(), leg.id(), provider, false, day.due(), day.last(), over, come));
        }
        return found;
    }
}
