package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.life.FigureAct;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which releases are recalled: own ones by an approver of this node, which takes effect at once, or by an officer's signed act, which also
 * reaches the holders; partners' ones by their officers' acts. What is recalled is not served any more.
 */
@Singleton
public class Recalls {
    private static final Logger LOG = LoggerFactory.getLogger(Recalls.class);
    private static final String KIND = "release-withdrawn";
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final FigureActs acts;
    private final Database database;
    private final Releases releases;
    private final NodeIdentity identity;
    private final Journal journal;
    private final Clock clock;
    private volatile @Nullable Snapshot snapshot;

    private record Snapshot(Map<String, Recall> byRelease, long takenNanos) {}

    Recalls(
            FigureActs acts,
            Database database,
            Releases releases,
            NodeIdentity identity,
            Journal journal,
            Clock clock) {
        this.acts = acts;
        this.database = database;
        this.releases = releases;
        this.identity = identity;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * A recall.
     *
     * @param id of the signed act; absent while only an approver of this node has stopped the release
     * @param by the party, or the person of this node
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Recall(@Nullable String id, String release, String reason, String by, Instant at) {
        /** In words, for whoever asks for what was recalled. */
        String sentence() {
            return "the release " + release + " was recalled on " + at + " by " + by + ": " + reason
                    + (id == null ? "" : " (" + id + ")");
        }
    }

    /** The recall of a release of this node. */
    public Optional<Recall> own(@Nullable String release) {
        return release == null
                ? Optional.empty()
                : of(identity.party(), release)
                        .or(() -> Optional.ofNullable(fresh().byRelease().get(release)));
    }

    /** The signed recall of a party's release. */
    public Optional<Recall> of(String party, @Nullable String release) {
        return acts.recall(party, release).map(Recalls::recall);
    }

    private static Recall recall(FigureAct.ReleaseRecalled act) {
        return new Recall(act.id(), act.release(), act.reason(), act.party(), act.at());
    }

    /** The recalls by approvers of this node. */
    List<Recall> byApprovers() {
        return List.copyOf(look().byRelease().values());
    }

    /**
     * Stops a release for good, at once. Its holders learn of it by the officer's signed act, which follows.
     *
     * @throws EntenteException {@code release-unknown}, {@code forbidden}, {@code request-malformed}; {@code release-step} if it is
     *     recalled already
     */
    public Recall recall(UUID release, String reason, StaffUser by) {
        PublishedRelease published = releases.byId(release)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.RELEASE_UNKNOWN, "No published release has the id " + release + "."));
        by.require(
                Roles.APPROVER,
                published.dataset().authority(),
                published.dataset().id());
        if (reason.isBlank() || reason.length() > 2000) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "A release is recalled with a reason of 1 to 2000 characters.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("release", published.id());
        record.put("dataset", published.dataset().id());
        record.put("digest", published.digest());
        record.put("reason", reason);
        record.put("by", by.pseudonym());
        try {
            journal.append(new Draft(
                    KIND,
                    record,
                    published.id(),
                    List.of(new Write.Insert(
                            "INSERT INTO release_recall (release_id, reason, person, recalled_us, journal_index)"
                                    + " VALUES (?, ?, ?, ?, ?)",
                            published.id(),
                            reason,
                            by.name(),
                            Micros.of(now),
                            Write.INDEX))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(ErrorCode.RELEASE_STEP, "The release is recalled already.", e);
        } finally {
            look();
        }
        return new Recall(null, published.id(), reason, by.name(), now);
    }

    /** What staff are told who ask for figures of a recalled release. */
    static EntenteException recalled(String party, Recall recall, @Nullable UUID exchange, String remedy) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("partner", party);
        members.put("release", recall.release());
        if (recall.id() != null) {
            members.put("recall", recall.id());
        }
        if (exchange != null) {
            members.put("exchange", exchange.toString());
            members.put("notes", "/api/exchanges/" + exchange + "/notes");
        }
        String sentence = recall.sentence();
        return new EntenteException(
                ErrorCode.RELEASE_RECALLED,
                Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + "." + remedy,
                members);
    }

    @Scheduled(fixedDelay = "500ms", initialDelay = "500ms")
    void lookRegularly() {
        try {
            look();
        } catch (EntenteException e) {
            LOG.debug("recalls could not be read: {}", e.getMessage());
        }
    }

    private Snapshot fresh() {
        Snapshot known = snapshot;
        return known != null && System.nanoTime() - known.takenNanos < FRESH_NANOS ? known : look();
    }

    private Snapshot look() {
        long now = System.nanoTime();
        Map<String, Recall> found = new HashMap<>();
        database.query(
                        "SELECT release_id, reason, person, recalled_us FROM release_recall",
                        r -> new Recall(
                                null,
                                r.string("release_id"),
                                r.string("reason"),
                                r.string("person"),
                                r.instant("recalled_us")))
                .forEach(recall -> found.put(recall.release(), recall));
        Snapshot taken = new Snapshot(Map.copyOf(found), now);
        snapshot = taken;
        return taken;
    }
}
