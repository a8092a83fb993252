package org.entente.gateway.sdmx;

import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;

/** A cursor over observations of another one, whose structure and texts it shares. */
abstract class CursorOver implements ObservationCursor {

    final ObservationCursor source;

    CursorOver(ObservationCursor source) {
        this.source = source;
    }

    @Override
    public final Structure structure() {
        return source.structure();
    }

    @Override
    public final Dictionary dimensionTexts(int dimension) {
        return source.dimensionTexts(dimension);
    }

    @Override
    public final Dictionary attributeTexts(int attribute) {
        return source.attributeTexts(attribute);
    }

    @Override
    public final int constantAttribute(int attribute) {
        return source.constantAttribute(attribute);
    }
}
