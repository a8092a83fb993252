package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import org.entente.gateway.exchange.Approvals;

/** Whether requests of partners wait longer for a person than was agreed. */
@Singleton
final class RequestsHealth implements HealthCheck {

    private final Approvals approvals;

    RequestsHealth(Approvals approvals) {
        this.approvals = approvals;
    }

    @Override
    public String name() {
        return "requests";
    }

    @Override
    public Finding look() {
        Approvals.Standing standing = approvals.standing();
        if (standing.overdue() > 0) {
            return new Finding(
                    Status.DEGRADED,
                    standing.overdue() + " of " + standing.waiting()
                            + " requests that wait for a person are overdue; see `request list`");
        }
        return standing.waiting() == 0
                ? Finding.up()
                : new Finding(Status.UP, standing.waiting() + " requests wait for a person");
    }
}
