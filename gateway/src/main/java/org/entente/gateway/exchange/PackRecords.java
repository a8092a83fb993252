package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.life.CrisisAct;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.treaties.Treaties;

/** What this node has kept of a crisis pack that was opened, for evidence: by its own officer, or by that of the partner it was for. */
@Singleton
public final class PackRecords {
    private final PackTables tables;
    private final PackOpening opening;
    private final Bodies bodies;
    private final Treaties treaties;

    PackRecords(PackTables tables, PackOpening opening, Bodies bodies, Treaties treaties) {
        this.tables = tables;
        this.opening = opening;
        this.bodies = bodies;
        this.treaties = treaties;
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

    /**
     * A pack that this node made for a partner whose officer has opened it.
     *
     * @param partner the consumer
     * @param textDigest base64url SHA-256 of the agreement's text that orders it
     * @param document the canonical document, {@link PackDocument}
     * @param made index of the entry that it was made
     * @param received the consumer's proof that its journal holds the pack, with its record
     * @param act id of the officer's declaration
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Provided(
            UUID id, String partner, String textDigest, byte[] document, long made, byte[] received, String act) {}

    /**
     * The pack of that id that this node made; nothing if there is none, if its consumer has not proved to hold it, or if no declaration that
     * opens it has come here.
     *
     * @throws EntenteException {@code evidence-invalid} if it is no longer kept
     */
    public Optional<Provided> provided(UUID id) {
        return tables.delivered(id)
                .flatMap(pack -> declaration(pack)
                        .map(act -> new Provided(
                                id,
                                pack.consumer(),
                                pack.textDigest(),
                                bodies.find(pack.bodyDigest())
                                        .orElseThrow(() -> new EntenteException(
                                                ErrorCode.EVIDENCE_INVALID,
                                                "The crisis pack " + id + " is no longer kept.")),
                                pack.madeIndex(),
                                pack.proof(),
                                act.id())));
    }

    private Optional<CrisisAct.PackOpened> declaration(PackTables.Delivered pack) {
        return PackOpening.declaration(treaties, pack.textDigest(), pack.consumer(), pack.leg(), pack.release());
    }
}
