package org.entente.gateway.treaties;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.entente.agreements.Agreement;
import org.entente.agreements.Template;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Interruption;
import org.entente.agreements.life.Signatory;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActMessageTest {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final OfficerKey OFFICER = TwoStates.officer("Cruz");

    private static Instrument suspension(String id) {
        return new Interruption.LegSuspended(id, "urn:uuid:a", "d".repeat(43), "ITA", AT, "LEG", "review");
    }

    @Test
    void anInstrumentSurvivesTheWire() {
        Instrument instrument = suspension("urn:uuid:" + UUID.randomUUID());
        ActMessage message = ActMessage.handedIn(OFFICER.sign(instrument, Instant.now()));
        ActMessage read = ActMessage.parse(message.toJson());
        assertEquals(instrument, assertInstanceOf(ActMessage.Act.class, read).instrument());
        assertArrayEquals(message.toJson(), read.toJson());
    }

    @Test
    void theIdOfASignatureFollowsFromTheSignature() {
        byte[] jws = OFFICER.sign("{\"a\":1}".getBytes(UTF_8), Instant.now());
        assertEquals(ActMessage.handedIn(jws).id(), ActMessage.handedIn(jws).id());
        UUID id = UuidUrn.parse(ActMessage.handedIn(jws).id());
        assertEquals(8, id.version());
        assertEquals(2, id.variant());
    }

    @Test
    void aSignatureMaySayWhoSignedAndSurvivesTheWire() throws Exception {
        Agreement text =
                Template.load("bilateral-diaspora-stock").fill(TwoStates.parameters("a".repeat(43), "b".repeat(43)));
        Signatory cruz = new Signatory("M. Cruz", "Secretary", "FP 12/2026");
        String id = "urn:uuid:" + UUID.randomUUID();
        byte[] handedIn = OFFICER.sign(text, id, "PHL", cruz, Instant.now());
        ActMessage.Signature read = assertInstanceOf(ActMessage.Signature.class, ActMessage.handedIn(handedIn));
        assertEquals(id, read.id());
        assertEquals(text.digest(), read.textDigest());
        assertArrayEquals(read.toJson(), ActMessage.parse(read.toJson()).toJson());

        OfficerKey other = TwoStates.officer("Other");
        String mixed = new String(handedIn, UTF_8)
                .replace(
                        new String(read.document().toJson(), UTF_8),
                        new String(other.sign(text.canonical(), Instant.now()), UTF_8));
        assertEquals(
                ErrorCode.ACT_INVALID,
                assertThrows(EntenteException.class, () -> ActMessage.handedIn(mixed.getBytes(UTF_8)))
                        .code());
    }

    static Stream<String> malformed() {
        String frame = "{\"type\":\"entente-act\",\"version\":1,";
        return Stream.of(
                "",
                "[]",
                "nonsense",
                frame + "\"proposal\":{}}",
                frame + "\"proposal\":{\"instrument\":{},\"text\":{}}}",
                frame + "\"signature\":{}}",
                frame + "\"signature\":{\"payload\":\"e30\",\"signatures\":[]}}",
                frame + "\"instrument\":{}}",
                frame + "\"instrument\":{},\"signature\":{}}",
                frame + "\"unknown\":{}}",
                "{\"type\":\"entente-act\",\"version\":2,\"signature\":{}}",
                "{\"type\":\"other\",\"version\":1,\"signature\":{}}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedActIsRefused(String json) {
        EntenteException e = assertThrows(EntenteException.class, () -> ActMessage.parse(json.getBytes(UTF_8)));
        assertEquals(ErrorCode.ACT_INVALID, e.code());
    }

    @Test
    void anInstrumentWithAnUnknownMemberABadIdOrAnotherFormIsRefused() {
        String good = new String(CanonicalJson.encode(suspension("urn:uuid:" + UUID.randomUUID())), UTF_8);
        for (String bad : new String[] {
            good.replace("{\"act\"", "{\"aaa\":1,\"act\""),
            good.replace("urn:uuid:", "urn:uuid:X"),
            good.replace("10:00:00Z", "10:00:00.000Z"),
            good.replace("leg-suspended", "signed"),
        }) {
            byte[] jws = OFFICER.sign(CanonicalJson.canonicalize(bad), Instant.now());
            EntenteException e = assertThrows(EntenteException.class, () -> ActMessage.handedIn(jws), bad);
            assertEquals(ErrorCode.ACT_INVALID, e.code());
        }
    }
}
