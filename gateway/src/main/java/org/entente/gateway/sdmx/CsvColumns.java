package org.entente.gateway.sdmx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.entente.gateway.sdmx.DataOptions.Labels;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Dictionary;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one data set. Every text is rendered once per dictionary entry. A row is a chain of slots whose content varies
 * within a series (period, value, attributes of the observation) and of what stands between them, which is put together once
 * per series. So a row costs a few copies of bytes and makes no object.
 */
final class CsvColumns {

    private static final byte[] LINE_END = {'\r', '\n'};

    private final DataMessage message;
    private final CsvDialect dialect;
    private final Labels labels;
    private final Labelled labelled;
    private final Structure structure;
    private final ObservationCursor cursor;
    private final Projection projection;
    private final String @Nullable [] times;
    private final String separator;

    /** What stands between slots; the last list ends the line. */
    private final List<List<Part>> between = new ArrayList<>();

    private final List<Slot> slots = new ArrayList<>();

    /** Bytes that are the same in a whole series: fixed ones, or the entry of a dimension or attribute of the series. */
    private record Part(int component, byte[][] texts) {
        static final int FIXED = Integer.MIN_VALUE;

        /** @return the number in the texts; dimensions count from 0, attributes down from -1 */
        byte[] current(ObservationCursor cursor) {
            return component == FIXED
                    ? texts[0]
                    : texts[component >= 0 ? cursor.dimension(component) : cursor.attribute(-1 - component)];
        }
    }

    /** What varies within a series; an attribute's number, or one of the constants. */
    private record Slot(int attribute, byte[][] texts) {
        static final int TIME = -1;
        static final int VALUE = -2;
    }

    /** @param times the periods to show instead of the recorded ones, by number, or null */
    CsvColumns(
            DataMessage message,
            DataSet set,
            CsvDialect dialect,
            Labels labels,
            Labelled labelled,
            String @Nullable [] times) {
        this.message = message;
        this.dialect = dialect;
        this.labels = labels;
        this.labelled = labelled;
        this.structure = message.dataflow().structure();
        this.cursor = set.observations().get();
        this.projection = set.projection(message.projection());
        this.times = times;
        this.separator = String.valueOf(dialect.separator());
        between.add(new ArrayList<>());
        identification(set);
        boolean seriesOnly = message.projection().keysOnly() && !message.deletes();
        for (int d = 0; d < structure.dimensions().size() - (seriesOnly ? 1 : 0); d++) {
            dimension(d);
        }
        measure();
        for (int a = 0; a < structure.attributes().size(); a++) {
            attribute(a);
        }
        if (message.hasHistory()) {
            fixed(separator + text(set.validFrom()) + separator + text(set.validTo()));
        }
        fixed(new String(LINE_END, StandardCharsets.US_ASCII));
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    private void identification(DataSet set) {
        String id = message.dataflow().id().toString();
        String name = message.options().languages().pick(message.dataflow().name());
        String shown = dialect.cell(labels == Labels.BOTH ? id + ": " + name : id);
        if (dialect.version() == CsvDialect.Version.V1_0) {
            fixed(shown);
            return;
        }
        fixed("dataflow" + separator + shown + (labels == Labels.NAME ? separator + dialect.cell(name) : ""));
        fixed(separator + dialect.action(set.action(), message.deletes()));
        if (message.options().keys().series()) {
            key(seriesKeyWithout());
        }
        if (message.options().keys().observation()) {
            key(-1);
        }
    }

    /** The dimension that is no part of the series key. */
    private int seriesKeyWithout() {
        int position = structure.dimensionPosition(message.dimensionAtObservation());
        return position < 0 ? structure.timePosition() : position;
    }

    /** A cell with the codes of all dimensions but one, joined by dots. */
    private void key(int without) {
        boolean quoted = false;
        for (int d = 0; d < structure.dimensions().size(); d++) {
            Dictionary texts = cursor.dimensionTexts(d);
            for (int i = 0; i < texts.size() && d != without; i++) {
                quoted |= dialect.needsQuotes(texts.text(i));
            }
        }
        fixed(separator + (quoted ? "\"" : ""));
        boolean first = true;
        for (int d = 0; d < structure.dimensions().size(); d++) {
            if (d == without) {
                continue;
            }
            fixed(first ? "" : ".");
            first = false;
            Dictionary texts = cursor.dimensionTexts(d);
            byte[][] raw = new byte[texts.size()][];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = utf8(quoted ? CsvDialect.escaped(texts.text(i)) : texts.text(i));
            }
            dimensionPart(d, raw);
        }
        fixed(quoted ? "\"" : "");
    }

    private void dimension(int d) {
        Component dimension = structure.dimensions().get(d);
        Dictionary texts = cursor.dimensionTexts(d);
        byte[][] cells = new byte[texts.size()][];
        for (int i = 0; i < cells.length; i++) {
            String text = d == structure.timePosition() && times != null ? times[i] : texts.text(i);
            cells[i] = utf8(cells(dimension, text));
        }
        dimensionPart(d, cells);
    }

    private void dimensionPart(int d, byte[][] texts) {
        if (d == structure.timePosition()) {
            slot(new Slot(Slot.TIME, texts));
        } else {
            between.getLast().add(new Part(d, texts));
        }
    }

