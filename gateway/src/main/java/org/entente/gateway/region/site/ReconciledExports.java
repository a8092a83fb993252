package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.PublicEditions;
import org.entente.gateway.region.profile.Reconciled;
import org.entente.gateway.region.profile.ReconciliationConsents;
import org.jspecify.annotations.Nullable;

/**
 * Reconciled figures as a file of their own, and the consents that they rest on. They are no member's figures and stand in no file that
 * holds those, nor in the SDMX interface.
 */
@Controller(port = Listeners.PUBLIC, value = "/profiles/{programme}/{edition:[0-9]+}")
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class ReconciledExports {
    private static final String CSV = "text/csv;charset=utf-8;header=present";
    private static final String HEAD =
            "rule,rule_digest,method,prefer,table,origin,destination,period,indicator_origin,basis_origin,"
                    + "source_origin,value_origin,indicator_destination,basis_destination,source_destination,value_destination,"
                    + "value_reconciled,consents,why_not\r\n";

    private final PublicEditions editions;
    private final ReconciliationConsents consents;

    ReconciledExports(PublicEditions editions, ReconciliationConsents consents) {
        this.editions = editions;
        this.consents = consents;
    }

    /** Every mirror pair that the programme has a rule for, with both figures and the reconciled one, or why there is none. */
    @Get("/reconciled.csv")
    @Produces("text/csv")
    HttpResponse<byte[]> reconciled(HttpRequest<?> request, String programme, int edition) {
        StringBuilder csv = new StringBuilder(HEAD);
        editions.get(programme, edition).profile().reconciled().forEach(one -> line(csv, one));
        return SitePages.known(request, csv.toString().getBytes(StandardCharsets.UTF_8), CSV, SiteFiles.SHORT)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + programme + "-" + edition + "-reconciled.csv\"");
    }

    private static void line(StringBuilder csv, Reconciled one) {
        List<String> fields = List.of(
                one.rule(),
                one.digest(),
                one.method(),
                one.prefer() == null ? "" : one.prefer().name(),
                one.table(),
                one.origin().party(),
                one.destination().party(),
                one.period(),
                one.origin().concept().indicator(),
                one.origin().concept().basis(),
                one.origin().source(),
                number(one.origin().value()),
                one.destination().concept().indicator(),
                one.destination().concept().basis(),
                one.destination().source(),
                number(one.destination().value()),
                number(one.value()),
                one.consents().stream()
                        .map(consent -> consent.party() + " " + consent.act()
                                + (consent.withdrawal() == null ? "" : " withdrawn by " + consent.withdrawal()))
                        .collect(Collectors.joining("; ")),
                one.reason() == null ? "" : one.reason());
        csv.append(fields.stream()
                        .map(field ->
                                field.matches("(?s).*[,\"\r\n].*") ? "\"" + field.replace("\"", "\"\"") + "\"" : field)
                        .collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : EditionReading.plain(value);
    }

    /** A member's consent, or its withdrawal, as its officer has signed it: JWS in the message by which nodes exchange it. */
    @Get("/consents/{act}")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> consent(HttpRequest<?> request, String programme, int edition, UUID act) {
        Profile profile = editions.get(programme, edition).profile();
        String id = "urn:uuid:" + act;
        boolean named = profile.reconciled().stream()
                .flatMap(one -> one.consents().stream())
                .anyMatch(consent -> consent.act().equals(id) || id.equals(consent.withdrawal()));
        byte[] message = (named ? consents.signed(profile.agreement(), id) : Optional.<byte[]>empty())
                .orElseThrow(
                        () -> new EntenteException(ErrorCode.NOT_FOUND, "The edition rests on no consent " + id + "."));
        return SitePages.known(request, message, MediaType.APPLICATION_JSON, SiteFiles.SHORT);
    }
}
