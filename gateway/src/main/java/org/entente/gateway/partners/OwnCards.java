package org.entente.gateway.partners;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Write;

/** Takes this node's own cards back from partners after its database was set back to before they were issued. */
@Singleton
public final class OwnCards {
    private final NodeIdentity identity;
    private final PartnerDirectory directory;
    private final PartnerClient client;
    private final Clock clock;

    OwnCards(NodeIdentity identity, PartnerDirectory directory, PartnerClient client, Clock clock) {
        this.identity = identity;
        this.directory = directory;
        this.client = client;
        this.clock = clock;
    }

    /**
     * The cards of this node that a partner holds and the database does not, in their order. They follow the newest one here, so that this node
     * has signed them, or an officer of its party has.
     *
     * @throws EntenteException {@code partner-unreachable}, {@code partner-answer-invalid}; {@code card-invalid} if they do not follow
     */
    public List<CardDocument> lost(Partner partner) {
        PartnerClient.Answered answer = client.call(partner, "GET", "/card/held", Headers.EMPTY, new byte[0], false);
        if (answer.response().status() != 200) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    partner.party() + " does not show this node's cards (HTTP "
                            + answer.response().status() + ").");
        }
        CardDocument newest = identity.cards().getLast();
        List<CardDocument> more = CardAdmission.withoutKnown(CardAdmission.read(answer.body()), newest);
        CardAdmission.checkChain(more, newest);
        return more;
    }

    /** The writes that put them in their place. */
    public List<Write> writes(List<CardDocument> cards, String by) {
        if (cards.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Write> writes = new ArrayList<>();
        cards.forEach(card -> writes.add(PartnerTables.insert(card, by, now)));
        writes.add(PartnerTables.count());
        return writes;
    }

    /** To be called when they are in their place. */
    public void taken() {
        directory.reload();
    }
}
