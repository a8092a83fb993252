package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.entente.gateway.testing.SharedMaterial;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;
import org.xml.sax.SAXException;

/** The official JSON Schemas and XSDs of SDMX, out of the shared material; nothing is fetched. */
public final class OfficialSchemas {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, JsonSchema> JSON = new ConcurrentHashMap<>();

    private OfficialSchemas() {}

    /** The official schema of SDMX-JSON {@code structure}, {@code data} or {@code metadata} messages. */
    public static JsonSchema json(String version, String kind) {
        return JSON.computeIfAbsent(version + kind, key -> {
            // The official files of 2.0.0 name no version of JSON Schema; they are written for draft 7.
            try {
                ObjectNode definition = (ObjectNode) MAPPER.readTree(Files.readString(SharedMaterial.locate(
                        "standards/sdmx/json-schemas/" + version + "/sdmx-json-" + kind + "-schema.json")));
                definition.remove(List.of("$schema", "$id", "id"));
                SpecVersion.VersionFlag draft =
                        definition.has("$defs") ? SpecVersion.VersionFlag.V202012 : SpecVersion.VersionFlag.V7;
                SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                        .formatAssertionsEnabled(true)
                        .build();
                return JsonSchemaFactory.getInstance(draft).getSchema(definition, config);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    /** Fails with the schema's complaints. */
    public static JsonNode assertValidJson(String version, String kind, byte[] message) throws IOException {
        JsonNode node = MAPPER.readTree(message);
        Set<ValidationMessage> faults = json(version, kind).validate(node);
        assertTrue(faults.isEmpty(), () -> faults + " in " + node);
        return node;
    }

    /** The schema of all messages of a version, with generated schemas of structure-specific data beside it. */
    public static Schema xml(MlVersion version, byte[]... generated) throws SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        // The official schemas are large models; the limits are there against hostile ones.
        factory.setProperty("http://www.oracle.com/xml/jaxp/properties/maxOccurLimit", "0");
        Path folder = folder(version);
        factory.setResourceResolver(resolver(folder));
        Source[] sources = new Source[generated.length + 1];
        sources[0] = new StreamSource(folder.resolve("SDMXMessage.xsd").toFile());
        for (int i = 0; i < generated.length; i++) {
            sources[i + 1] = new StreamSource(new ByteArrayInputStream(generated[i]), "generated" + i + ".xsd");
        }
        return factory.newSchema(sources);
    }

    /** Fails with the first complaint of the schema. */
    public static void assertValidXml(Schema schema, byte[] message) {
        try {
            schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(message)));
        } catch (SAXException | IOException e) {
            throw new AssertionError(
                    e.getMessage() + " in\n" + new String(message, java.nio.charset.StandardCharsets.UTF_8), e);
        }
    }

    private static Path folder(MlVersion version) {
        return SharedMaterial.locate("standards/sdmx/xsd/" + version.version());
    }

    /** Any address that ends in the name of an official schema means the file of that name. */
    private static LSResourceResolver resolver(Path folder) {
        try {
            DOMImplementationLS dom = (DOMImplementationLS)
                    DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
            return (type, namespace, publicId, systemId, base) -> input(dom, folder, systemId);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable LSInput input(DOMImplementationLS dom, Path folder, @Nullable String systemId) {
        Path file = systemId == null ? null : folder.resolve(systemId.substring(systemId.lastIndexOf('/') + 1));
        if (file == null || !Files.exists(file)) {
            return null;
        }
        LSInput input = dom.createLSInput();
        input.setSystemId(file.toUri().toString());
        try {
            input.setCharacterStream(new StringReader(Files.readString(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return input;
    }
}
