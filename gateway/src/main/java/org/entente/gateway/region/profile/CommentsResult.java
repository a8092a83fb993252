package org.entente.gateway.region.profile;

/**
 * What came of the comments on the draft of an edition. An edition is signed before anybody comments on it, so this is a document of its
 * own that names the edition by its digest; the secretariat signs it when it publishes the edition.
 *
 * @param format {@link #FORMAT}
 * @param party the secretariat
 * @param programme id of the programme
 * @param edition of its profile
 * @param profile digest of the signed edition, SHA-256, base64url
 * @param published when, UTC
 * @param result counts, and the comments that were accepted
 */
record CommentsResult(
        String format,
        String party,
        String programme,
        int edition,
        String profile,
        String published,
        ConsultationSummary result) {
    /** The only format so far. */
    static final String FORMAT = "entente-comments-result/1";
}
