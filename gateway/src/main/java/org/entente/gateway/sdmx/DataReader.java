package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.function.Consumer;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;

/**
 * Reads figures in any format that we read, told apart by how a file begins: SDMX-CSV 1.0 and 2.x, SDMX-JSON 2.x, SDMX-ML 2.1
 * and 3.0, and our own workbooks. Either all of a file becomes a cube or nothing, and then what is wrong is named.
 */
public final class DataReader {

    private DataReader() {}

    /** What a file is, by its first bytes. */
    public enum Kind {
        CSV,
        JSON,
        XML,
        WORKBOOK
    }

    /**
     * Reads a whole file.
     *
     * @throws CubeException naming row and column of what is wrong
     * @throws IOException if the stream fails
     */
    public static Cube read(InputStream in, Dataflow dataflow) throws IOException {
        return read(in, dataflow, ReadLimits.DEFAULT, row -> {});
    }

    /**
     * Reads a whole file.
     *
     * @param rowCheck is given the builder with each sound row in it and notes problems there
     */
    public static Cube read(InputStream in, Dataflow dataflow, ReadLimits limits, Consumer<CubeBuilder> rowCheck)
            throws IOException {
        PushbackInputStream start = new PushbackInputStream(new LimitedInput(in, limits.bytes(), "the file"), 1 << 10);
        return switch (kind(start)) {
            case CSV -> CsvReader.read(start, dataflow, limits.observations(), rowCheck);
            case JSON -> JsonReader.read(start, dataflow, limits, rowCheck);
            case XML -> MlReader.read(start, dataflow, limits, rowCheck);
            case WORKBOOK -> WorkbookReader.read(start, dataflow, limits, rowCheck);
        };
    }

    /** Looks at the first bytes and leaves the stream as it was. */
    static Kind kind(PushbackInputStream in) throws IOException {
        byte[] begin = in.readNBytes(1 << 10);
        in.unread(begin);
        int at = begin.length >= 3 && (begin[0] & 0xFF) == 0xEF ? 3 : 0;
        if (begin.length >= 4 && begin[0] == 'P' && begin[1] == 'K' && begin[2] == 3 && begin[3] == 4) {
            return Kind.WORKBOOK;
        }
        while (at < begin.length && (begin[at] == ' ' || begin[at] == '\n' || begin[at] == '\r' || begin[at] == '\t')) {
            at++;
        }
        if (at < begin.length && begin[at] == '{') {
            return Kind.JSON;
        }
        return at < begin.length && begin[at] == '<' ? Kind.XML : Kind.CSV;
    }
}
