package org.entente.gateway.region.site;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.region.profile.ConsultationSummary;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.profile.PublicEditions;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.Structure;

/** Editions for a reader: published ones, and drafts for those who are asked for comments. */
@Singleton
class EditionReadings {
    private final PublicEditions editions;
    private final Dataflows dataflows;
    private final AreaCodes areas;

    EditionReadings(PublicEditions editions, Dataflows dataflows, AreaCodes areas) {
        this.editions = editions;
        this.dataflows = dataflows;
        this.areas = areas;
    }

    /**
     * An edition.
     *
     * @throws EntenteException {@code not-found} if no such edition is published
     */
    EditionReading get(String programme, int number, Reader reader) {
        return of(editions.get(programme, number), reader);
    }

    /** An edition that is not published yet, for those who are asked for comments. */
    EditionReading draft(String programme, int number, Reader reader) {
        return of(editions.draft(programme, number), reader);
    }

    /** What came of the comments on an edition's draft; empty if nobody was asked. */
    Optional<ConsultationSummary> consultation(EditionReading reading) {
        return editions.consultation(reading.edition().edition());
    }

    private EditionReading of(PublicEdition edition, Reader reader) {
        Programme declared = editions.programme(edition.edition());
        Names names = new Names(
                reader.say(),
                areas,
                editions.framework(edition.edition())
                        .map(AgreementFile::agreement)
                        .orElse(null));
        return new EditionReading(
                edition, declared, table -> structure(declared, table), names, reader, EditionReading.MOST_ROWS);
    }

    private Structure structure(Programme programme, String table) {
        return flow(programme, table).structure();
    }

    /** The dataflow of a table. */
    Dataflow flow(Programme programme, String table) {
        String name = programme.table(table).dataflow();
        return dataflows
                .find(name)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "This node does not know the dataflow " + name + "."));
    }
}
