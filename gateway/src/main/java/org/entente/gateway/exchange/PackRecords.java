package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** What this node has kept of a crisis pack that its officer has opened, for evidence. */
@Singleton
public final class PackRecords {
    private final PackTables tables;
    private final PackOpening opening;

    PackRecords(PackTables tables, PackOpening opening) {
        this.tables = tables;
        this.opening = opening;
    }

    /**
     * An opened pack.
     *
     * @param partner the provider
     * @param textDigest base64url SHA-256 of the agreement's text that orders it
     * @param delivery the provider's signed message, with the document as its content
     * @param document the canonical document, {@link PackDocument}
     * @param received index of the entry that it was received
     * @param opened index of the entry that it was opened
     * @param act id of the officer's declaration
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Opened(
            UUID id,
            String partner,
            String textDigest,
            HttpRequestMessage delivery,
            byte[] document,
            long received,
            long opened,
            String act) {}

    /**
     * The opened pack of that id; nothing if there is none, or it is still sealed.
     *
     * @throws EntenteException {@code evidence-invalid} if it is no longer kept
     */
    public Optional<Opened> opened(UUID id) {
        Optional<PackTables.Held> held = tables.held(id);
        String act = held.map(PackTables.Held::act).orElse(null);
        if (act == null) {
            return Optional.empty();
        }
        PackTables.Held pack = held.get();
        byte[] document = opening.document(pack)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.EVIDENCE_INVALID, "The crisis pack " + id + " is no longer kept."));
        return Optional.of(new Opened(
                id,
                pack.partner(),
                pack.textDigest(),
                StoredMessage.request(tables.delivery(id), Content.of(document)),
                document,
                pack.journalIndex(),
                tables.openedIndex(id),
                act));
    }
}
