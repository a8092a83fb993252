package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import java.util.List;
import org.entente.gateway.operations.reminders.Reminders;

/** Whether a release that this node owes is late, and how much else is due. */
@Singleton
final class RemindersHealth implements HealthCheck {
    private final Reminders reminders;

    RemindersHealth(Reminders reminders) {
        this.reminders = reminders;
    }

    @Override
    public String name() {
        return "reminders";
    }

    @Override
    public Finding look() {
        List<Reminders.Reminder> open = reminders.open();
        long late = open.stream().filter(Reminders.Reminder::isLate).count();
        if (open.isEmpty()) {
            return Finding.up();
        }
        return new Finding(
                late > 0 ? Status.DEGRADED : Status.UP,
                open.size() + " reminders stand" + (late > 0 ? ", " + late + " of them about late releases" : "")
                        + " (`reminder list`)");
    }
}
