package org.entente.crypto.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import org.entente.crypto.message.StructuredFields.InnerList;
import org.entente.crypto.message.StructuredFields.Item;
import org.entente.crypto.message.StructuredFields.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredFieldsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=(\"@method\" \"x\";req);created=1;nonce=\"q\\\"\\\\\"",
                "a=()",
                "a=1, b=-2.5, c=\"x\", d=tok/en:*, e=:AQID:, f, g=?0",
                "a=1;b;c=?0;d=\"\"",
                "*a_-.*=*"
            })
    void whatIsWrittenStrictlyIsReadAndWrittenTheSame(String text) throws MalformedException {
        StringBuilder again = new StringBuilder();
        StructuredFields.dictionary(text).forEach((key, member) -> {
            again.append(again.isEmpty() ? "" : ", ").append(key);
            String value = member instanceof InnerList list
                    ? StructuredFields.write(list)
                    : StructuredFields.write((Item) member);
            again.append(value.startsWith("?1") ? value.substring(2) : "=" + value);
        });
        assertEquals(text, again.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1,",
                ",a=1",
                "a=1 b=2",
                "A=1",
                "a=",
                "a==1",
                "1=a",
                "a=(1",
                "a=(1 2",
                "a=(1,2)",
                "a=1)",
                "a=\"x",
                "a=\"\\n\"",
                "a=\"\u00e9\"",
                "a=:AQID",
                "a=:AQI:",
                "a=:AR==:",
                "a=:A Q:",
                "a=?2",
                "a=?",
                "a=-",
                "a=1.",
                "a=1.2345",
                "a=1234567890123.0",
                "a=1234567890123456",
                "a=1, a=2",
                "a=1;b=1;b=2",
                "a=(1\t2)",
                "a=1;",
                "a=1;B=2",
                "a=@1",
                "a=(1\"x\")"
            })
    void whatDoesNotFollowTheGrammarIsRefused(String text) {
        assertThrows(MalformedException.class, () -> StructuredFields.dictionary(text));
    }

    @Test
    void whiteSpaceIsOnlyWhereTheGrammarHasIt() throws MalformedException {
        Map<String, Object> read = StructuredFields.dictionary("  a=1 \t,\t b=( \"x\"  \"y\" )");
        assertEquals("(\"x\" \"y\")", StructuredFields.write((InnerList) Objects.requireNonNull(read.get("b"))));
        assertTrue(StructuredFields.dictionary("").isEmpty());
        assertThrows(MalformedException.class, () -> StructuredFields.dictionary("a =1"));
        assertThrows(MalformedException.class, () -> StructuredFields.dictionary("a= 1"));
    }
}
