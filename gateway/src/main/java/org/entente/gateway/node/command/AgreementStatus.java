package org.entente.gateway.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.agreements.Agreement;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Crisis;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.State;
import org.entente.agreements.prose.Prose;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.treaties.Delivery;
import org.entente.gateway.treaties.Treaty;
import org.jspecify.annotations.Nullable;

/** Where an agreement stands and what was done on it, a line each, for people at a terminal. */
final class AgreementStatus {
    /** What every act says and its line has already, or the line above all acts. */
    private static final Set<String> COMMON = Set.of("act", "id", "agreement", "digest", "party", "at");

    private final Treaty treaty;
    private final Agreement agreement;
    private final State state;
    private final Instant now;

    private AgreementStatus(Treaty treaty, Instant now) {
        this.treaty = treaty;
        this.agreement = treaty.file().agreement();
        this.state = treaty.file().at(now);
        this.now = now;
    }

    static AgreementStatus of(Treaty treaty, Instant now) {
        return new AgreementStatus(treaty, now);
    }

    /** Everything: where it stands, the acts, the text in words. */
    void print(List<Delivery> deliveries, String language, PrintWriter out) {
        out.println(line());
        standing().forEach(out::println);
        acts(deliveries).forEach(out::println);
        out.println();
        out.println(Prose.of(agreement, language).plain());
    }

    /** One line for one text. */
    static String line(Treaty treaty, Instant now) {
        return of(treaty, now).line();
    }

    /** One line for each text; one that held and whose place another has taken says so. */
    static List<String> lines(List<Treaty> texts, Instant now) {
        Map<String, AgreementFile> holding = new HashMap<>();
        AgreementFile.current(texts.stream().map(Treaty::file).toList(), now)
                .forEach(file -> holding.put(file.agreement().id(), file));
        return texts.stream()
                .map(text ->
                        of(text, now).line(holding.get(text.file().agreement().id())))
                .toList();
    }

    private String line(@Nullable AgreementFile holding) {
        if (holding == null
                || !state.phase().applies()
                || holding.digest().equals(treaty.file().digest())) {
            return line();
        }
        return line() + "\treplaced by version " + holding.agreement().version();
    }

    private String line() {
        return agreement.id() + "\tversion " + agreement.version() + "\t" + state.phase() + "\t"
                + String.join(",", agreement.parties().stream().map(Party::id).toList()) + "\tsigned by "
                + state.signed().keySet() + "\tdigest " + treaty.file().digest() + "\t"
                + agreement.title().best("en");
    }

    /** What holds at this moment beyond the phase: who is bound, what is stopped, which crisis has effect, who leaves. */
    private List<String> standing() {
        List<String> lines = new ArrayList<>();
        if (state.inEffectSince() != null) {
            lines.add((state.inEffectSince().isAfter(now) ? "in effect from " : "in effect since ")
                    + state.inEffectSince());
        }
        if (!state.parties().isEmpty()) {
            lines.add("bound: " + state.parties().stream().map(Party::id).collect(Collectors.joining(", ")));
        }
        if (state.endsAt() != null) {
            lines.add((state.phase().ended() ? "ended " : "ends ")
                    + state.endsAt()
                    + (state.notice() == null
                            ? ""
                            : " by notice of " + state.notice().party()));
        }
        if (state.renewals() > 0) {
            lines.add("renewed " + state.renewals() + " times");
        }
        state.offices().forEach((office, holder) -> lines.add(lower(office) + ": " + holder));
        state.departures()
                .forEach((party, departure) -> lines.add(party + " " + lower(departure.how())
                        + (departure.from().isAfter(now) ? ", leaves " : ", left ") + departure.from()));
        state.optOuts().forEach((party, legs) -> {
            if (!legs.isEmpty()) {
                lines.add(party + " takes no part in " + String.join(", ", legs));
            }
        });
        state.stops().forEach(stop -> lines.add(stop(stop)));
        state.recalled().stream().sorted().forEach(release -> lines.add("recalled: release " + release));
        state.crises().forEach(crisis -> lines.add(crisis(crisis)));
        return lines;
    }

    private static String stop(State.Stop stop) {
        String what = stop.release() != null
                ? "release " + stop.release()
                : stop.leg() != null ? "leg " + stop.leg() : "the agreement";
        return lower(stop.sort()) + " of " + what + " by " + stop.party() + " from " + stop.from() + ": "
                + stop.reason();
    }

    private String crisis(Crisis crisis) {
        boolean lasts = crisis.endsAt().isAfter(now);
        StringBuilder line = new StringBuilder("crisis " + crisis.id() + " declared by " + crisis.declaredBy() + ", "
                + (lasts ? "until " : "ended ") + crisis.endsAt() + ": legs " + String.join(", ", crisis.legs())
                + "; agreed by " + String.join(", ", crisis.consents().keySet()));
        String waits = lasts ? String.join(", ", withoutConsent(crisis)) : "";
        if (!waits.isEmpty()) {
            line.append("; no effect before ").append(waits).append(" countersigns");
        }
        String owing = state.parties().stream()
                .map(Party::id)
                .filter(party -> crisis.owesReview(party, now))
                .collect(Collectors.joining(", "));
        if (!owing.isEmpty()) {
            line.append("; review by ").append(owing).append(" due ").append(crisis.reviewDue());
        }
        return line.toString();
    }

    /** The providers and consumers of its legs that have not agreed. */
    private Set<String> withoutConsent(Crisis crisis) {
        Set<String> sides = new TreeSet<>();
        crisis.legs()
                .forEach(id -> agreement.leg(id).ifPresent(leg -> {
                    sides.add(leg.provider());
                    sides.add(leg.consumer());
                }));
        sides.remove(Leg.MEMBERS);
        sides.removeAll(crisis.consents().keySet());
        return sides;
    }

    /** Every act in the order of time: when, who, what, its id and what it says; below it how far it has got. */
    private List<String> acts(List<Delivery> deliveries) {
        Map<String, List<Delivery>> byAct = deliveries.stream().collect(Collectors.groupingBy(Delivery::act));
        List<String> lines = new ArrayList<>();
        for (Instrument act : treaty.file().instruments()) {
            lines.add(act.at() + "\t" + act.party() + "\t" + act.word() + "\t" + act.id() + "\t" + says(act));
            byAct.getOrDefault(act.id(), List.of()).forEach(delivery -> lines.add("  " + delivery(delivery)));
        }
        return lines;
    }

    private static String says(Instrument act) {
        JsonNode tree = CanonicalJson.parseStrict(CanonicalJson.encode(act));
        List<String> said = new ArrayList<>();
        tree.properties().forEach(member -> {
            if (!COMMON.contains(member.getKey())) {
                JsonNode value = member.getValue();
                said.add(member.getKey() + ": " + (value.isValueNode() ? value.asText() : value.toString()));
            }
        });
        return String.join("; ", said);
    }

    private static String delivery(Delivery delivery) {
        if (delivery.delivered() != null) {
            return delivery.partner() + " has it since " + delivery.delivered();
        }
        return delivery.partner() + " has not acknowledged it, tried " + delivery.tries() + " times"
                + (delivery.error() == null ? "" : ": " + delivery.error());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