    private void measure() {
        if (!message.projection().measure()) {
            return;
        }
        fixed(separator);
        if (projection.measure()) {
            slot(new Slot(Slot.VALUE, new byte[0][]));
        }
        fixed(labels == Labels.NAME ? separator : "");
    }

    private void attribute(int a) {
        Attribute attribute = structure.attributes().get(a);
        if (!message.projection().attributes().contains(attribute.id())) {
            return;
        }
        if (!projection.attributes().contains(attribute.id())) {
            fixed(cells(attribute, ""));
            return;
        }
        Dictionary texts = cursor.attributeTexts(a);
        byte[][] cells = new byte[texts.size()][];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = utf8(cells(attribute, texts.text(i)));
        }
        if (attribute.level() == Attribute.Level.OBSERVATION && cursor.constantAttribute(a) < 0) {
            slot(new Slot(a, cells));
        } else {
            between.getLast().add(new Part(-1 - a, cells));
        }
    }

    /** The cell or two of a text, each with the separator before it. */
    private String cells(Component component, String text) {
        return separator
                + dialect.cell(labels == Labels.BOTH ? labelled.both(component, text) : text)
                + (labels == Labels.NAME ? separator + dialect.cell(labelled.name(component, text)) : "");
    }

    private void fixed(String text) {
        between.getLast().add(new Part(Part.FIXED, new byte[][] {utf8(text)}));
    }

    private void slot(Slot slot) {
        slots.add(slot);
        between.add(new ArrayList<>());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One row for each series, which has no slot. */
    void rowPerSeries(ByteSink sink) throws IOException {
        while (cursor.next()) {
            if (cursor.firstOfSeries()) {
                for (Part part : between.getFirst()) {
                    sink.write(part.current(cursor));
                }
            }
        }
    }

    void rowPerObservation(ByteSink sink) throws IOException {
        int count = slots.size();
        Segment[] segments = new Segment[count + 1];
        Arrays.setAll(segments, i -> new Segment(between.get(i)));
        int head = headSlots();
        RowTails tails = new RowTails(tailTexts(head), tailAttributes(head));
        int slotBytes = 0;
        for (Slot slot : slots) {
            slotBytes += Math.max(32, longest(slot.texts()));
        }
        int longestRow = slotBytes;
        while (cursor.next()) {
            if (cursor.firstOfSeries()) {
                longestRow = slotBytes + nextSeries(segments, head, tails);
            }
            sink.room(longestRow);
            for (int i = 0; i < head; i++) {
                sink.raw(segments[i].bytes, 0, segments[i].length);
                Slot slot = slots.get(i);
                if (slot.attribute() == Slot.VALUE) {
                    sink.value(cursor.value(), dialect.decimal());
                } else {
                    sink.raw(slot.texts()[cursor.dimension(structure.timePosition())]);
                }
            }
            tails.write(sink, cursor);
        }
    }

    /** Puts the parts of the next series together; how many bytes they have. */
    private int nextSeries(Segment[] segments, int head, RowTails tails) {
        int bytes = 0;
        boolean tailChanged = false;
        for (int i = 0; i < segments.length; i++) {
            boolean changed = segments[i].update(cursor);
            tailChanged |= changed && i >= head;
            bytes += segments[i].length;
        }
        if (tailChanged) {
            byte[][] parts = new byte[segments.length - head][];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = Arrays.copyOf(segments[head + i].bytes, segments[head + i].length);
            }
            tails.between(parts);
        }
        return bytes;
    }

    /** How many slots come before the first attribute. */
    private int headSlots() {
        int head = 0;
        while (head < slots.size() && slots.get(head).attribute() < 0) {
            head++;
        }
        return head;
    }

    private byte[][][] tailTexts(int head) {
        return slots.subList(head, slots.size()).stream().map(Slot::texts).toArray(byte[][][]::new);
    }

    private int[] tailAttributes(int head) {
        return slots.subList(head, slots.size()).stream()
                .mapToInt(Slot::attribute)
                .toArray();
    }

    private static int longest(byte[][] texts) {
        int longest = 0;
        for (byte[] text : texts) {
            longest = Math.max(longest, text.length);
        }
        return longest;
    }

    /** What stands between two slots in the current series. */
    private static final class Segment {
        private final Part[] parts;
        private final byte[][] last;
        private byte[] bytes = new byte[64];
        private int length;

        Segment(List<Part> parts) {
            this.parts = parts.toArray(new Part[0]);
            this.last = new byte[this.parts.length][];
        }

        /** Whether anything is other than in the series before. */
        boolean update(ObservationCursor cursor) {
            boolean changed = false;
            int total = 0;
            for (int i = 0; i < parts.length; i++) {
                byte[] current = parts[i].current(cursor);
                changed |= last[i] != current;
                last[i] = current;
                total += current.length;
            }
            if (changed) {
                bytes = bytes.length < total ? new byte[total + 64] : bytes;
                length = 0;
                for (byte[] text : last) {
                    System.arraycopy(text, 0, bytes, length, text.length);
                    length += text.length;
                }
            }
            return changed;
        }
    }
}
