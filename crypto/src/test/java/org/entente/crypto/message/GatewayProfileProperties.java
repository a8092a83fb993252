package org.entente.crypto.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.entente.crypto.VerificationException;
import org.entente.crypto.message.Headers.Field;

class GatewayProfileProperties {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private final ProfileFixture fixture = new ProfileFixture();

    @Property(tries = 150)
    void anySignedRequestIsVerified(
            @ForAll @AlphaChars @StringLength(max = 20) String path,
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 30) String purpose,
            @ForAll byte[] body)
            throws VerificationException {
        HttpRequestMessage unsigned = new HttpRequestMessage(
                "POST",
                "https://ita.example/" + path,
                fixture.unsignedRequest()
                        .headers()
                        .with("entente-purpose", purpose)
                        .plus(Headers.of("content-type", "application/octet-stream")),
                Content.of(body));
        VerifiedSignature verified = GatewayProfile.verifyRequest(
                fixture.sign(unsigned, true), true, ProfileFixture.NOW, SKEW, fixture.keys);
        assertEquals(ProfileFixture.KEYID, verified.keyid());
    }

    /** Any one changed character in method, target or any field is refused. */
    @Property(tries = 300)
    void anyChangedCoveredByteIsRefused(
            @ForAll @IntRange(max = 100_000) int where, @ForAll @IntRange(min = 1, max = 90) int by) {
        HttpRequestMessage good = fixture.signedRequest();
        List<Field> fields = good.headers().all();
        int field = where % (fields.size() + 2);
        int at = where / (fields.size() + 2);
        HttpRequestMessage changed;
        if (field == fields.size()) {
            changed = new HttpRequestMessage(
                    change(good.method(), at, by), good.targetUri(), good.headers(), Content.EMPTY);
        } else if (field > fields.size()) {
            changed = new HttpRequestMessage(
                    good.method(), change(good.targetUri(), at, by), good.headers(), Content.EMPTY);
        } else {
            Headers.Builder headers = Headers.builder();
            for (int i = 0; i < fields.size(); i++) {
                String value = fields.get(i).value();
                headers.add(fields.get(i).name(), i == field ? change(value, at, by) : value);
            }
            changed = new HttpRequestMessage(good.method(), good.targetUri(), headers.build(), Content.EMPTY);
        }
        assertThrows(
                VerificationException.class,
                () -> GatewayProfile.verifyRequest(changed, true, ProfileFixture.NOW, SKEW, fixture.keys));
    }

    /** Another printable character, never a space, which would be trimmed at the ends. */
    private static String change(String text, int at, int by) {
        int index = at % text.length();
        char changed = (char) ('!' + (text.charAt(index) - '!' + by) % 94);
        return text.substring(0, index) + (char) Math.max('!', changed) + text.substring(index + 1);
    }
}
