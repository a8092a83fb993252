package org.entente.gateway.evidence;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The query parameters of a look into the audit trail, each optional. */
@Introspected
record AuditQuery(
        @Nullable @QueryValue String side,
        @Nullable @QueryValue String partner,
        @Nullable @QueryValue String from,
        @Nullable @QueryValue String to,
        @Nullable @QueryValue String agreement,
        @Nullable @QueryValue String leg,
        @Nullable @QueryValue String purpose,
        @Nullable @QueryValue String outcome,
        @Nullable @QueryValue String requester,
        @Nullable @QueryValue Integer sample,
        @Nullable @QueryValue String seed) {

    AuditTrail.Filter toFilter() {
        try {
            return new AuditTrail.Filter(
                    side == null ? null : AuditTrail.Side.valueOf(side),
                    partner,
                    from == null ? null : Instant.parse(from),
                    to == null ? null : Instant.parse(to),
                    agreement,
                    leg,
                    purpose,
                    outcome,
                    requester,
                    sample,
                    seed);
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "A side is ASKED or ANSWERED, and from and to are instants such as 2026-01-01T00:00:00Z.",
                    e);
        }
    }
}
