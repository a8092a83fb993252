package org.entente.gateway.treaties;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Interruption;
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
        ActMessage message = ActMessage.act(OFFICER.sign(instrument, Instant.now()));
        ActMessage read = ActMessage.parse(message.toJson());
        assertEquals(instrument, assertInstanceOf(ActMessage.Act.class, read).instrument());
        assertArrayEquals(message.toJson(), read.toJson());
    }

    @Test
    void theIdOfASignatureFollowsFromTheSignature() {
        byte[] jws = OFFICER.sign("{\"a\":1}".getBytes(UTF_8), Instant.now());
        assertEquals(ActMessage.signature(jws).id(), ActMessage.signature(jws).id());
        UUID id = UuidUrn.parse(ActMessage.signature(jws).id());
        assertEquals(8, id.version());
        assertEquals(2, id.variant());
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
            EntenteException e = assertThrows(EntenteException.class, () -> ActMessage.act(jws), bad);
            assertEquals(ErrorCode.ACT_INVALID, e.code());
        }
    }
}
