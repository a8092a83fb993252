package org.entente.gateway.sdmx;

import java.util.List;

/**
 * What a workbook says besides the figures. The rows come from whoever knows where the figures are from; the format writes
 * them as they are, in order.
 *
 * @param title above the table
 * @param about rows of the sheet About: concept, date, source, coverage, contact, conditions of use, obligations
 * @param proof rows of the sheet Proof; {@link ProofRows} names those that {@code entente verify} looks for
 */
public record WorkbookPages(String title, List<Row> about, List<Row> proof) {

    public WorkbookPages {
        about = List.copyOf(about);
        proof = List.copyOf(proof);
    }

    /**
     * One row.
     *
     * @param name what it says, for people; on the sheet Proof a name of {@link ProofRows} or any other
     * @param value what it is
     */
    public record Row(String name, String value) {}

    /** The value of the first proof row of that name, or empty. */
    public String proof(String name) {
        return proof.stream()
                .filter(row -> row.name().equals(name))
                .map(Row::value)
                .findFirst()
                .orElse("");
    }

    /** Names of rows on the sheet Proof that a verifier reads; the rest is for people. */
    public static final class ProofRows {

        private ProofRows() {}

        /** Digest of the cube on the sheet Data, {@code sha-256} in base64url: {@code Cube.digest()}. */
        public static final String CUBE_DIGEST = "cube-digest";

        /** The structure of the data, {@code AGENCY:ID(VERSION)}; the format writes this one itself. */
        public static final String STRUCTURE = "structure";

        /** The exchange in which the figures came; one row for each exchange. */
        public static final String EXCHANGE = "exchange";

        /** The agreement and its version. */
        public static final String AGREEMENT = "agreement";

        /** The leg of the agreement. */
        public static final String LEG = "leg";

        /** The release that the figures are from. */
        public static final String RELEASE = "release";

        /** The party that answered. */
        public static final String PROVIDER = "provider";

        /** Digest of the body that the provider signed, {@code sha-256} in base64url. */
        public static final String CONTENT_DIGEST = "content-digest";

        /** Who signed: card digest and key name. */
        public static final String SIGNED_BY = "signed-by";

        /** When the answer was signed. */
        public static final String SIGNED_AT = "signed-at";

        /** Where the evidence file is. */
        public static final String EVIDENCE = "evidence";
    }
}
