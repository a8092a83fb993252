package org.entente.gateway.sdmx;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.entente.gateway.statistics.Problem.Kind;

/** One data set of structure-specific SDMX-ML, in which components are attributes of elements. */
final class SpecificMlReader {

    private final HardenedXml xml;
    private final RowFiller rows;

    SpecificMlReader(HardenedXml xml, RowFiller rows) {
        this.xml = xml;
        this.rows = rows;
    }

    /** Reads the data set whose start is current. */
    void dataSet() throws IOException {
        for (int i = 0; i < xml.attributes(); i++) {
            if (xml.isLocal(i)) {
                int place = place(i);
                if (isAttribute(place)) {
                    rows.ofDataset(place, xml.attributeText(i));
                }
            }
        }
        rows.beginSeries();
        while (!rows.hopeless() && xml.next()) {
            if (!xml.isStart()) {
                if (xml.name().equals("DataSet")) {
                    return;
                }
                continue;
            }
            switch (xml.name()) {
                case "Series" -> series();
                case "Obs" -> observation();
                case "Group", "Atts" -> partialKey();
                default -> skip();
            }
        }
    }

    private int place(int attribute) {
        int place = rows.place(xml.attributeName(attribute));
        if (place < 0) {
            rows.problem(
                    Kind.MALFORMED,
                    Refusal.shortened(xml.attributeName(attribute)),
                    "is no component of " + rows.structure().id() + xml.at());
        }
        return place;
    }

    private boolean isAttribute(int place) {
        return place >= rows.structure().dimensions().size() && !rows.isMeasure(place);
    }

    private void series() throws IOException {
        rows.beginSeries();
        for (int i = 0; i < xml.attributes(); i++) {
            if (xml.isLocal(i)) {
                int place = place(i);
                if (place >= 0 && !rows.isMeasure(place)) {
                    rows.ofSeries(place, rows.number(place, xml.attributeText(i)));
                }
            }
        }
        while (!rows.hopeless() && xml.next()) {
            if (!xml.isStart()) {
                if (xml.name().equals("Series")) {
                    break;
                }
                continue;
            }
            switch (xml.name()) {
                case "Obs" -> observation();
                case "Comp" -> {
                    int place = rows.place(xml.attribute("id"));
                    String text = component(place);
                    if (isAttribute(place)) {
                        rows.ofSeries(place, rows.number(place, text));
                    }
                }
                default -> skip();
            }
        }
        rows.beginSeries();
    }

    private void observation() throws IOException {
        for (int i = 0; i < xml.attributes(); i++) {
            if (!xml.isLocal(i) || xml.attributeName(i).equals("type")) {
                continue;
            }
            int place = place(i);
            if (place >= 0) {
                set(place, xml.attributeText(i));
            }
        }
        while (!rows.hopeless() && xml.next()) {
            if (!xml.isStart()) {
                break;
            }
            if (xml.name().equals("Comp")) {
                int place = rows.place(xml.attribute("id"));
                String text = component(place);
                if (place >= 0) {
                    set(place, text);
                }
            } else {
                skip();
            }
        }
        rows.endRow();
    }

    private void set(int place, String text) {
        if (rows.isMeasure(place)) {
            rows.value(text);
        } else {
            rows.ofRow(place, rows.number(place, text));
        }
    }

    /** The one value of a component that stands in an element of its own (3.0). */
    private String component(int place) throws IOException {
        if (place < 0) {
            rows.problem(
                    Kind.MALFORMED,
                    Refusal.shortened(xml.attribute("id")),
                    "is no component of " + rows.structure().id() + xml.at());
        }
        String id = xml.attribute("id");
        String value = "";
        int values = 0;
        int depth = 1;
        while (depth > 0 && xml.next()) {
            if (!xml.isStart()) {
                depth--;
            } else if (xml.name().equals("Value") && depth == 1) {
                value = values++ == 0 ? valueText() : value + valueText();
            } else {
                depth++;
            }
        }
        if (values > 1) {
            rows.problem(
                    Kind.MALFORMED,
                    Refusal.shortened(id),
                    "has " + values + " values" + xml.at() + "; "
                            + rows.structure().id() + " has room for one");
        }
        return value;
    }

    /** The text of a value, of which only the first language counts. */
    private String valueText() throws IOException {
        return xml.firstText();
    }

    private void partialKey() throws IOException {
        Map<Integer, Integer> key = new HashMap<>();
        Map<Integer, Integer> attributes = new HashMap<>();
        for (int i = 0; i < xml.attributes(); i++) {
            if (!xml.isLocal(i) || xml.attributeName(i).equals("type")) {
                continue;
            }
            int place = place(i);
            if (place >= 0 && !rows.isMeasure(place)) {
                (isAttribute(place) ? attributes : key).put(place, rows.number(place, xml.attributeText(i)));
                if (isAttribute(place) && ownDatasetAttribute(place)) {
                    rows.ofDataset(place, xml.attributeText(i));
                }
            }
        }
        rows.ofPartialKey(key, attributes);
        skip();
    }

    private boolean ownDatasetAttribute(int place) {
        return rows.structure()
                        .attributes()
                        .get(place - rows.structure().dimensions().size())
                        .level()
                == org.entente.gateway.statistics.Component.Attribute.Level.DATASET;
    }

    private void skip() throws IOException {
        for (int depth = 1; depth > 0 && xml.next(); ) {
            depth += xml.isStart() ? 1 : -1;
        }
    }
}
