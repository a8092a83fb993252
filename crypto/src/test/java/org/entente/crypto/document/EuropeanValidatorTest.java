package org.entente.crypto.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;
import org.junit.jupiter.api.Test;

/** What a treaty office can do without us: give the signed document to the European Commission's own validator. */
class EuropeanValidatorTest {
    private static final byte[] PAYLOAD = "{\"text\":\"agreement\"}".getBytes(UTF_8);
    private final Instant now = Instant.now();

    private CertifiedKey signer(String party) {
        return KeyRing.generate(party, now.minusSeconds(60), Duration.ofDays(10), new SecureRandom())
                .signing();
    }

    private static SimpleReport validate(SignedDocument document, List<CertifiedKey> trusted) {
        CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();
        trusted.forEach(key -> anchors.addCertificate(new CertificateToken(key.certificate())));
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(anchors);
        SignedDocumentValidator validator =
                SignedDocumentValidator.fromDocument(new InMemoryDocument(document.toJson()));
        validator.setCertificateVerifier(verifier);
        return validator.validateDocument().getSimpleReport();
    }

    @Test
    void bothSignaturesOfAnAgreementPassAsJadesBaselineB() {
        CertifiedKey italy = signer("ITA");
        CertifiedKey philippines = signer("PHL");
        SignedDocument document = new SignedDocument(PAYLOAD, List.of())
                .with(SignedDocument.sign(PAYLOAD, "json", italy, now))
                .with(SignedDocument.sign(PAYLOAD, "json", philippines, now));
        SimpleReport report = validate(document, List.of(italy, philippines));
        assertEquals(2, report.getSignatureIdList().size());
        for (String id : report.getSignatureIdList()) {
            assertEquals(Indication.TOTAL_PASSED, report.getIndication(id));
            assertEquals(SignatureLevel.JAdES_BASELINE_B, report.getSignatureFormat(id));
        }
    }

    @Test
    void aSignerWhoIsNotTrustedDoesNotPass() {
        CertifiedKey italy = signer("ITA");
        SignedDocument document =
                new SignedDocument(PAYLOAD, List.of(SignedDocument.sign(PAYLOAD, "json", italy, now)));
        SimpleReport report = validate(document, List.of(signer("PHL")));
        assertEquals(Indication.INDETERMINATE, report.getIndication(report.getFirstSignatureId()));
    }
}
