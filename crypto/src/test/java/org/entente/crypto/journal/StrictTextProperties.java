package org.entente.crypto.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.entente.crypto.VerificationException;

/** Base64 has exactly one accepted spelling for each sequence of bytes. */
class StrictTextProperties {

    @Property
    void theOneSpellingIsRead(@ForAll @Size(max = 200) byte[] bytes) throws VerificationException {
        assertArrayEquals(bytes, StrictText.base64(Base64.getEncoder().encodeToString(bytes), "text"));
    }

    @Property
    void anyOtherCharacterAtAnyPlaceGivesOtherBytesOrIsRefused(
            @ForAll @Size(min = 1, max = 40) byte[] bytes, @ForAll int where, @ForAll char instead) {
        String good = Base64.getEncoder().encodeToString(bytes);
        int at = Math.floorMod(where, good.length());
        if (good.charAt(at) == instead) {
            return;
        }
        String other = good.substring(0, at) + instead + good.substring(at + 1);
        try {
            byte[] read = StrictText.base64(other, "text");
            org.junit.jupiter.api.Assertions.assertEquals(
                    other, Base64.getEncoder().encodeToString(read));
        } catch (VerificationException refused) {
            // As it should be.
        }
    }

    @Example
    void missingPaddingAndStrayBitsAreRefused() {
        for (String text :
                new String[] {"QQ", "QQ=", "QR==", "QUJD=", "QUJDRA", "QUJDRB==", "QUJDREV=", "QUJD\n", "="}) {
            assertThrows(VerificationException.class, () -> StrictText.base64(text, "text"), text);
        }
    }
}
