package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;

/** The formats in which structures are written; the first is the default. */
public enum StructureFormat implements Format {
    JSON_2_1("application/vnd.sdmx.structure+json", "2.1.0", Set.of("application/json", "jsonstructure", "json")) {
        @Override
        void write(StructureMessage message, MessageHeader header, Languages languages, OutputStream out)
                throws IOException {
            new StructureJson(true, languages).write(message, header, out);
        }
    },
    JSON_2_0("application/vnd.sdmx.structure+json", "2.0.0", Set.of("application/json", "jsonstructure", "json")) {
        @Override
        void write(StructureMessage message, MessageHeader header, Languages languages, OutputStream out)
                throws IOException {
            new StructureJson(false, languages).write(message, header, out);
        }
    },
    ML_3_0("application/vnd.sdmx.structure+xml", "3.0.0", Set.of("structure")) {
        @Override
        void write(StructureMessage message, MessageHeader header, Languages languages, OutputStream out)
                throws IOException {
            new StructureMl(MlVersion.V3_0, languages).write(message, header, out);
        }
    },
    ML_2_1("application/vnd.sdmx.structure+xml", "2.1", Set.of("application/xml", "text/xml", "xml", "structure")) {
        @Override
        void write(StructureMessage message, MessageHeader header, Languages languages, OutputStream out)
                throws IOException {
            new StructureMl(MlVersion.V2_1, languages).write(message, header, out);
        }
    };

    private final String mediaType;
    private final String version;
    private final Set<String> aliases;

    StructureFormat(String mediaType, String version, Set<String> aliases) {
        this.mediaType = mediaType;
        this.version = version;
        this.aliases = aliases;
    }

    /** All formats in order of preference. */
    public static List<StructureFormat> offered() {
        return List.of(values());
    }

    /** All formats in the order of preference of version 1 of the protocol, which knew SDMX-ML 2.1 first. */
    public static List<StructureFormat> offeredFirstInVersion1() {
        return List.of(ML_2_1, JSON_2_0, JSON_2_1, ML_3_0);
    }

    /** Whether the format has words for anything of a message. */
    public boolean canShow(StructureMessage message) {
        return this != ML_2_1
                || !message.shown().stream()
                        .allMatch(one -> one.artefact().type() == ArtefactType.STRUCTUREMAP
                                || one.artefact().type() == ArtefactType.REPRESENTATIONMAP);
    }

    /** Writes a message; the stream is flushed, not closed. */
    abstract void write(StructureMessage message, MessageHeader header, Languages languages, OutputStream out)
            throws IOException;

    /** A message as bytes. */
    public byte[] bytes(StructureMessage message, MessageHeader header, Languages languages) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try {
            write(message, header, languages, out);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
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
}
