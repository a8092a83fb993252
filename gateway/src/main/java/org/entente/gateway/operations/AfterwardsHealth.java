package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import java.util.List;
import org.entente.gateway.exchange.Exports;
import org.entente.gateway.exchange.FigureNotes;

/** Whether something is owed on figures that were exchanged: corrections past their day, copies that nobody has attested. */
@Singleton
final class AfterwardsHealth implements HealthCheck {

    private final FigureNotes notes;
    private final Exports exports;

    AfterwardsHealth(FigureNotes notes, Exports exports) {
        this.notes = notes;
        this.exports = exports;
    }

    @Override
    public String name() {
        return "afterwards";
    }

    @Override
    public Finding look() {
        List<FigureNotes.Owed> owed = notes.owed();
        long late = owed.stream().filter(FigureNotes.Owed::overdue).count();
        long copies = exports.owed();
        if (late + copies == 0) {
            return Finding.up();
        }
        return new Finding(
                Status.DEGRADED,
                late + " corrections are overdue (`notes`), " + copies
                        + " copies wait for attestation (`export list`)");
    }
}
