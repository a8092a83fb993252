package org.entente.gateway.sdmx;

import java.io.IOException;
import org.entente.gateway.statistics.Problem.Kind;

/** How a data set of SDMX-ML is walked through. */
abstract class MlDataSetReader {

    final HardenedXml xml;
    final RowFiller rows;

    MlDataSetReader(HardenedXml xml, RowFiller rows) {
        this.xml = xml;
        this.rows = rows;
    }

    /** Reads the data set whose start is current. */
    abstract void dataSet() throws IOException;

    /** Goes on to the next element within one whose children were all read whole; false at its end, or if going on is no use. */
    final boolean child(String within) throws IOException {
        while (!rows.hopeless() && xml.next()) {
            if (xml.isStart()) {
                return true;
            }
            if (xml.name().equals(within)) {
                return false;
            }
        }
        return false;
    }

    /** The place of a component, negative and reported if the structure has none of this id. */
    final int place(String id) {
        int place = rows.place(id);
        if (place < 0) {
            rows.problem(
                    Kind.MALFORMED,
                    Refusal.shortened(id),
                    "is no component of " + rows.structure().id() + xml.at());
        }
        return place;
    }

    final boolean isAttribute(int place) {
        return place >= rows.structure().dimensions().size() && !rows.isMeasure(place);
    }

    final void ofRow(int place, String text) {
        if (rows.isMeasure(place)) {
            rows.value(text);
        } else {
            rows.ofRow(place, rows.number(place, text));
        }
    }

    /** Goes to the end of the element that is current. */
    final void skip() throws IOException {
        for (int depth = 1; depth > 0 && xml.next(); ) {
            depth += xml.isStart() ? 1 : -1;
        }
    }
}
