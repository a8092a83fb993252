package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.DataOptions.Labels;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.Usage;
import org.jspecify.annotations.Nullable;

/**
 * SDMX-CSV 1.0, 2.0 and 2.1 (data message field guides): the columns that identify the data, dimensions, measure, attributes
 * in the structure's order; RFC 4180 quoting; a withheld or missing value is {@code NaN}, since an empty one breaks clients.
 */
final class CsvWriter {

    private static final String LINE_END = "\r\n";

    private final DataMessage message;
    private final CsvDialect dialect;
    private final Labels labels;
    private final Labelled labelled;
    private final ByteSink sink;
    private final Structure structure;

    /** @throws EntenteException {@code not-implemented} if CSV 1.0 is to say what it has no words for */
    CsvWriter(DataMessage message, CsvDialect dialect, OutputStream out) {
        this.message = message;
        this.dialect = dialect;
        this.labels = message.options().labels(dialect.labels());
        this.labelled = new Labelled(message.options().languages());
        this.sink = new ByteSink(out);
        this.structure = message.dataflow().structure();
        boolean old = dialect.version() == CsvDialect.Version.V1_0;
        if (old && (message.deletes() || message.hasHistory())) {
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED,
                    "SDMX-CSV 1.0 can say neither what was deleted nor what was valid when; CSV 2.0 can");
        }
        if (old && labels == Labels.NAME) {
            throw new EntenteException(
                    ErrorCode.NOT_IMPLEMENTED, "SDMX-CSV 1.0 has labels=id and labels=both; CSV 2.0 has labels=name");
        }
    }

    void write() throws IOException {
        if (dialect.byteOrderMark()) {
            sink.write("\uFEFF");
        }
        header();
        String @Nullable [][] times = times();
        for (int s = 0; s < message.sets().size(); s++) {
            DataSet set = message.sets().get(s);
            CsvColumns columns =
                    new CsvColumns(message, set, dialect, labels, labelled, times == null ? null : times[s]);
            if (seriesOnly()) {
                columns.rowPerSeries(sink);
            } else {
                columns.rowPerObservation(sink);
            }
        }
        sink.flush();
    }

    /** Whether nothing but the keys of series is wanted, so that time has no column. */
    private boolean seriesOnly() {
        return message.projection().keysOnly() && !message.deletes();
    }

    /** Normalized periods per data set, or null if they stay as they are. */
    private String @Nullable [][] times() {
        if (message.options().timeFormat() == DataOptions.TimeFormat.ORIGINAL) {
            return null;
        }
        int time = structure.timePosition();
        List<Dictionary> dictionaries = new ArrayList<>();
        List<boolean[]> used = new ArrayList<>();
        for (DataSet set : message.sets()) {
            dictionaries.add(set.observations().get().dimensionTexts(time));
            used.add(Usage.of(set.observations().get()).dimension(time));
        }
        return NormalizedTime.texts(dictionaries, used);
    }

    private void header() throws IOException {
        List<String> names = new ArrayList<>();
        if (dialect.version() == CsvDialect.Version.V1_0) {
            names.add("DATAFLOW");
        } else {
            names.add("STRUCTURE");
            names.add("STRUCTURE_ID");
            if (labels == Labels.NAME) {
                names.add("STRUCTURE_NAME");
            }
            names.add("ACTION");
            if (message.options().keys().series()) {
                names.add("SERIES_KEY");
            }
            if (message.options().keys().observation()) {
                names.add("OBS_KEY");
            }
        }
        int shown =
                seriesOnly() ? structure.timePosition() : structure.dimensions().size();
        structure.dimensions().subList(0, shown).forEach(dimension -> add(names, dimension, dimension.id()));
        if (message.projection().measure()) {
            // SDMX 2.1 knows the measure under one name only.
            boolean old = dialect.version() == CsvDialect.Version.V1_0;
            add(
                    names,
                    structure.measure(),
                    old ? "OBS_VALUE" : structure.measure().id());
        }
        for (Attribute attribute : structure.attributes()) {
            if (message.projection().attributes().contains(attribute.id())) {
                add(names, attribute, attribute.id());
            }
        }
        if (message.hasHistory()) {
            names.add("VALID_FROM");
            names.add("VALID_TO");
        }
        StringBuilder line = new StringBuilder();
        for (String name : names) {
            line.append(line.isEmpty() ? "" : String.valueOf(dialect.separator()))
                    .append(dialect.cell(name));
        }
        sink.write(line.append(LINE_END).toString());
    }

    private void add(List<String> names, Component component, String id) {
        names.add(labels == Labels.BOTH ? id + ": " + labelled.name(component) : id);
        if (labels == Labels.NAME) {
            names.add(labelled.name(component));
        }
    }
}
