package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.entente.agreements.Agreement;
import org.entente.agreements.Onward;
import org.entente.agreements.Terms;
import org.entente.agreements.decision.Obligations;
import org.jspecify.annotations.Nullable;

/**
 * What the agreement asks of whoever has a partner's figures, in the form in which staff see it beside them and copies carry it.
 *
 * @param keepUntil last day on which they may be kept (clause 26)
 * @param proofOfDeletion whether the provider gets a record of their deletion
 * @param purpose what they may be used for (clause 5)
 * @param citation how the source is to be named (clause 22), in English where the agreement has it
 * @param onward who may have them from the consumer, as {@code RECIPIENT:CONDITION} or {@code PARTY=ITA:CONDITION} (clause 21); nobody
 *     else may
 * @param embargoUntil day before which they are not passed on or published (clauses 21 and 22)
 * @param marking codes that mark confidential cells (clause 13)
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Duties(
        String keepUntil,
        boolean proofOfDeletion,
        String purpose,
        @Nullable String citation,
        List<String> onward,
        @Nullable String embargoUntil,
        List<String> marking) {
    public Duties(
            String keepUntil,
            boolean proofOfDeletion,
            String purpose,
            @Nullable String citation,
            @Nullable List<String> onward,
            @Nullable String embargoUntil,
            @Nullable List<String> marking) {
        this.keepUntil = keepUntil;
        this.proofOfDeletion = proofOfDeletion;
        this.purpose = purpose;
        this.citation = citation;
        this.onward = onward == null ? List.of() : List.copyOf(onward);
        this.embargoUntil = embargoUntil;
        this.marking = marking == null ? List.of() : List.copyOf(marking);
    }

    /** The duties that go with a permit, from the day on which the figures came. */
    static Duties of(Obligations obligations, @Nullable Agreement agreement, Instant received) {
        Terms.Publication publication =
                agreement == null ? null : agreement.terms().publication();
        int days = Math.max(
                orZero(obligations.onward().embargoDays()),
                publication == null ? 0 : orZero(publication.embargoDays()));
        ZoneId zone = ZoneId.of(agreement == null ? "UTC" : agreement.timeZone());
        return new Duties(
                obligations.keepUntil().toString(),
                obligations.proofOfDeletion(),
                obligations.purpose().token(),
                obligations.citation() == null ? null : obligations.citation().best("en"),
                obligations.onward().allowed().stream().map(Duties::text).toList(),
                days == 0
                        ? null
                        : LocalDate.ofInstant(received, zone).plusDays(days).toString(),
                obligations.marking());
    }

    private static int orZero(@Nullable Integer days) {
        return days == null ? 0 : days;
    }

    private static String text(Onward.Rule rule) {
        return rule.recipient() + (rule.party() == null ? "" : "=" + rule.party()) + ":" + rule.condition();
    }

    /**
     * The duties as a value of the field {@code Entente-Obligations}: parameters after the provider's name; what may not be ASCII in the
     * form of RFC 8187 section 3.2.
     */
    String field(String provider) {
        StringBuilder field = new StringBuilder(provider)
                .append(";keep-until=")
                .append(keepUntil)
                .append(";proof-of-deletion=")
                .append(proofOfDeletion ? "?1" : "?0")
                .append(";purpose=")
                .append(purpose)
                .append(";onward=\"")
                .append(onward.isEmpty() ? "NOBODY" : onward.stream().collect(Collectors.joining(" ")))
                .append('"');
        if (embargoUntil != null) {
            field.append(";embargo-until=").append(embargoUntil);
        }
        if (citation != null) {
            field.append(";citation*=UTF-8''")
                    .append(URLEncoder.encode(citation, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return field.toString();
    }
}
