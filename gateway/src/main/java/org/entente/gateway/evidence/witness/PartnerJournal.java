package org.entente.gateway.evidence.witness;

import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;

/** A partner's journal over the network (C2SP tlog-tiles). */
final class PartnerJournal implements JournalSource {
    private static final int NOT_FOUND = 404;
    private static final byte[] NO_CONTENT = {};

    private final PartnerClient client;
    private final Partner partner;

    PartnerJournal(PartnerClient client, Partner partner) {
        this.client = client;
        this.partner = partner;
    }

    @Override
    public SignedNote checkpoint() {
        try {
            return SignedNote.parse(get("/journal/checkpoint"));
        } catch (VerificationException e) {
            throw new UnusableJournalException("The checkpoint that it serves cannot be read: " + e.sentence(), e);
        }
    }

    @Override
    public byte[] read(TileId id) {
        byte[] hashes = get("/journal/" + id.path());
        if (hashes.length != id.width() * Hash.LENGTH) {
            throw new UnusableJournalException("Its " + id.path() + " has " + hashes.length + " bytes.");
        }
        return hashes;
    }

    private byte[] get(String path) {
        PartnerClient.Answered answer = client.call(partner, "GET", path, Headers.EMPTY, NO_CONTENT, false);
        int status = answer.response().status();
        if (status == NOT_FOUND) {
            throw new UnusableJournalException("It does not serve " + path + ".");
        }
        if (status != 200) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    partner.party() + " answers " + path + " with HTTP " + status + ".");
        }
        return answer.body();
    }

    @Override
    public void deliver(SignedNote cosigned) {
        PartnerClient.Answered answer = client.call(
                partner,
                "POST",
                WitnessNodeController.COSIGNATURE,
                Headers.of("content-type", WitnessNodeController.NOTE),
                cosigned.encode(),
                false);
        if (answer.response().status() != 200) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    partner.party() + " does not take a cosignature (HTTP "
                            + answer.response().status() + ").");
        }
    }
}
