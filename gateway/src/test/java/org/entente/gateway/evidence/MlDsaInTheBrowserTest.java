package org.entente.gateway.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithContext;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.entente.crypto.keys.VerificationKey;
import org.entente.gateway.testing.SharedMaterial;
import org.entente.gateway.testing.VerifyPage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ML-DSA as the page writes it out, held against Bouncy Castle's: what the one refuses, the other does too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MlDsaInTheBrowserTest {
    private static final byte[] NO_CONTEXT = {};
    private static final int FLIPS = 60;

    private final Random random = new Random(20261129);
    private @Nullable VerifyPage page;

    /** The parameter sets that evidence uses, with what the encodings of FIPS 204 table 1 and 2 need. */
    enum Kind {
        CHECKPOINTS(SignatureAlgorithm.ML_DSA_44, MLDSAParameters.ml_dsa_44, 1312, 4, 80),
        DOCUMENTS(SignatureAlgorithm.ML_DSA_65, MLDSAParameters.ml_dsa_65, 1952, 6, 55);

        private final SignatureAlgorithm algorithm;
        private final MLDSAParameters parameters;
        private final int keyLength;
        private final int polynomials;
        private final int mostHints;

        Kind(SignatureAlgorithm algorithm, MLDSAParameters parameters, int keyLength, int polynomials, int mostHints) {
            this.algorithm = algorithm;
            this.parameters = parameters;
            this.keyLength = keyLength;
            this.polynomials = polynomials;
            this.mostHints = mostHints;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Case(byte[] key, byte[] message, byte[] signature, byte[] context) {
        Case(byte[] key, byte[] message, byte[] signature) {
            this(key, message, signature, NO_CONTEXT);
        }

        Case signed(byte[] other) {
            return new Case(key, message, other, context);
        }
    }

    @BeforeAll
    void open() throws IOException {
        page = VerifyPage.open();
    }

    @AfterAll
    void close() {
        // without a browser the tests were skipped
        if (page != null) {
            page.close();
        }
    }

    /** What the page says of each. */
    private List<?> verdicts(Kind kind, List<Case> cases) {
        List<List<String>> texts = cases.stream()
                .map(c -> List.of(text(c.key), text(c.message), text(c.signature), text(c.context)))
                .toList();
        return (List<?>) Objects.requireNonNull(page)
                .page()
                .evaluate(
                        "([name, cases]) => cases.map(c => mlDsaVerifies(name, ...c.map("
                                + "text => Uint8Array.from(atob(text), x => x.charCodeAt(0)))))",
                        List.of(kind.algorithm.joseName(), texts));
    }

    private boolean verifies(Kind kind, Case one) {
        return (Boolean) verdicts(kind, List.of(one)).getFirst();
    }

    /** Both say the same. */
    private void assertBoth(boolean expected, Kind kind, Case one) {
        assertEquals(
                expected, VerificationKey.ofRaw(kind.algorithm, one.key).verify(one.message, one.signature), "gateway");
        assertEquals(expected, verifies(kind, one), "page");
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Case signed(Kind kind, byte[] message) {
        SigningKey key = SigningKey.mlDsa(kind.algorithm, bytes(32));
        byte[] spki = key.publicKey().getEncoded();
        return new Case(
                Arrays.copyOfRange(spki, spki.length - kind.keyLength, spki.length), message, key.sign(message));
    }

    /** From nothing to more than one block of SHAKE256, over each edge of a block. */
    @ParameterizedTest
    @EnumSource
    void whatTheGatewaySignsVerifies(Kind kind) {
        List<Case> cases = new ArrayList<>();
        for (int length : new int[] {0, 1, 68, 69, 70, 71, 204, 205, 206, 207, 5_000}) {
            cases.add(signed(kind, bytes(length)));
        }
        assertEquals(cases.stream().map(c -> true).toList(), verdicts(kind, cases));
    }

    @ParameterizedTest
    @EnumSource
    void oneChangedBitAnywhereIsRefused(Kind kind) {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < FLIPS; i++) {
            Case honest = signed(kind, bytes(100));
            cases.add(new Case(flipped(honest.key), honest.message, honest.signature));
            cases.add(new Case(honest.key, flipped(honest.message), honest.signature));
            cases.add(honest.signed(flipped(honest.signature)));
        }
        assertEquals(cases.stream().map(c -> false).toList(), verdicts(kind, cases));
    }

    private byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    @ParameterizedTest
    @EnumSource
    void otherLengthsAndOtherParametersAreRefused(Kind kind) {
        Case honest = signed(kind, bytes(40));
        int length = honest.signature.length;
        List<Case> cases = List.of(
                honest.signed(Arrays.copyOf(honest.signature, length - 1)),
                honest.signed(Arrays.copyOf(honest.signature, length + 1)),
                honest.signed(new byte[0]),
                honest.signed(new byte[length]),
                new Case(Arrays.copyOf(honest.key, kind.keyLength - 1), honest.message, honest.signature),
                new Case(Arrays.copyOf(honest.key, kind.keyLength + 1), honest.message, honest.signature),
                new Case(new byte[0], honest.message, honest.signature));
        assertEquals(cases.stream().map(c -> false).toList(), verdicts(kind, cases));
        Kind other = kind == Kind.DOCUMENTS ? Kind.CHECKPOINTS : Kind.DOCUMENTS;
        assertFalse(verifies(other, honest));
    }

    /** FIPS 204 algorithms 2 and 3: the context is a part of what is signed, and has at most 255 bytes. */
    @ParameterizedTest
    @EnumSource
    void aSignatureCountsInItsContextAlone(Kind kind) throws CryptoException {
        byte[] context = "entente".getBytes(UTF_8);
        byte[] message = bytes(33);
        MLDSAPrivateKeyParameters key = new MLDSAPrivateKeyParameters(kind.parameters, bytes(32));
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, new ParametersWithContext(key, context));
        signer.update(message, 0, message.length);
        byte[] signature = signer.generateSignature();
        byte[] publicKey = key.getPublicKeyParameters().getEncoded();
        assertTrue(verifies(kind, new Case(publicKey, message, signature, context)));
        assertFalse(verifies(kind, new Case(publicKey, message, signature, "ententf".getBytes(UTF_8))));
        assertFalse(verifies(kind, new Case(publicKey, message, signature, new byte[256])));
        assertBoth(false, kind, new Case(publicKey, message, signature));
    }

    /**
     * Each of these says the same hints in another way, so that a reader who takes them as a set would accept the signature: FIPS 204 algorithm
     * 21 has one way only.
     */
    @ParameterizedTest
    @EnumSource
    void theSameHintsInAnotherEncodingAreRefused(Kind kind) {
        Case honest = withRoomForHints(kind);
        int start = honest.signature.length - kind.mostHints - kind.polynomials;
        int counts = start + kind.mostHints;
        assertBoth(true, kind, honest);
        int first = honest.signature[counts];

        byte[] unsorted = honest.signature.clone();
        unsorted[start] = honest.signature[start + 1];
        unsorted[start + 1] = honest.signature[start];
        assertBoth(false, kind, honest.signed(unsorted));

        byte[] repeated = honest.signature.clone();
        System.arraycopy(honest.signature, start, repeated, start + 1, kind.mostHints - 1);
        for (int i = counts; i < repeated.length; i++) {
            repeated[i]++;
        }
        assertBoth(false, kind, honest.signed(repeated));

        byte[] behindTheLast = honest.signature.clone();
        behindTheLast[counts - 1] = 1;
        assertBoth(false, kind, honest.signed(behindTheLast));

        byte[] tooMany = honest.signature.clone();
        tooMany[tooMany.length - 1] = (byte) (kind.mostHints + 1);
        assertBoth(false, kind, honest.signed(tooMany));

        byte[] sinking = honest.signature.clone();
        sinking[counts + 1] = (byte) (first - 1);
        assertBoth(false, kind, honest.signed(sinking));
    }

    /** Two hints at least in the first polynomial, and fewer than there may be in all. */
    private Case withRoomForHints(Kind kind) {
        while (true) {
            Case honest = signed(kind, bytes(20));
            int counts = honest.signature.length - kind.polynomials;
            boolean fits =
                    honest.signature[counts] >= 2 && honest.signature[honest.signature.length - 1] < kind.mostHints;
            if (fits) {
                return honest;
            }
        }
    }

    /** Signatures in which everything but the size of one coefficient is right. */
    @ParameterizedTest
    @EnumSource
    void aCoefficientOfZAtTheBoundIsRefusedAndOneBelowIsNot(Kind kind) {
        byte[] message = bytes(50);
        KeyOfZero key = KeyOfZero.of(kind.parameters, bytes(32));
        for (int sign : new int[] {1, -1}) {
            assertBoth(true, kind, new Case(key.encoded(), message, key.sign(message, sign * (key.bound() - 1))));
            assertBoth(false, kind, new Case(key.encoded(), message, key.sign(message, sign * key.bound())));
        }
    }

    /** C2SP httpsig-pq, vectors. */
    @Test
    void publishedSignaturesVerify() throws IOException {
        JsonNode vectors = new ObjectMapper()
                .readTree(Files.readString(SharedMaterial.locate("standards/vectors/vectors-httpsig-pq.json")))
                .path("vectors");
        int found = 0;
        for (JsonNode vector : vectors) {
            for (Kind kind : Kind.values()) {
                if (kind.algorithm.httpName().equals(vector.path("algorithm").asText())) {
                    assertTrue(verifies(
                            kind,
                            new Case(
                                    decoded(vector, "public_key_base64"),
                                    decoded(vector, "signature_base_base64"),
                                    decoded(vector, "deterministic_signature_base64"))));
                    found++;
                }
            }
        }
        assertEquals(2, found);
    }

    private static byte[] decoded(JsonNode vector, String member) {
        return Base64.getDecoder().decode(vector.path(member).asText());
    }
}
