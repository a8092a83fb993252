package org.entente.gateway.sdmx;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.entente.gateway.statistics.Problem.Kind;

/** One data set of structure-specific SDMX-ML, in which components are attributes of elements. */
final class SpecificMlReader extends MlDataSetReader {

    SpecificMlReader(HardenedXml xml, RowFiller rows) {
        super(xml, rows);
    }

    @Override
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
        while (child("DataSet")) {
            switch (xml.name()) {
                case "Series" -> series();
                case "Obs" -> observation();
                case "Group", "Atts" -> partialKey();
                default -> skip();
            }
        }
    }

    private int place(int attribute) {
        return place(xml.attributeName(attribute));
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
        while (child("Series")) {
            switch (xml.name()) {
                case "Obs" -> observation();
                case "Comp" -> {
                    int place = place(xml.attribute("id"));
                    String text = component();
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
                ofRow(place, xml.attributeText(i));
            }
        }
        while (child("Obs")) {
            if (xml.name().equals("Comp")) {
                int place = place(xml.attribute("id"));
                String text = component();
                if (place >= 0) {
                    ofRow(place, text);
                }
            } else {
                skip();
            }
        }
        rows.endRow();
    }

    /** The one value of a component that stands in an element of its own (3.0). */
    private String component() throws IOException {
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
}
