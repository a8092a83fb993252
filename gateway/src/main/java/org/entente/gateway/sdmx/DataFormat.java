package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;

/** The formats in which data are written; the first is the default. */
public enum DataFormat implements Format {
    JSON_2_1("application/vnd.sdmx.data+json", "2.1.0", "json", Set.of("application/json", "jsondata", "json")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new JsonDataWriter(message, JsonVersion.V2_1, out).write();
        }
    },
    JSON_2_0("application/vnd.sdmx.data+json", "2.0.0", "json", Set.of("application/json", "jsondata", "json")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new JsonDataWriter(message, JsonVersion.V2_0, out).write();
        }
    },
    CSV_2_1(
            "application/vnd.sdmx.data+csv",
            "2.1.0",
            "csv",
            Set.of("text/csv", "csvdata", "csvfile", "csvfilewithlabels", "csv")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new CsvWriter(message, CsvDialect.CSV_2_1, out).write();
        }
    },
    CSV_2_0(
            "application/vnd.sdmx.data+csv",
            "2.0.0",
            "csv",
            Set.of("text/csv", "csvdata", "csvfile", "csvfilewithlabels", "csv")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new CsvWriter(message, CsvDialect.CSV_2_0, out).write();
        }
    },
    CSV_1_0(
            "application/vnd.sdmx.data+csv",
            "1.0.0",
            "csv",
            Set.of("text/csv", "csvdata", "csvfile", "csvfilewithlabels", "csv")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new CsvWriter(message, CsvDialect.CSV_1_0, out).write();
        }
    },
    ML_3_0("application/vnd.sdmx.data+xml", "3.0.0", "xml", Set.of("application/xml", "text/xml", "xmldata", "xml")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new SpecificMlWriter(message, MlVersion.V3_0, false, out).write();
        }
    },
    SPECIFIC_2_1(
            "application/vnd.sdmx.structurespecificdata+xml",
            "2.1",
            "xml",
            Set.of("structurespecificdata", "structurespecific")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new SpecificMlWriter(message, MlVersion.V2_1, false, out).write();
        }
    },
    SPECIFIC_SERIES_2_1(
            "application/vnd.sdmx.structurespecifictimeseriesdata+xml",
            "2.1",
            "xml",
            Set.of("structurespecifictimeseriesdata")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new SpecificMlWriter(message, MlVersion.V2_1, true, out).write();
        }
    },
    GENERIC_2_1("application/vnd.sdmx.genericdata+xml", "2.1", "xml", Set.of("genericdata", "generic")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new GenericMlWriter(message, false, out).write();
        }
    },
    GENERIC_SERIES_2_1(
            "application/vnd.sdmx.generictimeseriesdata+xml", "2.1", "xml", Set.of("generictimeseriesdata")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new GenericMlWriter(message, true, out).write();
        }
    },
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "", "xlsx", Set.of("xlsx", "excel")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new WorkbookWriter(message, out).write();
        }
    },
    /** CSV 2.1 with byte order mark, semicolons, decimal commas and labels, which Excel opens by a double click. */
    EXCEL_CSV("application/vnd.entente.excel+csv", "", "csv", Set.of("excelcsv")) {
        @Override
        public void write(DataMessage message, OutputStream out) throws IOException {
            new CsvWriter(message, CsvDialect.EXCEL, out).write();
        }

        @Override
        public String contentType() {
            return "text/csv;charset=utf-8;header=present";
        }
    };

    private final String mediaType;
    private final String version;
    private final String extension;
    private final Set<String> aliases;

    DataFormat(String mediaType, String version, String extension, Set<String> aliases) {
        this.mediaType = mediaType;
        this.version = version;
        this.extension = extension;
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

    @Override
    public String contentType() {
        return version.isEmpty() ? mediaType : Format.super.contentType();
    }

    /** How the name of a file in this format ends, without the dot. */
    public String extension() {
        return extension;
    }

    /** Whether the format is text, so that it can be shown at a terminal. */
    public boolean isText() {
        return this != XLSX;
    }

    /** Writes a message; the stream is flushed, not closed. */
    public abstract void write(DataMessage message, OutputStream out) throws IOException;
}
