package org.entente.gateway.exchange;

import java.util.List;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;

/** Several parties' cells as one cube. Attributes of one party's data set as a whole do not survive, since they are not the others'. */
final class Merged {
    private Merged() {}

    static Cube of(Structure structure, List<Cube> parts) {
        List<Cube> filled = parts.stream().filter(part -> !part.isEmpty()).toList();
        if (filled.size() == 1) {
            return filled.getFirst();
        }
        CubeBuilder builder = Cube.builder(structure);
        filled.forEach(part -> copy(part, structure, builder));
        try {
            return builder.build();
        } catch (CubeException e) {
            throw new EntenteException(ErrorCode.DUPLICATE_KEY, "Two sources give the same cell: " + e.getMessage(), e);
        }
    }

    private static void copy(Cube part, Structure structure, CubeBuilder builder) {
        ObservationCursor cursor = part.cursor();
        while (cursor.next()) {
            for (int d = 0; d < structure.dimensions().size(); d++) {
                builder.dimension(structure.dimensions().get(d).id(), cursor.dimensionText(d));
            }
            for (int a = 0; a < structure.attributes().size(); a++) {
                if (structure.attributes().get(a).level()
                        != org.entente.gateway.statistics.Component.Attribute.Level.DATASET) {
                    builder.attribute(structure.attributes().get(a).id(), cursor.attributeText(a));
                }
            }
            builder.value(cursor.value());
            builder.add();
        }
    }
}
