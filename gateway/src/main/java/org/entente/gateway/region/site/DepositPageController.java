package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.region.deposit.DepositDraft;
import org.entente.gateway.region.deposit.Deposits;
import org.entente.gateway.sdmx.CollectionForm;
import org.entente.gateway.sdmx.DataFormat;

/** The pages of a link for deposits: the workbook to fill in, the hand-in with what is wrong cell by cell, and the confirmation of the sums. */
@Controller(port = Listeners.PUBLIC, value = "/deposits/{token}")
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class DepositPageController {
    private static final String FIELD = "sum-";

    private final Deposits deposits;
    private final SitePages pages;

    DepositPageController(Deposits deposits, SitePages pages) {
        this.deposits = deposits;
        this.pages = pages;
    }

    /** What the link is for, and what waits to be confirmed. */
    @Get("/form")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> form(HttpRequest<?> request, String token) {
        return answer(request, () -> page(request, HttpStatus.OK, token, List.of(), ""));
    }

    /** The round's workbook, to be filled in. */
    @Get("/workbook")
    HttpResponse<byte[]> workbook(HttpRequest<?> request, String token) {
        return answer(request, () -> {
            Deposits.Invitation invitation = deposits.invitation(token);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                deposits.form(invitation.round(), invitation.party()).write(out);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return SitePages.secured(HttpResponse.ok(out.toByteArray()))
                    .contentType(DataFormat.XLSX.contentType())
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            "attachment; filename=\"round-" + invitation.party() + ".xlsx\"");
        });
    }

    /** Hands the workbook in; a corrected one may follow until the sums are confirmed. */
    @Post("/form")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> handIn(HttpRequest<?> request, String token, @Part("workbook") byte[] workbook) {
        return answer(request, () -> {
            try {
                deposits.uploadBy(token, workbook);
            } catch (EntenteException e) {
                return again(request, token, e);
            }
            return SitePages.secured(
                    HttpResponse.seeOther(URI.create(Reader.of(request).at(path(token)))));
        });
    }

    /** Confirms the sums as the focal point has typed them; the link is used up. */
    @Post("/sums")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> confirm(HttpRequest<?> request, String token, @Body Map<String, String> fields) {
        return answer(request, () -> {
            Deposits.Invitation invitation = deposits.invitation(token);
            DepositDraft confirmed;
            try {
                confirmed = deposits.confirmBy(token, sums(fields));
            } catch (EntenteException e) {
                return again(request, token, e);
            }
            return pages.deposit(
                    HttpStatus.OK,
                    Reader.of(request),
                    new DepositPage(
                            path(token),
                            invitation.party(),
                            "",
                            confirmed.tables().stream()
                                    .map(DepositPage.Waiting::of)
                                    .toList(),
                            List.of(),
                            "",
                            true));
        });
    }

    private static Map<String, BigDecimal> sums(Map<String, String> fields) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        fields.forEach((field, text) -> {
            if (field.startsWith(FIELD)) {
                sums.put(field.substring(FIELD.length()), number(text));
            }
        });
        return sums;
    }

    /** Blanks between digits are how people write large numbers; points and commas are not, since they mean two things. */
    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text.replaceAll("[\\s\\u00a0\\u202f]", ""));
        } catch (NumberFormatException e) {
            throw new EntenteException(ErrorCode.DEPOSIT_TOTALS_DIFFER, "'" + text + "' is no number in digits.", e);
        }
    }

    /** What is wrong with what was tried stands on the page itself, but for a link that leads nowhere any more. */
    private HttpResponse<byte[]> again(HttpRequest<?> request, String token, EntenteException e) {
        if (e.code() == ErrorCode.DEPOSIT_LINK_UNUSABLE) {
            throw e;
        }
        List<CollectionForm.Finding> findings = e.members().get("findings") instanceof List<?> found
                ? found.stream().map(CollectionForm.Finding.class::cast).toList()
                : List.of();
        return page(
                request,
                HttpStatus.valueOf(e.code().status()),
                token,
                findings,
                e.detail() + " " + e.code().remedy());
    }

    private HttpResponse<byte[]> page(
            HttpRequest<?> request,
            HttpStatus status,
            String token,
            List<CollectionForm.Finding> findings,
            String problem) {
        Deposits.Invitation invitation = deposits.invitation(token);
        DepositDraft draft = invitation.waiting();
        return pages.deposit(
                status,
                Reader.of(request),
                new DepositPage(
                        path(token),
                        invitation.party(),
                        invitation.expires().truncatedTo(ChronoUnit.MINUTES).toString(),
                        draft == null
                                ? List.of()
                                : draft.tables().stream()
                                        .map(DepositPage.Waiting::of)
                                        .toList(),
                        findings,
                        problem,
                        false));
    }

    private static String path(String token) {
        return ReadOnlyDoor.DEPOSITS + token + "/form";
    }

    private HttpResponse<byte[]> answer(HttpRequest<?> request, Supplier<HttpResponse<byte[]>> work) {
        try {
            return work.get();
        } catch (EntenteException e) {
            return pages.error(
                    HttpStatus.valueOf(e.code().status()),
                    Reader.of(request),
                    e.code().title(),
                    e.detail(),
                    e.code().remedy());
        }
    }
}
