package org.entente.gateway.region.deposit;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/**
 * Where a link leads: whoever has its token looks up what it is for, hands the workbook in, and confirms the sums. Nothing of it shows who
 * the focal point is.
 */
@Controller(port = Listeners.PUBLIC, value = DepositLinkController.PATH)
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class DepositLinkController {
    static final String PATH = "/deposits";

    private final Deposits deposits;

    DepositLinkController(Deposits deposits) {
        this.deposits = deposits;
    }

    /**
     * What a link is for.
     *
     * @param waiting sums that wait to be confirmed; null if nothing was handed in
     * @param confirmed when they were; null while they were not
     */
    record View(
            String party,
            Instant expires,
            @Nullable List<DepositDraft.Sums> waiting,
            @Nullable Instant confirmed) {}

    /** The sums that are confirmed, by table. */
    record Confirmation(Map<String, BigDecimal> totals) {}

    /** What the link is for, and what waits to be confirmed. */
    @Get("/{token}")
    View invitation(String token) {
        Deposits.Invitation invitation = deposits.invitation(token);
        DepositDraft waiting = invitation.waiting();
        return new View(invitation.party(), invitation.expires(), waiting == null ? null : waiting.tables(), null);
    }

    /** Hands in the workbook; what is wrong with it is listed by sheet, row and column. */
    @Put("/{token}")
    @Consumes(MediaType.ALL)
    View upload(String token, @Body byte[] workbook) {
        Deposits.Invitation invitation = deposits.invitation(token);
        DepositDraft draft = deposits.uploadBy(token, workbook);
        return new View(invitation.party(), invitation.expires(), draft.tables(), null);
    }

    /** Confirms the sums of what was handed in last; the link is used up. */
    @Post("/{token}/confirmation")
    View confirm(String token, @Body Confirmation confirmation) {
        Deposits.Invitation invitation = deposits.invitation(token);
        DepositDraft draft = deposits.confirmBy(token, confirmation.totals());
        return new View(invitation.party(), invitation.expires(), draft.tables(), draft.confirmed());
    }
}
