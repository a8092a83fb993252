package org.entente.gateway.partners;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.MessageSigner;
import org.entente.crypto.message.SignatureSlot;
import org.entente.crypto.message.Signed;
import org.junit.jupiter.api.Test;

/** A partner whose card lists a post-quantum key beside the usual one. */
class CompanionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aCardThatListsACompanionMakesItsSignatureMandatory() throws Exception {
        Provider provider = new BouncyCastleProvider();
        KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-65", provider).generateKeyPair();
        KeyRing keys = KeyRing.generate("ITA", NOW, Duration.ofDays(30), new SecureRandom());
        Card plain = TestCards.card("ITA", keys, null, NOW, Duration.ofDays(20));
        Card card = new Card(
                plain.party(),
                plain.name(),
                plain.onBehalfOf(),
                plain.authorities(),
                plain.node(),
                plain.protocol(),
                List.of(
                        plain.signing().getFirst(),
                        new Card.Signing("pq", SignatureAlgorithm.ML_DSA_65, certificate(pair, provider))),
                plain.tls(),
                plain.journalKey(),
                plain.issued(),
                plain.validUntil(),
                null,
                1);
        CardDocument document = CardDocument.sign(card, List.of(keys.signing()), NOW);
        Partner partner = new Partner(List.of(document), Set.of(), null, opened -> {});
        HttpRequestMessage unsigned =
                new HttpRequestMessage("GET", "https://phl.example/card", Headers.EMPTY, Content.EMPTY);
        MessageSigner primary = MessageSigner.primary(
                document.digest() + "/signing", keys.signing().key());
        MessageSigner companion = new MessageSigner(
                SignatureSlot.POST_QUANTUM,
                document.digest() + "/pq",
                SigningKey.of(pair.getPrivate(), pair.getPublic()));

        Signed both = sign(unsigned, List.of(primary, companion));
        assertArrayEquals(
                both.signature(),
                GatewayProfile.verifyRequest(
                                unsigned.plus(both.headers()), false, NOW, Duration.ZERO, partner.keysAt(NOW))
                        .signature());
        Signed stripped = sign(unsigned, List.of(primary));
        VerificationException refusal = assertThrows(
                VerificationException.class,
                () -> GatewayProfile.verifyRequest(
                        unsigned.plus(stripped.headers()), false, NOW, Duration.ZERO, partner.keysAt(NOW)));
        assertEquals(Reason.SIGNATURE_MISSING, refusal.reason());
    }

    private static Signed sign(HttpRequestMessage unsigned, List<MessageSigner> signers) {
        return GatewayProfile.signRequest(unsigned, false, signers, NOW, "AAECAwQFBgcICQoLDA0ODw");
    }

    private static X509Certificate certificate(KeyPair pair, Provider provider) throws Exception {
        X500Name name = new X500Name("CN=ITA pq");
        return Certificates.ofDer(new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(NOW.minusSeconds(60)),
                        Date.from(NOW.plus(Duration.ofDays(30))),
                        name,
                        pair.getPublic())
                .build(new JcaContentSignerBuilder("ML-DSA-65")
                        .setProvider(provider)
                        .build(pair.getPrivate()))
                .getEncoded());
    }
}
