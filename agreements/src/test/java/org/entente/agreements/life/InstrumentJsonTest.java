package org.entente.agreements.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.agreements.Sample;
import org.entente.crypto.canonical.CanonicalJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Acts as they are signed: what is written is read, and nothing else. */
class InstrumentJsonTest {
    private static final List<Instrument> ALL = Acting.on(
                    Sample.agreement(), "PHL", Instant.parse("2026-03-05T15:00:00.000001Z"))
            .everyKind(Sample.agreement().parties().get(0), Sample.STOCK, "urn:uuid:" + "0".repeat(36));

    @Test
    void every_kind_of_act_reads_back_from_its_canonical_form_with_any_mapper() throws IOException {
        for (Instrument act : ALL) {
            byte[] json = CanonicalJson.encode(act);
            assertEquals(act, Instrument.parse(json));
            assertEquals(act, new ObjectMapper().readValue(json, Instrument.class));
        }
    }

    @Test
    void the_samples_are_all_the_kinds_there_are_and_each_has_its_own_word() {
        Set<Class<?>> listed = Arrays.stream(
                        Instrument.class.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::value)
                .collect(Collectors.toSet());
        Set<Class<?>> sealed = Arrays.stream(Instrument.class.getPermittedSubclasses())
                .flatMap(subject -> Arrays.stream(subject.getPermittedSubclasses()))
                .collect(Collectors.toSet());
        assertEquals(sealed, listed);
        assertEquals(listed, ALL.stream().map(Object::getClass).collect(Collectors.toSet()));
        assertEquals(
                listed.size(), ALL.stream().map(Instrument::word).distinct().count());
        for (Instrument act : ALL) {
            assertEquals(act.word(), tree(act).path("act").asText());
            assertTrue(act.journalKind().endsWith(act.word()));
        }
    }

    @Test
    void an_act_that_lacks_a_member_is_refused_by_name() {
        for (Instrument act : ALL) {
            for (RecordComponent component : act.getClass().getRecordComponents()) {
                ObjectNode tree = tree(act);
                boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                        || component.getType().equals(List.class);
                tree.remove(component.getName());
                if (!optional) {
                    IllegalArgumentException e = assertThrows(
                            IllegalArgumentException.class,
                            () -> Instrument.parse(CanonicalJson.encode(tree)),
                            () -> act.word() + " without " + component.getName());
                    assertTrue(String.valueOf(e.getMessage()).contains(component.getName()), e.getMessage());
                }
            }
        }
    }

    @Test
    void what_the_model_cannot_hold_is_no_act() {
        ObjectNode signed = tree(ALL.get(3));
        refused(CanonicalJson.encode(signed.deepCopy().put("remark", "under protest")));
        refused(CanonicalJson.encode(signed.deepCopy().put("act", "ratified")));
        refused(CanonicalJson.encode(signed.deepCopy().put("at", "yesterday")));
        refused(CanonicalJson.encode(signed.deepCopy().put("party", " ")));
        refused(CanonicalJson.encode(signed.deepCopy().put("at", "2026-03-05T16:00:00.000001+01:00")));
        refused(signed.toPrettyString().getBytes(StandardCharsets.UTF_8));
        refused("[]".getBytes(StandardCharsets.UTF_8));
        refused(new byte[0]);
    }

    private static void refused(byte[] json) {
        assertThrows(IllegalArgumentException.class, () -> Instrument.parse(json));
    }

    private static ObjectNode tree(Instrument act) {
        return (ObjectNode) CanonicalJson.parseStrict(CanonicalJson.encode(act));
    }
}
