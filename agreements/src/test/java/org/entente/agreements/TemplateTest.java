package org.entente.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TemplateTest {
    static final List<String> NAMES = Template.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void a_filled_template_survives_the_round_trip_through_yaml_and_json(String name) throws Exception {
        Agreement agreement = TemplateSamples.filled(name);
        assertEquals(agreement, Agreement.author(agreement.yaml()));
        assertEquals(agreement, Agreement.parse(agreement.canonical()));
        assertEquals(agreement.digest(), Agreement.author(agreement.yaml()).digest());
        String yaml = new String(agreement.yaml(), StandardCharsets.UTF_8);
        assertTrue(
                yaml.indexOf("\nparties:") < yaml.indexOf("\nlegs:"), "in the order of the model, not of the alphabet");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void a_template_explains_itself_and_every_gap(String name) {
        Template template = Template.load(name);
        assertTrue(template.about().length() > 20);
        assertTrue(template.parameters().stream().allMatch(p -> p.what().length() > 5));
        assertTrue(new String(Template.source(name), StandardCharsets.UTF_8).startsWith("# "));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void the_form_of_a_template_asks_for_every_value_and_is_read_back(String name) throws Exception {
        Template template = Template.load(name);
        Map<String, String> empty = Template.values(template.form().getBytes(StandardCharsets.UTF_8));
        InvalidAgreementException e = assertThrows(InvalidAgreementException.class, () -> template.fill(empty));
        assertTrue(
                e.problems().stream().allMatch(p -> p.sentence().startsWith("missing: ")),
                e.problems().toString());
        Map<String, String> values = new TreeMap<>(empty);
        TemplateSamples.values(name).forEach((key, value) -> {
            assertTrue(empty.containsKey(key), key);
            values.put(key, value);
        });
        assertEquals(TemplateSamples.filled(name), template.fill(values));
    }

    @Test
    void a_list_is_said_once_for_each_item() {
        Agreement framework = TemplateSamples.filled("rcp-framework");
        assertEquals(
                List.of("ADD", "PHL", "IND", "ARE"),
                framework.parties().stream().map(Party::id).toList());
        assertEquals(List.of("PHL", "IND", "ARE"), framework.parties().get(0).onBehalfOf());
        assertEquals(
                List.of("PH", "IN", "AE", "TH"),
                framework.areas().list().stream().map(AreaList.Area::code).toList());
    }

    @Test
    void a_list_that_is_too_short_and_an_item_with_a_gap_are_refused_by_name() {
        Map<String, String> values = TemplateSamples.values("rcp-framework");
        values.keySet().removeIf(k -> k.startsWith("members.3") || k.startsWith("joining"));
        values.remove("members.1.area");
        values.put("members.x.id", "NPL");
        InvalidAgreementException e = assertThrows(
                InvalidAgreementException.class,
                () -> Template.load("rcp-framework").fill(values));
        String all = e.problems().toString();
        assertTrue(all.contains("/members: has 2 items; at least 3"), all);
        assertTrue(all.contains("/joining: has 0 items"), all);
        assertTrue(all.contains("/members.1.area: missing"), all);
        assertTrue(all.contains("/members.x.id: the template has no such parameter"), all);
    }

    @Test
    void values_are_read_from_nested_yaml() throws Exception {
        String yaml = "id: x\nquota: 7\nmembers:\n  - {id: PHL, area: PH}\n  - {id: NOR, area: NO}\n";
        assertEquals(
                new TreeMap<>(Map.of(
                        "id", "x",
                        "quota", "7",
                        "members.1.id", "PHL",
                        "members.1.area", "PH",
                        "members.2.id", "NOR",
                        "members.2.area", "NO")),
                Template.values(yaml.getBytes(StandardCharsets.UTF_8)));
        for (String bad : List.of("a: 1.5", "- true", "just a text", "a: {b: null}")) {
            assertThrows(
                    InvalidAgreementException.class, () -> Template.values(bad.getBytes(StandardCharsets.UTF_8)), bad);
        }
    }
}
