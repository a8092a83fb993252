package org.entente.gateway.region.comparison;

import java.util.function.Function;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;

/**
 * How a figure is defined, as far as its data say so. Codes are those of the structure's lists; a member is empty where the structure has
 * no such component or the figure leaves it open.
 *
 * @param indicator what is counted, and in which direction
 * @param basis in which sense the counterpart is the counterpart: birth, citizenship, previous residence ...
 * @param unit of what is counted
 * @param residenceRule after which time somebody counts as resident
 * @param referenceDateType whether it is counted at a day, at the end of a period or during it
 * @param referenceDate the day of the year, {@code --MM-DD}
 */
public record FigureConcept(
        String indicator,
        String basis,
        String unit,
        String residenceRule,
        String referenceDateType,
        String referenceDate) {

    /** Reads the concept of the observation at which a cursor stands. */
    public static Function<ObservationCursor, FigureConcept> reader(Structure structure) {
        int indicator = structure.position(Dimension.Role.INDICATOR);
        int basis = structure.position(Dimension.Role.COUNTERPART_BASIS);
        int unit = structure.position(Dimension.Role.UNIT);
        int rule = structure.position(Attribute.Role.RESIDENCE_RULE);
        int type = structure.position(Attribute.Role.REFERENCE_DATE_TYPE);
        int date = structure.position(Attribute.Role.REFERENCE_DATE);
        return cursor -> new FigureConcept(
                indicator < 0 ? "" : cursor.dimensionText(indicator),
                basis < 0 ? "" : cursor.dimensionText(basis),
                unit < 0 ? "" : cursor.dimensionText(unit),
                rule < 0 ? "" : cursor.attributeText(rule),
                type < 0 ? "" : cursor.attributeText(type),
                date < 0 ? "" : cursor.attributeText(date));
    }
}
