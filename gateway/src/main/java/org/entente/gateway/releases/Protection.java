package org.entente.gateway.releases;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import org.entente.agreements.DisclosureRule;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Why the figures of a release reveal no person. A release without one is never let out. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Protection.PublicSource.class, name = "PUBLIC_SOURCE"),
    @JsonSubTypes.Type(value = Protection.ByOffice.class, name = "BY_OFFICE"),
    @JsonSubTypes.Type(value = Protection.ByGateway.class, name = "BY_GATEWAY")
})
public sealed interface Protection {
    /** A day, a month or a year. */
    DateTimeFormatter EDITION = DateTimeFormatter.ofPattern("uuuu[-MM[-dd]]").withResolverStyle(ResolverStyle.STRICT);

    /**
     * The figures are public already.
     *
     * @param address where
     * @param date of the edition, ISO 8601 and as exact as the publisher says it: {@code 2020}, {@code 2020-12} or {@code 2020-12-31}
     */
    record PublicSource(String address, String date) implements Protection {}

    /**
     * The office has protected the figures before they came here.
     *
     * @param method how, in words that an auditor can check
     * @param approver who answers for it
     * @param rule what the method guarantees; null if the office only describes it, which no leg that asks for protection accepts
     * @param sealed the package in which the office sealed the figures; null if they came without one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ByOffice(
            String method,
            String approver,
            @Nullable DisclosureRule rule,
            @Nullable SealedProof sealed) implements Protection {
        /** A protection that is only described. */
        public ByOffice(String method, String approver) {
            this(method, approver, null, null);
        }
    }

    /**
     * What is known of the package that the figures came in.
     *
     * @param digest SHA-256 of its manifest, which names it
     * @param signedBy SHA-256 of the certificate of who signed it; null if nobody did
     * @param audit how it was audited here
     * @param cells cells of the table
     * @param withheld cells that it withholds
     * @param alreadyPublic small counts that are shown because known tables have them
     * @param knownTables tables that the office has named as public
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SealedProof(
            String digest,
            @Nullable String signedBy,
            Audited audit,
            long cells,
            long withheld,
            long alreadyPublic,
            int knownTables) {
        /** Whether the node could repeat the office's audit. */
        public enum Audited {
            /** The node has proved from the protected table alone that no reader can infer what is withheld. */
            REPEATED,
            /** The table withholds more cells than the node audits at once; what the office proved stands. */
            AS_SEALED,
            /** The figures are rounded; there are no intervals to audit. */
            ROUNDED
        }
    }

    /**
     * The node has protected the figures before anybody could ask for them, and has proved it.
     *
     * @param rule the strictest of what national law, the legs and the office asked for
     * @param solver who proved it
     * @param cells cells of the table
     * @param withheld cells that are withheld
     * @param alreadyPublic small counts that are shown because known tables have them
     * @param knownTables public tables that were taken into account
     * @param forRegisters what is withheld more because consumers hold counts themselves; null where no leg says so
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ByGateway(
            DisclosureRule rule,
            String solver,
            long cells,
            long withheld,
            long alreadyPublic,
            int knownTables,
            @Nullable RegisterCost forRegisters)
            implements Protection {}

    /**
     * What more is withheld because consumers hold counts themselves; fewer cells with more people in them may be.
     *
     * @param cells how many cells more
     * @param persons by how much the sum of their counts is larger
     */
    record RegisterCost(long cells, long persons) {}

    /** Small counts that are shown because known tables have them, as far as that is known. */
    default long alreadyPublic() {
        return switch (this) {
            case PublicSource source -> 0;
            case ByOffice office ->
                office.sealed() == null ? 0 : office.sealed().alreadyPublic();
            case ByGateway gateway -> gateway.alreadyPublic();
        };
    }

    /** What was applied, as decisions compare it with what a leg asks for; null for a public source. */
    default @Nullable DisclosureRule applied() {
        return switch (this) {
            case PublicSource source -> null;
            case ByOffice office -> office.rule() == null ? AppliedRule.UNKNOWN : office.rule();
            case ByGateway gateway -> gateway.rule();
        };
    }

    /**
     * The protection that was declared.
     *
     * @param rule what the office's method guarantees, as {@link AppliedRule#parse} reads it
     * @throws EntenteException {@code release-unprotected} if it is of another kind or a part of it is missing
     */
    static Protection declared(
            @Nullable String kind,
            @Nullable String address,
            @Nullable String date,
            @Nullable String method,
            @Nullable String approver,
            @Nullable String rule) {
        if ("PUBLIC_SOURCE".equals(kind) && method == null && approver == null && rule == null) {
            return new PublicSource(webAddress(address), edition(date));
        }
        if ("BY_OFFICE".equals(kind) && address == null && date == null) {
            return new ByOffice(
                    text("method", method),
                    text("approver", approver),
                    rule == null ? null : AppliedRule.parse(rule),
                    null);
        }
        throw new EntenteException(
                ErrorCode.RELEASE_UNPROTECTED,
                kind == null
                        ? "The release declares no protection."
                        : "The protection must be PUBLIC_SOURCE with address and date, BY_OFFICE with method and approver, or BY_GATEWAY.");
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

    private static String edition(@Nullable String date) {
        String given = text("date", date);
        try {
            String read = EDITION.parseBest(given, LocalDate::from, YearMonth::from, Year::from)
                    .toString();
            if (read.equals(given)) {
                return given;
            }
            // A day that does not exist still yields its month.
            throw new DateTimeException(given);
        } catch (DateTimeException e) {
            throw new EntenteException(
                    ErrorCode.RELEASE_UNPROTECTED,
                    "The date of a public source is that of its edition, such as 2020, 2020-12 or 2020-12-31.",
                    e);
        }
    }
}
