package org.entente.gateway.region.library;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Harvests partners' libraries: each from where the last harvest ended, as often as the schedule says, and ever more rarely where it fails. A
 * list that is not signed by its party, or is older than one that was taken, is refused as a whole.
 */
@Singleton
public class LibraryHarvest {
    private static final String HARVESTED = "library-harvested";
    private static final Duration PAUSE = Duration.ofHours(6);
    private static final GrowingPause AGAIN = new GrowingPause(Duration.ofMinutes(10), Duration.ofMinutes(640));
    private static final int MOST_LISTS = 100;
    private static final int OK = 200;
    private static final Logger LOG = LoggerFactory.getLogger(LibraryHarvest.class);

    private final LibraryTables tables;
    private final Partners partners;
    private final PartnerClient client;
    private final Journal journal;
    private final Clock clock;

    LibraryHarvest(LibraryTables tables, Partners partners, PartnerClient client, Journal journal, Clock clock) {
        this.tables = tables;
        this.partners = partners;
        this.client = client;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * How far the harvest of a partner's library has come.
     *
     * @param taken when the partner has signed the newest list that was taken; null while none was
     * @param next when it is harvested again; null as soon as may be
     * @param failures since the last success
     * @param problem why the last harvest failed; null if it did not
     */
    public record State(
            String party,
            @Nullable Instant taken,
            @Nullable Instant next,
            int failures,
            @Nullable String problem) {}

    /** How far the harvest of each partner's library has come. */
    public List<State> states() {
        Map<String, State> known = tables.states().stream().collect(Collectors.toMap(State::party, state -> state));
        return partners.all().stream()
                .map(partner -> known.getOrDefault(partner.party(), new State(partner.party(), null, null, 0, null)))
                .sorted(Comparator.comparing(State::party))
                .toList();
    }

    @Scheduled(fixedDelay = "300s", initialDelay = "120s")
    void harvestDue() {
        for (Partner partner : partners.all()) {
            if (tables.due(partner.party(), clock.instant())) {
                try {
                    harvest(partner.party());
                } catch (EntenteException e) {
                    LOG.info("the library of {} is harvested later: {}", partner.party(), e.getMessage());
                }
            }
        }
    }

    /**
     * Harvests a partner's library now.
     *
     * @return how many entries are new or were changed
     * @throws EntenteException {@code partner-unreachable}, {@code partner-answer-invalid}
     */
    public int harvest(String party) {
        Partner partner = partners.require(party);
        int found = 0;
        try {
            boolean complete = false;
            for (int lists = 0; !complete && lists < MOST_LISTS; lists++) {
                LibraryTables.Harvest before = known(party);
                LibraryList list = take(partner, before, fetched(partner, before.resumption()));
                found += list.entries().size();
                complete = list.complete() || list.entries().isEmpty();
            }
            return found;
        } catch (EntenteException e) {
            LibraryTables.Harvest before = known(party);
            int failures = before.failures() + 1;
            tables.note(
                    new LibraryTables.Harvest(party, before.resumption(), before.made(), failures),
                    clock.instant().plus(AGAIN.after(failures)),
                    e.detail());
            throw e;
        }
    }

    private LibraryTables.Harvest known(String party) {
        return tables.harvest(party).orElse(new LibraryTables.Harvest(party, "", Instant.EPOCH, 0));
    }

    private byte[] fetched(Partner partner, String from) {
        PartnerClient.Answered answer = client.call(
                partner,
                "GET",
                LibraryNodeController.PATH
                        + (from.isEmpty() ? "" : "?resumption=" + URLEncoder.encode(from, StandardCharsets.UTF_8)),
                Headers.of("accept", LibraryNodeController.MEDIA_TYPE),
                new byte[0],
                false);
        if (answer.response().status() != OK) {
            throw invalid(
                    partner.party() + " gives no list of its library (HTTP "
                            + answer.response().status() + ").",
                    null);
        }
        return answer.body();
    }

    /**
     * Takes a list.
     *
     * @throws EntenteException {@code partner-answer-invalid} if it is unsigned, altered, another party's, or older than one that was taken
     */
    int take(String party, byte[] jws) {
        return take(partners.require(party), known(party), jws).entries().size();
    }

    private LibraryList take(Partner partner, LibraryTables.Harvest before, byte[] jws) {
        LibraryList list;
        try {
            list = LibraryList.open(partner, before.resumption(), jws);
            list.entries().forEach(one -> one.entry().check());
        } catch (VerificationException e) {
            throw invalid(e.sentence() + ".", e);
        } catch (EntenteException e) {
            throw invalid("An entry of the list of " + partner.party() + " is not valid: " + e.detail(), e);
        }
        if (list.made().isBefore(before.made())) {
            throw invalid("The list of " + list.made() + " is older than one that was taken.", null);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (!list.entries().isEmpty()) {
            byte[] digest = Digests.sha256(jws);
            List<Write> writes = new ArrayList<>(List.of(LibraryTables.list(partner.party(), digest, jws)));
            list.entries()
                    .forEach(one -> writes.add(LibraryTables.harvested(partner.party(), one, list.site(), digest)));
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("kind", HARVESTED);
            record.put("time", now.toString());
            record.put("party", partner.party());
            record.put("list", Base64Url.encode(digest));
            record.put("entries", list.entries().size());
            record.put(
                    "withdrawn",
                    list.entries().stream()
                            .filter(one -> one.withdrawn() != null)
                            .count());
            journal.append(new Draft(HARVESTED, record, "library/" + partner.party(), writes));
        }
        tables.note(
                new LibraryTables.Harvest(partner.party(), list.resumption(), list.made(), 0), now.plus(PAUSE), null);
        return list;
    }

    private static EntenteException invalid(String sentence, @Nullable Throwable cause) {
        return new EntenteException(ErrorCode.PARTNER_ANSWER_INVALID, sentence, cause);
    }
}
