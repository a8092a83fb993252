package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which crisis packs (clause 32) this node holds and which it has made for others; never their figures. */
@Singleton
public class CrisisPacks {
    private static final int MOST = 1_000;

    private final PackTables tables;

    CrisisPacks(PackTables tables) {
        this.tables = tables;
    }

    /**
     * A pack from a partner.
     *
     * @param state {@code sealed} or {@code opened}
     * @param act id of the declaration that opened it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Held(
            String id,
            String provider,
            String agreement,
            String leg,
            String release,
            Instant received,
            String state,
            @Nullable String act,
            @Nullable Instant opened) {}

    /**
     * A pack for a partner.
     *
     * @param delivered when the partner proved that its journal holds it
     * @param problem why the last delivery failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Made(
            String id,
            String consumer,
            String agreement,
            String leg,
            String release,
            Instant made,
            @Nullable Instant delivered,
            @Nullable String problem) {}

    /** The latest packs from partners, newest first. */
    public List<Held> held() {
        return tables.held(MOST).stream()
                .map(pack -> new Held(
                        pack.id().toString(),
                        pack.partner(),
                        pack.agreement(),
                        pack.leg(),
                        pack.release(),
                        pack.received(),
                        pack.act() == null ? "sealed" : "opened",
                        pack.act(),
                        pack.opened()))
                .toList();
    }

    /** The latest packs for partners, newest first. */
    public List<Made> made() {
        return tables.made(MOST).stream()
                .map(pack -> new Made(
                        pack.id().toString(),
                        pack.consumer(),
                        pack.agreement(),
                        pack.leg(),
                        pack.release(),
                        pack.made(),
                        pack.delivered(),
                        pack.problem()))
                .toList();
    }
}
