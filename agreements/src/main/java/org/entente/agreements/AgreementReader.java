package org.entente.agreements;

/** Reads and writes the document. */
final class AgreementReader {
    private AgreementReader() {}

    static Agreement signed(byte[] canonical) throws InvalidAgreementException {
        throw new UnsupportedOperationException("reading follows");
    }

    static Agreement authored(byte[] jsonOrYaml) throws InvalidAgreementException {
        throw new UnsupportedOperationException("reading follows");
    }

    static byte[] canonical(Agreement agreement) {
        throw new UnsupportedOperationException("writing follows");
    }

    static String digest(byte[] canonical) {
        throw new UnsupportedOperationException("writing follows");
    }
}
