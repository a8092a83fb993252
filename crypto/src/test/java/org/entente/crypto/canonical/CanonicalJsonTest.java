package org.entente.crypto.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.entente.crypto.SharedFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
    void publishedVectorsGiveTheirPublishedForm(String name) {
        String folder = "standards/vectors/jcs/";
        byte[] expected = SharedFolder.bytes(folder + "output/" + name + ".json");
        assertEquals(
                new String(expected, UTF_8),
                new String(CanonicalJson.canonicalize(SharedFolder.bytes(folder + "input/" + name + ".json")), UTF_8));
        assertTrue(CanonicalJson.isCanonical(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}x",
                "{} {}",
                "[1,]",
                "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "nul",
                "01",
                "NaN",
                "1e999",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\x\"",
                "// c\n1",
                "\"\t\""
            })
    void whatIsNotStrictJsonIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.canonicalize(text));
        assertFalse(CanonicalJson.isCanonical(text.getBytes(UTF_8)));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> CanonicalJson.parseStrict(new byte[] {'"', (byte) 0xff, '"'}));
        assertThrows(
                IllegalArgumentException.class,
                () -> CanonicalJson.parseStrict(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}));
    }

    @Test
    void nestingDeeperThanTheLimitIsRefused() {
        String fits = "[".repeat(64) + "]".repeat(64);
        assertArrayEquals(fits.getBytes(UTF_8), CanonicalJson.canonicalize(fits));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.canonicalize("[".repeat(65) + "]".repeat(65)));
    }

    @Test
    void valuesOfTheProgramAreWrittenInCanonicalForm() {
        byte[] written = CanonicalJson.encode(Map.of("b", List.of(1, 2.5, true), "a", "\u20ac\"\n"));
        assertEquals("{\"a\":\"\u20ac\\\"\\n\",\"b\":[1,2.5,true]}", new String(written, UTF_8));
    }

    @Test
    void aNumberOfTheProgramThatADoubleCannotHoldIsRefused() {
        assertEquals("9007199254740992", new String(CanonicalJson.encode(1L << 53), UTF_8));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.encode((1L << 53) + 1));
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.encode(Double.NaN));
        assertThrows(
                IllegalArgumentException.class, () -> CanonicalJson.encode(new BigDecimal("0.12345678901234567891")));
    }

    @Test
    void otherFormsOfTheSameContentAreNotCanonical() {
        for (String other : List.of("{\"b\":1,\"a\":2}", "{ }", "1.0", "1e1", "\"\\u0041\"", "\"\\/\"", "-0")) {
            assertFalse(CanonicalJson.isCanonical(other.getBytes(UTF_8)), other);
        }
    }
}
