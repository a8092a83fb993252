package org.entente.gateway.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.UUID;
import org.entente.agreements.decision.Decision;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.exchange.ExchangeRecord.AgreementRef;
import org.entente.gateway.exchange.ExchangeRecord.ReleaseRef;

/**
 * A crisis pack as it travels (docs/protocol.md section 13): the wider slice of one release with the decision that grants it. Canonical
 * JSON (RFC 8785), signed with the request that carries it.
 *
 * @param type {@link #TYPE}
 * @param id the pack, a UUIDv7; also the id of the holding it becomes
 * @param decision the provider's permit for the pack's cube
 * @param csv base64 of the figures, SDMX-CSV 2.0.0
 */
public record PackDocument(
        String type,
        int version,
        String id,
        AgreementRef agreement,
        String leg,
        ReleaseRef release,
        String made,
        JsonNode decision,
        String csv) {
    public static final String TYPE = "entente-pack";
    static final String MEDIA_TYPE = "application/json";

    private static final int VERSION = 1;

    static PackDocument of(
            UUID id, AgreementRef agreement, ReleaseRef release, String made, Decision.Permit permit, byte[] csv) {
        return new PackDocument(
                TYPE,
                VERSION,
                id.toString(),
                agreement,
                permit.leg(),
                release,
                made,
                RecordCodec.tree(permit),
                Base64.getEncoder().encodeToString(csv));
    }

    byte[] encode() {
        return CanonicalJson.encode(RecordCodec.tree(this));
    }

    /**
     * Reads a document strictly.
     *
     * @throws VerificationException if it is not canonical, has other members, or is of another type or version
     */
    public static PackDocument parse(byte[] canonical) throws VerificationException {
        JsonNode tree;
        try {
            tree = CanonicalJson.parseCanonical(canonical);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(
                    VerificationException.Reason.NOT_CANONICAL, "The document is not canonical JSON (RFC 8785).", e);
        }
        PackDocument document = RecordCodec.value(tree, PackDocument.class);
        if (!document.type.equals(TYPE) || document.version != VERSION) {
            throw new VerificationException(
                    VerificationException.Reason.MALFORMED,
                    "The document is " + document.type + " " + document.version + ", not " + TYPE + " " + VERSION
                            + ".");
        }
        return document;
    }

    /** The provider's decision. */
    public Decision.Permit permit() throws VerificationException {
        if (RecordCodec.value(decision, Decision.class) instanceof Decision.Permit permit) {
            return permit;
        }
        throw new VerificationException(
                VerificationException.Reason.MALFORMED, "The document carries no permit for its figures.");
    }

    /** The figures, SDMX-CSV 2.0.0. */
    public byte[] figures() throws VerificationException {
        try {
            return Base64.getDecoder().decode(csv);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(
                    VerificationException.Reason.MALFORMED, "The figures of the document are not base64.", e);
        }
    }
}
