package org.entente.gateway.console;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.exchange.notices.Notices;
import org.entente.gateway.exchange.subscriptions.Subscription;
import org.entente.gateway.exchange.subscriptions.Subscriptions;
import org.entente.gateway.operations.reminders.Reminders;
import org.jspecify.annotations.Nullable;

/** Puts together the page of notices, reminders and subscriptions. */
@Singleton
class NoticesDesk {
    private static final int MOST = 50;

    private final Notices notices;
    private final Subscriptions subscriptions;
    private final Reminders reminders;
    private final Clock clock;

    NoticesDesk(Notices notices, Subscriptions subscriptions, Reminders reminders, Clock clock) {
        this.notices = notices;
        this.subscriptions = subscriptions;
        this.reminders = reminders;
        this.clock = clock;
    }

    /**
     * The page.
     *
     * @param query that the caller wants to subscribe to; null for none
     * @param problem why the last form was refused; null if it was not
     */
    NoticesPage page(@Nullable String query, @Nullable String problem, StaffUser user, Messages say) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new NoticesPage(
                reminders.open().stream()
                        .map(one -> say.get("reminder." + one.kind().name(), one.party(), one.due()))
                        .toList(),
                notices.received(MOST).stream().map(one -> notice(one, say)).toList(),
                notices.outdated().stream()
                        .limit(MOST)
                        .map(one -> new NoticesPage.Outdated(
                                one.partner(),
                                one.leg(),
                                say.time(one.received()),
                                say.get("notices.state." + one.event(), say.time(one.since()))))
                        .toList(),
                subscriptions.list().stream()
                        .limit(MOST)
                        .map(one -> standing(one, user, say))
                        .toList(),
                query == null || !user.hasRole(Roles.STATISTICIAN)
                        ? null
                        : new NoticesPage.Wish(query, today.plusYears(1).toString(), today.toString()),
                problem);
    }

    private static NoticesPage.Notice notice(Notices.Received one, Messages say) {
        return new NoticesPage.Notice(
                say.time(one.at()),
                one.partner(),
                say.get("notices.event." + one.event()),
                one.leg(),
                one.from() == null ? "" : one.from() + " – " + one.to());
    }

    private NoticesPage.Standing standing(Subscription one, StaffUser user, Messages say) {
        boolean open = one.ended() == null;
        boolean approver = user.hasRole(Roles.APPROVER);
        boolean own = one.person().equals(user.name());
        Instant resumes = one.resumes();
        String state = say.get("subscriptions.state." + one.state(), resumes == null ? "" : say.time(resumes));
        String last = subscriptions.turns(one.id()).stream()
                .findFirst()
                .map(turn -> say.time(turn.made()) + ": "
                        + say.get("subscriptions.turn." + turn.state().name())
                        + (turn.sentence() == null ? "" : " – " + say.apart(turn.sentence())))
                .orElse("");
        return new NoticesPage.Standing(
                one.id().toString(),
                one.provider(),
                one.leg(),
                one.person(),
                one.until().toString(),
                one.used() + " / " + one.most(),
                one.endReason() == null ? state : state + ": " + say.apart(one.endReason()),
                last,
                open && one.approved() == null && approver && !own,
                open && (own || approver || user.hasRole(Roles.ADMINISTRATOR)));
    }
}
