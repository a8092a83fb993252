package org.entente.gateway.treaties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.Signatory;
import org.entente.agreements.life.State;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Officers whose cards list a post-quantum key: Cruz of the Philippines has one, Rossi of Italy has none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfficersCompanionTest {
    private TwoStates states;

    @BeforeAll
    void open() {
        states = new TwoStates(TwoStates.officer("Cruz").withCompanion(new SecureRandom()), TwoStates.officer("Rossi"));
    }

    @AfterAll
    void close() {
        states.close();
    }

    private Treaties phl() {
        return states.at(states.philippines);
    }

    private Treaties ita() {
        return states.at(states.italy);
    }

    private Agreement proposed() {
        Agreement agreement = states.memorandum();
        phl().propose(agreement.canonical(), "test");
        return agreement;
    }

    private byte[] signed(OfficerKey officer, Agreement agreement) {
        return officer.sign(
                agreement,
                "urn:uuid:" + UUID.randomUUID(),
                "PHL",
                new Signatory("Maria Cruz", "Secretary", null),
                states.now());
    }

    private static void refused(ErrorCode code, org.junit.jupiter.api.function.Executable action) {
        EntenteException e = assertThrows(EntenteException.class, action);
        assertEquals(code, e.code(), e.getMessage());
    }

    @Test
    void itTravelsWithTheActAndStandsInAFileOfItsOwnSoThatTheEuropeanValidatorPassesEverySignature() throws Exception {
        Agreement agreement = proposed();
        phl().submit(signed(states.cruz, agreement), "test");
        ita().sign(states.rossi.signText(agreement.canonical(), states.now()), "test");
        assertEquals(
                State.Phase.IN_EFFECT,
                ita().get(agreement.id()).file().at(states.now()).phase());
        assertArrayEquals(
                phl().companionSignatures(agreement.id()).orElseThrow(),
                ita().companionSignatures(agreement.id()).orElseThrow());
        JsonNode companions = CanonicalJson.parseStrict(
                ita().companionSignatures(agreement.id()).orElseThrow());
        assertEquals(1, companions.path("signatures").size());
        SimpleReport report = validate(ita().signedDocument(agreement.id()));
        assertEquals(2, report.getSignatureIdList().size());
        for (String id : report.getSignatureIdList()) {
            assertEquals(Indication.TOTAL_PASSED, report.getIndication(id));
        }
    }

    private SimpleReport validate(byte[] document) {
        CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();
        anchors.addCertificate(new CertificateToken(states.cruz.certificate()));
        anchors.addCertificate(new CertificateToken(states.rossi.certificate()));
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(anchors);
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new InMemoryDocument(document));
        validator.setCertificateVerifier(verifier);
        return validator.validateDocument().getSimpleReport();
    }

    @Test
    void anActWithoutItIsRefusedByTheOwnNodeAndByAPartner() {
        Agreement agreement = proposed();
        JsonNode whole = CanonicalJson.parseStrict(signed(states.cruz, agreement));
        byte[] stripped = CanonicalJson.encode(whole.path("signed"));
        refused(ErrorCode.ACT_COMPANION_REFUSED, () -> phl().submit(stripped, "test"));
        byte[] message = ActMessage.handedIn(stripped).toJson();
        Acts acts = states.italy.bean(Acts.class);
        refused(
                ErrorCode.ACT_COMPANION_REFUSED,
                () -> acts.take(ActMessage.parse(message), ActRules.Source.partner("PHL")));
        byte[] bare = states.cruz.sign(agreement.canonical(), states.now());
        refused(ErrorCode.ACT_COMPANION_REFUSED, () -> phl().sign(bare, "test"));
        // Each of the two documents of a signature needs its own.
        ObjectNode half = whole.deepCopy();
        ((ObjectNode) half.path("companion")).remove("text");
        refused(ErrorCode.ACT_COMPANION_REFUSED, () -> phl().submit(CanonicalJson.encode(half), "test"));
    }

    @Test
    void oneOfAnotherDocumentOrByAnotherKeyIsRefused() {
        Agreement agreement = proposed();
        ObjectNode whole = (ObjectNode) CanonicalJson.parseStrict(signed(states.cruz, agreement));
        ObjectNode swapped = whole.deepCopy();
        ObjectNode beside = (ObjectNode) swapped.path("companion");
        beside.set("text", whole.at("/companion/act"));
        refused(ErrorCode.ACT_COMPANION_REFUSED, () -> phl().submit(CanonicalJson.encode(swapped), "test"));
        ObjectNode stranger = whole.deepCopy();
        JsonNode other = CanonicalJson.parseStrict(signed(states.cruz.withCompanion(new SecureRandom()), agreement));
        stranger.set("companion", other.path("companion"));
        refused(ErrorCode.ACT_COMPANION_REFUSED, () -> phl().submit(CanonicalJson.encode(stranger), "test"));
        ObjectNode misplaced = whole.deepCopy();
        ((ObjectNode) misplaced.path("companion")).set("elsewhere", whole.at("/companion/act"));
        refused(ErrorCode.ACT_INVALID, () -> phl().submit(CanonicalJson.encode(misplaced), "test"));
    }

    @Test
    void oneThatNoCardListsIsRefused() {
        Agreement agreement = proposed();
        OfficerKey unlisted = states.rossi.withCompanion(new SecureRandom());
        refused(
                ErrorCode.ACT_COMPANION_REFUSED,
                () -> ita().sign(unlisted.signText(agreement.canonical(), states.now()), "test"));
    }

    @Test
    void theKeyFileHoldsBothKeysAndSignsTheSameAfterwards(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("cruz.p12");
        char[] passphrase = "correct horse".toCharArray();
        states.cruz.store(file, passphrase);
        OfficerKey opened = OfficerKey.load(file, passphrase);
        assertEquals(states.cruz.companion(), opened.companion());
        assertEquals(states.cruz.certificate(), opened.certificate());
        OfficerKey joined = states.rossi.withCompanion(file, passphrase);
        assertEquals(states.cruz.companion(), joined.companion());
        byte[] text = CanonicalJson.encode(java.util.Map.of("a", 1));
        JsonNode signed = CanonicalJson.parseStrict(opened.signText(text, states.now()));
        assertTrue(signed.path("companion").has("document"));
        SignedDocument.parse(CanonicalJson.encode(signed.path("signed"))).verify();
    }
}
