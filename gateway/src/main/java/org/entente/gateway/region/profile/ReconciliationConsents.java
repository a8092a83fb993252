package org.entente.gateway.region.profile;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.entente.agreements.life.FigureAct;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.evidence.SignedAct;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.ReconciliationRule;
import org.entente.gateway.treaties.HeldAct;
import org.entente.gateway.treaties.Treaties;
import org.entente.gateway.treaties.Treaty;
import org.jspecify.annotations.Nullable;

/** Members' consents to the rules by which a programme shows mirror pairs reconciled: acts of their officers under its framework. */
@Singleton
public class ReconciliationConsents {
    private final Treaties treaties;

    ReconciliationConsents(Treaties treaties) {
        this.treaties = treaties;
    }

    /** The newest consent of each member to each rule of a programme, withdrawn ones included, by the rule's id. */
    public Map<String, List<Reconciled.Consent>> of(Programme programme) {
        List<HeldAct> acts = treaties.all().stream()
                .filter(treaty -> treaty.file().agreement().id().equals(programme.agreement()))
                .flatMap(treaty -> treaty.acts().stream())
                .toList();
        Map<String, List<Reconciled.Consent>> consents = new LinkedHashMap<>();
        for (ReconciliationRule rule : programme.reconciliation()) {
            List<Reconciled.Consent> given = new ArrayList<>();
            rule.parties().forEach(party -> newest(programme, rule, party, acts).ifPresent(given::add));
            consents.put(rule.id(), given);
        }
        return consents;
    }

    private static Optional<Reconciled.Consent> newest(
            Programme programme, ReconciliationRule rule, String party, List<HeldAct> acts) {
        Predicate<HeldAct> consents = act -> act.instrument() instanceof FigureAct.ReconciliationConsented consent
                && consent.party().equals(party)
                && isTo(consent, programme.id(), rule);
        return acts.stream()
                .filter(consents)
                .reduce((earlier, later) -> later.position() > earlier.position() ? later : earlier)
                .map(act -> {
                    Instrument withdrawal = withdrawal(act.instrument().id(), acts);
                    return new Reconciled.Consent(
                            party,
                            act.instrument().id(),
                            act.instrument().at().toString(),
                            act.position(),
                            withdrawal == null ? null : withdrawal.id(),
                            withdrawal == null ? null : withdrawal.at().toString());
                });
    }

    /** Whether an act consents to exactly this rule. */
    static boolean isTo(FigureAct.ReconciliationConsented consent, String programme, ReconciliationRule rule) {
        return consent.programme().equals(programme)
                && consent.table().equals(rule.table())
                && consent.method().equals(rule.method())
                && rule.parties().containsAll(List.of(consent.party(), consent.with()))
                && !consent.party().equals(consent.with())
                && consent.rule().equals(rule.of(programme).digest());
    }

    private static @Nullable Instrument withdrawal(String consent, List<HeldAct> acts) {
        return acts.stream()
                .map(HeldAct::instrument)
                .filter(act -> act instanceof FigureAct.ReconciliationWithdrawn withdrawn
                        && withdrawn.consent().equals(consent))
                .findFirst()
                .orElse(null);
    }

    /** A signed act under an agreement as nodes exchange it: canonical JSON. */
    public Optional<byte[]> signed(String agreement, String act) {
        for (Treaty treaty : treaties.all()) {
            if (treaty.file().agreement().id().equals(agreement)) {
                for (byte[] message : treaties.messages(treaty.file().digest())) {
                    JsonNode tree = CanonicalJson.parseStrict(message);
                    if (SignedAct.id(tree).equals(act)) {
                        return Optional.of(message);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
