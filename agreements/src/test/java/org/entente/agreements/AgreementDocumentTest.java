package org.entente.agreements;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.InvalidAgreementException.Problem;
import org.entente.agreements.InvalidAgreementException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.junit.jupiter.api.Test;

class AgreementDocumentTest {
    @Test
    void the_published_schema_is_the_one_that_is_enforced() throws IOException {
        assertArrayEquals(
                Files.readAllBytes(Path.of("../docs/schema/agreement-1.json")),
                AgreementSchema.bytes(),
                "docs/schema/agreement-1.json must be a copy of the resource agreement-1.json");
    }

    @Test
    void the_schema_closes_every_object() {
        List<String> open = new ArrayList<>();
        objects(CanonicalJson.parseStrict(AgreementSchema.bytes()), "", open);
        assertEquals(List.of(), open, "every object schema says additionalProperties");
    }

    private static void objects(JsonNode node, String at, List<String> open) {
        if (node.path("type").asText().equals("object") && !node.has("additionalProperties")) {
            open.add(at);
        }
        node.fields().forEachRemaining(f -> objects(f.getValue(), at + "/" + f.getKey(), open));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            objects(node.get(i), at + "/" + i, open);
        }
    }

    @Test
    void reading_the_canonical_bytes_gives_the_same_agreement_and_the_same_digest() throws Exception {
        Agreement agreement = Sample.agreement();
        Agreement again = Agreement.parse(agreement.canonical());
        assertEquals(agreement, again);
        assertEquals(agreement.digest(), again.digest());
        assertEquals(43, agreement.digest().length());
    }

    @Test
    void an_author_may_write_yaml_or_json_in_any_layout() throws Exception {
        Agreement agreement = Sample.agreement();
        String pretty = Sample.tree().toPrettyString();
        assertEquals(agreement, Agreement.author(pretty.getBytes(StandardCharsets.UTF_8)));
        String yaml = new com.fasterxml.jackson.dataformat.yaml.YAMLMapper().writeValueAsString(Sample.tree());
        assertEquals(agreement, Agreement.author(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void signed_bytes_in_another_layout_are_refused() {
        byte[] pretty = Sample.tree().toPrettyString().getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Reason.NOT_CANONICAL, problem(() -> Agreement.parse(pretty)).reason());
    }

    @Test
    void what_is_no_json_is_refused() {
        byte[] bytes = "{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8);
        assertEquals(Reason.UNREADABLE, problem(() -> Agreement.parse(bytes)).reason());
        byte[] yaml = "a: 1\na: 2\n".getBytes(StandardCharsets.UTF_8);
        assertEquals(Reason.UNREADABLE, problem(() -> Agreement.author(yaml)).reason());
        assertEquals(
                Reason.UNREADABLE,
                problem(() -> Agreement.author(new byte[9 << 20])).reason());
    }

    @Test
    void a_yaml_no_stays_the_code_of_norway() throws Exception {
        String yaml = new String(
                        Template.class
                                .getResourceAsStream("/templates/bilateral-diaspora-stock.yaml")
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .replaceFirst("codes: \\[CB, CT\\]", "codes: [CB, NO]");
        JsonNode tree = AgreementReader.tree(yaml.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "NO",
                tree.at("/document/legs/0/cube/dimensions/ORIGIN_BASIS/codes/1").textValue());
    }

    @Test
    void an_unknown_member_anywhere_is_refused_at_its_place() {
        for (String place : List.of("", "/terms/use", "/legs/0", "/legs/1/cube/years", "/parties/0/authorities/0")) {
            Problem problem = problem(() -> Sample.read(d -> Sample.at(d, place).put("surprise", 1)));
            assertEquals(Reason.SCHEMA, problem.reason());
            assertEquals(place, problem.pointer());
            assertTrue(problem.sentence().contains("surprise"), problem.sentence());
        }
    }

    @Test
    void a_missing_member_is_refused_at_its_place() {
        Problem problem = problem(() -> Sample.read(d -> Sample.leg(d, 1).remove("purposes")));
        assertEquals("/legs/1", problem.pointer());
        assertTrue(problem.sentence().contains("purposes"), problem.sentence());
    }

    @Test
    void the_two_promises_that_protect_persons_cannot_be_withdrawn() {
        Problem use = problem(() -> Sample.read(d -> Sample.at(d, "/terms/use").put("noAdministrativeUse", false)));
        assertEquals("/terms/use/noAdministrativeUse", use.pointer());
        Problem personal = problem(
                () -> Sample.read(d -> Sample.at(d, "/terms/personalData").put("aggregatesOnly", false)));
        assertEquals("/terms/personalData/aggregatesOnly", personal.pointer());
    }

    @Test
    void every_sensitive_group_must_have_a_rule() {
        Problem problem = problem(
                () -> Sample.read(d -> Sample.at(d, "/legs/0/coverage/groups").remove("STATELESS")));
        assertEquals("/legs/0/coverage/groups", problem.pointer());
    }

    @Test
    void another_purpose_than_the_agreed_ones_cannot_be_written() {
        Problem problem = problem(
                () -> Sample.read(d -> Sample.leg(d, 0).putArray("purposes").add("deportation")));
        assertEquals("/legs/0/purposes/0", problem.pointer());
    }

    @Test
    void empty_arrays_and_texts_and_nulls_are_refused_so_that_each_meaning_has_one_form() {
        assertEquals(
                "/legs/0/datasets",
                problem(() -> Sample.read(d -> Sample.leg(d, 0).putArray("datasets")))
                        .pointer());
        assertEquals(
                "/title/en",
                problem(() -> Sample.read(d -> Sample.at(d, "/title").put("en", "")))
                        .pointer());
        assertEquals(
                "/supersedes",
                problem(() -> Sample.read(d -> d.putNull("supersedes"))).pointer());
    }

    @Test
    void an_edit_changes_the_digest() {
        Agreement other = Sample.edited(d -> Sample.at(d, "/legs/0/cube").put("lagMonths", 1));
        assertNotEquals(Sample.agreement().digest(), other.digest());
    }

    @Test
    void a_template_names_every_missing_and_every_unknown_parameter() {
        InvalidAgreementException e = assertThrows(
                InvalidAgreementException.class,
                () -> Template.load("bilateral-diaspora-stock").fill(java.util.Map.of("nonsense", "x")));
        assertTrue(e.problems().stream().anyMatch(p -> p.pointer().equals("/origin.id")));
        assertTrue(e.problems().stream().anyMatch(p -> p.pointer().equals("/nonsense")));
        assertThrows(IllegalArgumentException.class, () -> Template.load("../../etc/passwd"));
    }

    @Test
    void a_value_of_a_template_cannot_change_the_structure() throws Exception {
        var values = new java.util.TreeMap<>(Sample.values());
        values.put("origin.name", "x\"}, role: SUPPLIER, ${destination.id}");
        Agreement agreement = Template.load("bilateral-diaspora-stock").fill(values);
        assertEquals(
                "x\"}, role: SUPPLIER, ${destination.id}",
                agreement.parties().get(0).name().best("en"));
        values.put("quota", "many");
        assertThrows(
                InvalidAgreementException.class,
                () -> Template.load("bilateral-diaspora-stock").fill(values));
    }

    static Problem problem(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(InvalidAgreementException.class, action).problems().get(0);
    }

    static ObjectNode object() {
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    }
}
