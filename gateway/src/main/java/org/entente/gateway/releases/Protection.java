package org.entente.gateway.releases;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Why the figures of a release reveal no person. A release without one is never let out. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Protection.PublicSource.class, name = "PUBLIC_SOURCE"),
    @JsonSubTypes.Type(value = Protection.ByOffice.class, name = "BY_OFFICE")
})
public sealed interface Protection {

    /**
     * The figures are public already.
     *
     * @param address where
     * @param date when they were published there, ISO 8601
     */
    record PublicSource(String address, String date) implements Protection {}

    /**
     * The office has protected the figures before they came here.
     *
     * @param method how, in words that an auditor can check
     * @param approver who answers for it
     */
    record ByOffice(String method, String approver) implements Protection {}

    /**
     * The protection that was declared.
     *
     * @throws EntenteException {@code release-unprotected} if it is of another kind or a part of it is missing
     */
    static Protection declared(
            @Nullable String kind,
            @Nullable String address,
            @Nullable String date,
            @Nullable String method,
            @Nullable String approver) {
        if ("PUBLIC_SOURCE".equals(kind) && method == null && approver == null) {
            return new PublicSource(webAddress(address), day(date));
        }
        if ("BY_OFFICE".equals(kind) && address == null && date == null) {
            return new ByOffice(text("method", method), text("approver", approver));
        }
        throw new EntenteException(
                ErrorCode.RELEASE_UNPROTECTED,
                kind == null
                        ? "The release declares no protection."
                        : "The protection must be PUBLIC_SOURCE with address and date, or BY_OFFICE with method and approver.");
    }

    private static String text(String name, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > 1000) {
            throw new EntenteException(ErrorCode.RELEASE_UNPROTECTED, "The protection lacks its " + name + ".");
        }
        return text;
    }

    private static String webAddress(@Nullable String address) {
        String given = text("address", address);
        try {
            String scheme = new URI(given).getScheme();
            if ("https".equals(scheme) || "http".equals(scheme)) {
                return given;
            }
        } catch (URISyntaxException e) {
            // Falls through to the one message.
        }
        throw new EntenteException(
                ErrorCode.RELEASE_UNPROTECTED,
                "The address of a public source is a web address, unlike " + given + ".");
    }

    private static String day(@Nullable String date) {
        String given = text("date", date);
        try {
            return LocalDate.parse(given).toString();
        } catch (DateTimeException e) {
            throw new EntenteException(
                    ErrorCode.RELEASE_UNPROTECTED, "The date of a public source is a day such as 2020-12-31.", e);
        }
    }
}
