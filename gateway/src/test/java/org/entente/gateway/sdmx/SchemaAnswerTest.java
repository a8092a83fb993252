package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

class SchemaAnswerTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static byte[] answer(String path, @Nullable String query, SchemaFormat format) {
        return SchemaAnswer.of(SchemaQuery.parse(path, query), SampleCatalogue.catalogue())
                .orElseThrow()
                .bytes(format, StructureMessagesTest.HEADER, Languages.ANY);
    }

    @Test
    void theXmlSchemaLeavesOutWhatTheContextExcludes() throws SAXException {
        String flow = new String(
                answer("/schema/dataflow/XY/DF_PART/2.1.0/", null, SchemaFormat.SCHEMA_XML_3_0),
                StandardCharsets.UTF_8);
        assertTrue(flow.contains("\"K2\"") && !flow.contains("\"K3\""), flow);
        String leg = new String(
                answer("/schema/provisionagreement/ITA/LEG_1/+", null, SchemaFormat.SCHEMA_XML_3_0),
                StandardCharsets.UTF_8);
        assertTrue(leg.contains("\"K1\"") && !leg.contains("\"K2\""), "what both flow and agreement leave");
        String structure = new String(
                answer(
                        "/schema/datastructure/XY/DSD_SMALL",
                        "dimensionAtObservation=KIND",
                        SchemaFormat.SCHEMA_XML_2_1),
                StandardCharsets.UTF_8);
        assertTrue(structure.contains("\"K3\"") && structure.contains(":ObsLevelDim:KIND"), structure);
        OfficialSchemas.xml(MlVersion.V3_0, leg.getBytes(StandardCharsets.UTF_8));
        OfficialSchemas.xml(MlVersion.V2_1, structure.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "STRUCTURE_JSON_2_0,JSON_2_0",
        "STRUCTURE_JSON_2_1,JSON_2_1",
        "STRUCTURE_ML_3_0,ML_3_0",
        "STRUCTURE_ML_2_1,ML_2_1"
    })
    void theStructureFormTellsListsAndConstraints(SchemaFormat format, StructureFormat official) {
        byte[] message = answer("/schema/dataflow/XY/DF_PART", null, format);

        StructureMessagesTest.assertValid(official, message);
        String text = new String(message, StandardCharsets.UTF_8);
        assertTrue(text.contains("K2") && !text.contains("K3"), text);
        assertTrue(text.contains("CR_DF_PART"), text);
    }

    @Test
    void theJsonSchemaAcceptsDataOfTheContextAndNoOther() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(MAPPER.readTree(answer("/schema/dataflow/XY/DF_PART", null, SchemaFormat.SCHEMA_JSON_2_0)));
        String data = """
                {"meta":{},"data":{"structures":[{"dimensions":{"series":[{"id":"KIND","values":[{"id":"K1"}]}]},
                 "measures":{"observation":[{"id":"FIGURE"}]},"attributes":{"observation":[{"id":"MARK"}]}}]}}""";

        assertTrue(schema.validate(MAPPER.readTree(data)).isEmpty());
        assertFalse(schema.validate(MAPPER.readTree(data.replace("K1", "K3"))).isEmpty(), "outside the flow");
        assertFalse(
                schema.validate(MAPPER.readTree(data.replace("MARK", "BARK"))).isEmpty(), "no such attribute");
        JsonNode nothing = MAPPER.readTree("{}");
        assertFalse(schema.validate(nothing).isEmpty());
    }

    @Test
    void ofSeveralVersionsTheNewestIsMeantAndNothingIsNothing() {
        assertTrue(SchemaAnswer.of(SchemaQuery.parse("/schema/dataflow/XY/OTHER", null), SampleCatalogue.catalogue())
                .isEmpty());
        assertEquals(
                "DSD_SMALL",
                SchemaAnswer.of(SchemaQuery.parse("/schema/dataflow/XY/DF_PART/*", null), SampleCatalogue.catalogue())
                        .orElseThrow()
                        .structure()
                        .id()
                        .id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/schema/dataflow/XY/*", "/schema/dataflow/*/DF_SMALL,DF_PART", "/schema/dataflow/XY/*/*"})
    void aSchemaIsOfOneArtefact(String address) {
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> SchemaAnswer.of(SchemaQuery.parse(address, null), SampleCatalogue.catalogue()));
        assertEquals(ErrorCode.QUERY_UNFIT, refused.code());
        assertTrue(refused.detail().contains("XY:DF_PART"), refused.detail());
    }

    @ParameterizedTest
    @CsvSource({
        "/schema,QUERY_MALFORMED",
        "/schema/codelist/XY/CL,QUERY_MALFORMED",
        "/schema/dataflow/XY,QUERY_MALFORMED",
        "/schema/dataflow/XY/DF/1.0.0/x,QUERY_MALFORMED",
        "/schema/dataflow/XY/DF?colour=red,QUERY_MALFORMED",
        "/schema/dataflow/XY/DF?deletion=maybe,QUERY_MALFORMED",
        "/schema/metadataflow/XY/DF,NOT_IMPLEMENTED",
        "/schema/dataflow/XY/DF?asOf=2020-01-01,NOT_IMPLEMENTED"
    })
    void anythingElseIsRefused(String address, ErrorCode code) {
        String[] parts = address.split("\\?", 2);
        EntenteException refused = assertThrows(
                EntenteException.class, () -> SchemaQuery.parse(parts[0], parts.length > 1 ? parts[1] : null));

        assertEquals(code, refused.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/sdmx/v2/data/x||JSON",
                "/sdmx/v2/data/x|*/*|JSON",
                "/sdmx/v2/data/x|application/vnd.sdmx.structurespecificdata+xml;version=2.1|ML_2_1",
                "/sdmx/v2/structure|application/vnd.sdmx.structure+xml;version=3.0.0|ML_3_0",
                "/sdmx/v1/dataflow||ML_2_1",
                "/sdmx/v1/data/x|application/json|JSON",
                "/sdmx/v1/data/x|application/xml|ML_2_1",
            })
    void errorsSpeakTheCallersLanguage(String path, String accept, SdmxError expected) throws SAXException {
        SdmxError error = SdmxError.forRequest(path, accept, null);

        assertEquals(expected, error);
        byte[] body =
                error.body(new EntenteException(ErrorCode.QUERY_MALFORMED, "a < b & c"), StructureMessagesTest.HEADER);
        switch (error) {
            case ML_2_1 -> OfficialSchemas.assertValidXml(OfficialSchemas.xml(MlVersion.V2_1), body);
            case ML_3_0 -> OfficialSchemas.assertValidXml(OfficialSchemas.xml(MlVersion.V3_0), body);
            case JSON -> assertTrue(new String(body, StandardCharsets.UTF_8).contains("\"code\":400"));
        }
    }
}
