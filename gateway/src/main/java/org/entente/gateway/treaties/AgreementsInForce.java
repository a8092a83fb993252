package org.entente.gateway.treaties;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.State;

/** What may be exchanged under now. Answers come from memory, at most a second behind other processes of this node. */
@Singleton
public final class AgreementsInForce {
    private final TreatyDirectory directory;
    private final Clock clock;

    AgreementsInForce(TreatyDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** An agreement that applies, with the state it is in. */
    public record InForce(AgreementFile file, State state) {}

    /** A leg of an agreement that applies. */
    public record LegInForce(AgreementFile file, State state, Leg leg) {}

    /** All agreements that apply. */
    public List<InForce> all() {
        return applying(directory.fresh().files(), clock.instant());
    }

    /** Those to which this party is a party. */
    public List<InForce> with(String party) {
        return with(party, clock.instant());
    }

    /**
     * Those to which this party is a party, as they will stand if nothing more is done.
     *
     * @param when now or later
     */
    public List<InForce> with(String party, Instant when) {
        return applying(directory.fresh().filesWith(party), when);
    }

    /** The legs with this id; more than one if several agreements use the same id. */
    public List<LegInForce> leg(String id) {
        return all().stream()
                .flatMap(
                        a -> a.file().agreement().leg(id).stream().map(leg -> new LegInForce(a.file(), a.state(), leg)))
                .toList();
    }

    private static List<InForce> applying(List<AgreementFile> files, Instant when) {
        return AgreementFile.current(files, when).stream()
                .map(file -> new InForce(file, file.at(when)))
                .filter(inForce -> inForce.state().phase().applies())
                .toList();
    }
}
