package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.SmallStructure;
import org.entente.gateway.testing.SharedMaterial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessagesTest {

    private static final MessageHeader HEADER =
            new MessageHeader("M1", Instant.parse("2026-02-01T10:00:00.123Z"), "ITA");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static void assertValid(String schemaFile, JsonNode message) throws IOException {
        // The official files name no version of JSON Schema; they are written for draft 7.
        ObjectNode definition = (ObjectNode) MAPPER.readTree(
                Files.readString(SharedMaterial.locate("standards/sdmx/json-schemas/2.0.0/" + schemaFile)));
        definition.remove(java.util.List.of("$schema", "id"));
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(definition);
        Set<ValidationMessage> faults = schema.validate(message);
        assertTrue(faults.isEmpty(), () -> String.valueOf(faults));
    }

    private static Cube sample(Dataflow flow) {
        CubeBuilder builder = Cube.builder(flow.structure()).datasetAttribute("UNDER", "agreement 7");
        builder.attribute("SOURCE", "office").attribute("REMARK", "a \"remark\"");
        SmallStructure.row(builder, "AA", "K1", "p", "2020", 12, "ok");
        builder.attribute("SOURCE", "office");
        SmallStructure.row(builder, "AA", "K1", "p", "2021-Q1", Double.NaN, "gone");
        SmallStructure.row(builder, "BB", "_T", "p", "2020", 2.5, "ok");
        return builder.build();
    }

    private static JsonNode data(String parameters) throws IOException {
        Dataflow flow = SmallStructure.dataflow();
        BoundQuery query = DataQuery.parse("/data", parameters).bind(flow.structure());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataFormat.JSON_2_0.write(DataMessage.of(flow, sample(flow), query, HEADER), out);
        return MAPPER.readTree(out.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c[WHO]=AA",
                "dimensionAtObservation=AllDimensions",
                "attributes=none",
                "attributes=series&measures=none",
                "attributes=none&measures=none",
                "offset=1&limit=1",
                "c[WHO]=CC"
            })
    void dataAreValidAgainstTheOfficialSchema(String parameters) throws IOException {
        assertValid("sdmx-json-data-schema.json", data(parameters));
    }

    @Test
    void seriesHoldTheirObservationsByTime() throws IOException {
        JsonNode message = data("c[WHO]=AA");
        assertEquals(
                "[12,1,0]",
                message.at("/data/dataSets/0/series/0:0:0/observations/0").toString());
        assertEquals(
                "[\"NaN\",0,null]",
                message.at("/data/dataSets/0/series/0:0:0/observations/1").toString());
        assertEquals(
                "[0]", message.at("/data/dataSets/0/series/0:0:0/attributes").toString());
        assertEquals("[0]", message.at("/data/dataSets/0/attributes").toString());
        assertEquals("2026-02-01T10:00:00Z", message.at("/meta/prepared").asText());
    }

    /** The codes of cells that are not part of the answer must not be named in it. */
    @Test
    void codesOutsideTheAnswerAreNotNamed() throws IOException {
        String message = data("c[WHO]=AA").toString();
        assertFalse(message.contains("BB"));
        assertFalse(message.contains("_T"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void structuresAreValidAgainstTheOfficialSchema(boolean diaspora) throws IOException {
        Dataflow flow = diaspora ? DiasporaStructure.load() : SmallStructure.dataflow();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StructureMessage.all(flow).write(HEADER, out);
        JsonNode message = MAPPER.readTree(out.toByteArray());
        assertValid("sdmx-json-structure-schema.json", message);
        assertEquals(
                flow.structure().keyDimensions().size(),
                message.at("/data/dataStructures/0/dataStructureComponents/dimensionList/dimensions")
                        .size());
        assertEquals(
                flow.structure().codelists().size(),
                message.at("/data/codelists").size());
    }

    @Test
    void errorsAreValidAndCarryTheStableCode() throws IOException {
        EntenteException refusal = new EntenteException(ErrorCode.CODE_UNKNOWN, "SEX: code 'X' is not in the list");
        JsonNode body = MAPPER.readTree(SdmxError.JSON.body(refusal, HEADER));
        assertValid("sdmx-json-data-schema.json", body);
        assertEquals(422, body.at("/errors/0/code").intValue());
        assertTrue(body.at("/errors/0/links/0/href").asText().endsWith("/code-unknown"));
    }

    @Test
    void aHeaderRefusesIdsThatTheSchemaRefuses() {
        assertThrows(IllegalArgumentException.class, () -> new MessageHeader("a b", Instant.EPOCH, "ITA"));
    }
}
