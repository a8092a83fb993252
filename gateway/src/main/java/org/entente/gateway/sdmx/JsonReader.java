package org.entente.gateway.sdmx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Problem.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads SDMX-JSON 2.0.0 and 2.1.0 data messages as they arrive. Data sets that come before the structures which say what
 * their numbers mean are kept until then.
 */
final class JsonReader {

    private final JsonParser parser;
    private final JsonMapper mapper;
    private final Dataflow dataflow;
    private final RowFiller rows;
    private final List<JsonLayout> layouts = new ArrayList<>();
    private final List<TokenBuffer> early = new ArrayList<>();
    private boolean structured;

    private JsonReader(JsonParser parser, JsonMapper mapper, Dataflow dataflow, RowFiller rows) {
        this.parser = parser;
        this.mapper = mapper;
        this.dataflow = dataflow;
        this.rows = rows;
    }

    /**
     * Reads a whole message.
     *
     * @throws CubeException naming what is wrong
     */
    static Cube read(InputStream in, Dataflow dataflow, ReadLimits limits, Consumer<CubeBuilder> rowCheck)
            throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(1 << 16)
                        .maxNameLength(1 << 12)
                        .maxNumberLength(400)
                        .build())
                .build();
        JsonMapper mapper = new JsonMapper(factory);
        try (JsonParser parser = factory.createParser(in)) {
            parser.setCodec(mapper);
            return new JsonReader(parser, mapper, dataflow, new RowFiller(dataflow, limits, rowCheck)).read();
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            String kind = e instanceof JsonParseException ? "is not well-formed JSON" : "is not read";
            throw Refusal.malformed("the file " + kind + where + ": " + Refusal.shortened(e.getOriginalMessage()));
        }
    }

    private Cube read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw Refusal.malformed("the file is no SDMX-JSON message");
        }
        boolean data = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("data") && value == JsonToken.START_OBJECT) {
                data = true;
                data();
            } else {
                parser.skipChildren();
            }
        }
        if (!data || !structured) {
            throw Refusal.malformed("the file is no SDMX-JSON data message: it has no data or no structures");
        }
        for (TokenBuffer kept : early) {
            try (JsonParser replay = kept.asParser(mapper)) {
                replay.nextToken();
                new JsonDataSetReader(replay, layouts, rows).dataSet();
            }
        }
        return rows.build();
    }

    private void data() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("structures") && value == JsonToken.START_ARRAY) {
                structures();
            } else if (name.equals("dataSets") && value == JsonToken.START_ARRAY) {
                dataSets();
            } else {
                parser.skipChildren();
            }
        }
    }

    private void structures() throws IOException {
        structured = true;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            JsonNode structure = mapper.readTree(parser);
            requireOwn(structure);
            layouts.add(new JsonLayout(structure, rows));
        }
    }

    /** A structure that links to a flow or definition must link to ours. */
    private void requireOwn(JsonNode structure) {
        String other = null;
        for (JsonNode link : structure.path("links")) {
            String urn = link.path("urn").asText("");
            if (!urn.contains("datastructure.Data")) {
                continue;
            }
            String id = urn.substring(urn.indexOf('=') + 1);
            if (id.equals(dataflow.id().toString())
                    || id.equals(dataflow.structure().id().toString())) {
                return;
            }
            other = id;
        }
        if (other != null) {
            throw Refusal.malformed(
                    1, "STRUCTURE", "the data are of " + Refusal.shortened(other) + ", not of " + dataflow.id());
        }
    }

    private void dataSets() throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            if (structured) {
                new JsonDataSetReader(parser, layouts, rows).dataSet();
            } else {
                TokenBuffer kept = new TokenBuffer(parser);
                kept.copyCurrentStructure(parser);
                early.add(kept);
            }
            if (rows.hopeless()) {
                rows.build();
            }
        }
    }

    /** What a value says as text, or null if it is null. */
    static @Nullable String text(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> parser.getText();
            default -> {
                parser.skipChildren();
                throw Refusal.malformed("a value of several parts is not read (line "
                        + parser.currentLocation().getLineNr() + ")");
            }
        };
    }

    static void deletion(RowFiller rows) {
        rows.problem(Kind.MALFORMED, "ACTION", "a data set that deletes cannot be imported");
    }
}
