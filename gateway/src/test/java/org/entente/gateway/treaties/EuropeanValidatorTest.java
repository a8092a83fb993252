package org.entente.gateway.treaties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.agreements.Agreement;
import org.entente.agreements.Template;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.junit.jupiter.api.Test;

/**
 * A real agreement, signed by two officers with their own keys, before the European Commission's validator: whoever holds the file and the
 * two certificates can check it without us.
 */
class EuropeanValidatorTest {
    private final OfficerKey cruz = TwoStates.officer("Cruz");
    private final OfficerKey rossi = TwoStates.officer("Rossi");
    private final Instant now = Instant.now();

    private static Agreement memorandum() throws Exception {
        Map<String, String> values = new HashMap<>(Map.of("id", "urn:uuid:2f0c8a86-58a4-4b8e-9d42-0f6f2d0f7a33"));
        party(values, "origin", "PHL", "Philippines", "PH");
        party(values, "destination", "ITA", "Italy", "IT");
        return Template.load("bilateral-diaspora-stock").fill(values);
    }

    private static void party(Map<String, String> values, String at, String id, String name, String area) {
        values.putAll(Map.of(
                at + ".id",
                id,
                at + ".name",
                name,
                at + ".area",
                area,
                at + ".rootCard",
                area.substring(0, 1).repeat(43),
                at + ".authority",
                "STAT",
                at + ".authorityName",
                "Statistical office",
                at + ".contact",
                "liaison@" + area + ".example"));
    }

    private SignedDocument signed(byte[] text) throws Exception {
        SignedDocument first = SignedDocument.parse(cruz.sign(text, now));
        SignedDocument second = SignedDocument.parse(rossi.sign(text, now));
        return first.with(second.signatures().getFirst());
    }

    private static SimpleReport validate(byte[] document, List<OfficerKey> trusted) {
        CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();
        trusted.forEach(officer -> anchors.addCertificate(new CertificateToken(officer.certificate())));
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(anchors);
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new InMemoryDocument(document));
        validator.setCertificateVerifier(verifier);
        return validator.validateDocument().getSimpleReport();
    }

    @Test
    void bothOfficersSignaturesPassAsJadesBaselineB() throws Exception {
        SimpleReport report = validate(signed(memorandum().canonical()).toJson(), List.of(cruz, rossi));
        assertEquals(2, report.getSignatureIdList().size());
        for (String id : report.getSignatureIdList()) {
            assertEquals(Indication.TOTAL_PASSED, report.getIndication(id));
            assertEquals(SignatureLevel.JAdES_BASELINE_B, report.getSignatureFormat(id));
        }
    }

    @Test
    void aChangedByteOfTheTextFailsBothSignatures() throws Exception {
        byte[] text = memorandum().canonical();
        ObjectNode document =
                (ObjectNode) CanonicalJson.parseStrict(signed(text).toJson());
        String signed = new String(text, StandardCharsets.UTF_8);
        String changed = signed.replaceFirst("\"threshold\":5", "\"threshold\":4");
        assertNotEquals(signed, changed);
        document.put(
                "payload",
                Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8)));
        SimpleReport report = validate(CanonicalJson.encode(document), List.of(cruz, rossi));
        assertEquals(2, report.getSignatureIdList().size());
        for (String id : report.getSignatureIdList()) {
            assertEquals(Indication.TOTAL_FAILED, report.getIndication(id));
            assertEquals(SubIndication.HASH_FAILURE, report.getSubIndication(id));
        }
    }

    @Test
    void anOfficerWhoseCertificateNobodyTrustsDoesNotPass() throws Exception {
        SimpleReport report = validate(signed(memorandum().canonical()).toJson(), List.of(cruz));
        assertEquals(
                List.of(Indication.TOTAL_PASSED, Indication.INDETERMINATE),
                report.getSignatureIdList().stream().map(report::getIndication).toList());
    }
}
