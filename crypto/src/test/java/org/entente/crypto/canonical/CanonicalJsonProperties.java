package org.entente.crypto.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.erdtman.jcs.JsonCanonicalizer;

class CanonicalJsonProperties {
    private static final ObjectMapper PLAIN = new ObjectMapper();

    @Property(tries = 500)
    void theFormIsThatOfAnIndependentImplementation(@ForAll("trees") Object tree) throws IOException {
        String text = PLAIN.writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("value", tree));
        byte[] theirs = new JsonCanonicalizer(text.getBytes(UTF_8)).getEncodedUTF8();
        assertArrayEquals(theirs, CanonicalJson.canonicalize(text));
        assertArrayEquals(theirs, CanonicalJson.canonicalize(theirs));
    }

    @Provide
    Arbitrary<Object> trees() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.doubles().map(d -> (Object) d),
                Arbitraries.longs().map(l -> (Object) l),
                text().map(s -> (Object) s),
                Arbitraries.of(true, false).map(b -> (Object) b));
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(l -> (Object) List.copyOf(l)),
                        Arbitraries.maps(text(), inner).ofMaxSize(4).map(m -> (Object) Map.copyOf(m))),
                0,
                3);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings()
                .withChars("ab\"\\/\u00e9\u20ac\ufb33\n\t\u0001 \u007f")
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(8)
                .map(s -> s.length() % 3 == 0 ? s + "\ud83d\ude02" : s);
    }
}
