package org.entente.gateway.region.national;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A figure of the statistical annex: all persons, at the latest period up to the profile's year.
 *
 * @param item of the extended migration profile's part A, {@code A1} to {@code A11}
 * @param counterpart area on the other side, {@code _T} for all
 * @param indicator as whoever has counted reports it
 * @param basis in which sense the counterpart is the counterpart
 * @param value null if it is withheld or missing; a partner's figure is never copied into the signed edition, and is read from its answer as
 *     long as that may be kept
 * @param status of the observation
 * @param countedBy party that has counted
 * @param proof id of the own release, or of the exchange that brought the partner's answer
 * @param organisation that made the figure, as its data say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnnexRow(
        String item,
        String counterpart,
        String indicator,
        String basis,
        String period,
        @Nullable Double value,
        String status,
        String countedBy,
        String proof,
        String organisation) {
    static final Comparator<AnnexRow> ORDER = Comparator.comparing(AnnexRow::item)
            .thenComparing(AnnexRow::counterpart)
            .thenComparing(AnnexRow::countedBy)
            .thenComparing(AnnexRow::indicator)
            .thenComparing(AnnexRow::basis)
            .thenComparing(AnnexRow::proof);

    /** In place of the status of a partner's figure whose answer is no longer kept. */
    static final String DELETED = "DELETED";

    /** The same with another figure. */
    AnnexRow with(@Nullable Double other, String otherStatus) {
        return new AnnexRow(
                item, counterpart, indicator, basis, period, other, otherStatus, countedBy, proof, organisation);
    }

    /** What makes it the same row in another edition. */
    String key() {
        return String.join("/", item, counterpart, countedBy, indicator, basis);
    }
}
