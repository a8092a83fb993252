package org.entente.gateway.sdmx;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** One data set of generic SDMX-ML 2.1, in which every value names its component. */
final class GenericMlReader extends MlDataSetReader {

    private final String atObservation;

    GenericMlReader(HardenedXml xml, RowFiller rows, String atObservation) {
        super(xml, rows);
        this.atObservation = atObservation;
    }

    /** What is done with a value. */
    @FunctionalInterface
    private interface Taker {
        void take(int place, String text);
    }

    @Override
    void dataSet() throws IOException {
        rows.beginSeries();
        while (child("DataSet")) {
            switch (xml.name()) {
                case "Attributes" -> values(this::ofDataset);
                case "Group" -> group();
                case "Series" -> series();
                case "Obs" -> observation();
                default -> skip();
            }
        }
    }

    private void ofDataset(int place, String text) {
        if (isAttribute(place)) {
            rows.ofDataset(place, text);
        }
    }

    /** Every {@code Value} up to the end of the element that is current. */
    private void values(Taker taker) throws IOException {
        for (int depth = 1; depth > 0 && xml.next(); ) {
            if (!xml.isStart()) {
                depth--;
                continue;
            }
            depth++;
            if (xml.name().equals("Value")) {
                value(xml.attribute("id"), taker);
            }
        }
    }

    private void value(String id, Taker taker) {
        int place = place(id);
        if (place >= 0) {
            taker.take(place, xml.attribute("value"));
        }
    }

    private void group() throws IOException {
        Map<Integer, Integer> key = new HashMap<>();
        Map<Integer, Integer> attributes = new HashMap<>();
        int dimensions = rows.structure().dimensions().size();
        values((place, text) -> {
            if (!rows.isMeasure(place)) {
                (place < dimensions ? key : attributes).put(place, rows.number(place, text));
            }
        });
        rows.ofPartialKey(key, attributes);
    }

    private void series() throws IOException {
        rows.beginSeries();
        while (child("Series")) {
            switch (xml.name()) {
                case "SeriesKey", "Attributes" ->
                    values((place, text) -> {
                        if (!rows.isMeasure(place)) {
                            rows.ofSeries(place, rows.number(place, text));
                        }
                    });
                case "Obs" -> observation();
                default -> skip();
            }
        }
        rows.beginSeries();
    }

    private void observation() throws IOException {
        while (child("Obs")) {
            switch (xml.name()) {
                case "ObsDimension" -> {
                    String id = xml.attribute("id");
                    value(id.isEmpty() ? atObservation : id, this::ofRow);
                }
                case "ObsValue" -> rows.value(xml.attribute("value"));
                case "ObsKey", "Attributes" -> values(this::ofRow);
                default -> skip();
            }
        }
        rows.endRow();
    }
}
