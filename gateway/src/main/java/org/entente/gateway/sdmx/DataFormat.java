package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;

/** The formats in which data are written; the first is the default. */
public enum DataFormat implements Format {
    JSON_2_0("application/vnd.sdmx.data+json", "2.0.0", Set.of("application/json", "jsondata", "json")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new JsonDataWriter(message, out).write();
        }
    },
    CSV_2_0("application/vnd.sdmx.data+csv", "2.0.0", Set.of("text/csv", "csvdata", "csvfile", "csv")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new CsvWriter(message, out).write();
        }
    };

    private final String mediaType;
    private final String version;
    private final Set<String> aliases;

    DataFormat(String mediaType, String version, Set<String> aliases) {
        this.mediaType = mediaType;
        this.version = version;
        this.aliases = aliases;
    }

    /** All formats in order of preference. */
    public static List<DataFormat> offered() {
        return List.of(values());
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Set<String> aliases() {
        return aliases;
    }

    /** Writes a message; the stream is flushed, not closed. */
    public abstract void write(DataMessage message, OutputStream out) throws IOException;
}
