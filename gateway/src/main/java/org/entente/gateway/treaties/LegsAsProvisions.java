package org.entente.gateway.treaties;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.CubeRegion;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.ProvisionAgreement;
import org.entente.gateway.statistics.ProvisionAgreements;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimeWindow;

/**
 * The legs of agreements in effect, as far as this party provides or receives under them. A leg whose one side stands for every
 * member of a framework is no artefact of its own: it names no party.
 */
@Singleton
final class LegsAsProvisions implements ProvisionAgreements {

    private final Treaties treaties;
    private final NodeIdentity identity;
    private final Dataflows dataflows;
    private final AreaCodes areas;
    private final Clock clock;

    LegsAsProvisions(Treaties treaties, NodeIdentity identity, Dataflows dataflows, AreaCodes areas, Clock clock) {
        this.treaties = treaties;
        this.identity = identity;
        this.dataflows = dataflows;
        this.areas = areas;
        this.clock = clock;
    }

    @Override
    public List<ProvisionAgreement> all() {
        Instant now = clock.instant();
        Map<ArtefactId, ProvisionAgreement> provisions = new LinkedHashMap<>();
        for (AgreementFile file : treaties.files()) {
            if (file.at(now).phase().applies()) {
                file.agreement().legs().forEach(leg -> add(file, leg, provisions));
            }
        }
        return List.copyOf(provisions.values());
    }

    /** A leg for all members is one provision of each member that this node may ask, and one of this node for each that may ask it. */
    private void add(AgreementFile file, Leg leg, Map<ArtefactId, ProvisionAgreement> provisions) {
        file.providersTo(leg, identity.party()).forEach(provider -> add(leg, provider, identity.party(), provisions));
        file.concerned().stream()
                .map(Party::id)
                .filter(consumer -> file.runs(leg, identity.party(), consumer))
                .forEach(consumer -> add(leg, identity.party(), consumer, provisions));
    }

    private void add(Leg leg, String provider, String consumer, Map<ArtefactId, ProvisionAgreement> provisions) {
        dataflows.find(leg.dataflow().toString()).ifPresent(flow -> {
            ArtefactId id = new ArtefactId(provider, leg.id(), leg.version());
            provisions.putIfAbsent(
                    id,
                    new ProvisionAgreement(
                            id,
                            new LocalName(leg.title().byLanguage()),
                            flow,
                            provider,
                            consumer,
                            region(leg, provider, consumer, flow)));
        });
    }

    private CubeRegion region(Leg leg, String provider, String consumer, Dataflow flow) {
        CubeRegion region =
                new CubeRegion(CubeRegion.WHOLE.codes(), window(leg.cube().years()));
        Structure structure = flow.structure();
        for (Map.Entry<String, DimensionRule> rule : leg.cube().dimensions().entrySet()) {
            int position = structure.dimensionPosition(rule.getKey());
            if (position >= 0
                    && position != structure.timePosition()
                    && !rule.getValue().allowsAll()) {
                Dimension dimension = structure.dimensions().get(position);
                Set<String> codes = new TreeSet<>(codes(rule.getValue(), provider, consumer));
                codes.removeIf(code -> !dimension.representation().accepts(code));
                region = region.with(rule.getKey(), codes);
            }
        }
        return region;
    }

    private List<String> codes(DimensionRule rule, String provider, String consumer) {
        List<String> codes = new ArrayList<>();
        for (String code : rule.codes()) {
            switch (code) {
                case DimensionRule.PROVIDER -> areas.areaOf(provider).ifPresent(codes::add);
                case DimensionRule.CONSUMER -> areas.areaOf(consumer).ifPresent(codes::add);
                default -> codes.add(code);
            }
        }
        return codes;
    }

    private static TimeWindow window(AllowedCube.Years years) {
        Integer to = years.to();
        return new TimeWindow(LocalDate.of(years.from(), 1, 1), to == null ? null : LocalDate.of(to, 12, 31));
    }
}
