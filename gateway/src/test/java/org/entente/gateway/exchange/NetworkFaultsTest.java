package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.Acknowledged;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.FaultyNetwork;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes with a bad network before each: whatever it does to connections and messages, an exchange happens once. */
class NetworkFaultsTest {
    private static final long SEED = 20_261_128L;
    private static final int CLIENTS = 4;
    private static final int EXCHANGES = 15;
    private static final int MOST_TRIES = 60;
    private static final long PATIENCE_MILLIS = 120_000;

    private final List<FaultyNetwork> networks = new ArrayList<>();
    private Corridor corridor;

    @BeforeEach
    void open() {
        corridor = Corridor.open(this::behindANetwork, Map.of("quota", "100000"));
    }

    @AfterEach
    void close() throws Exception {
        for (FaultyNetwork network : networks) {
            network.close();
        }
        corridor.close();
    }

    private TestNode.Plan behindANetwork(TestNode.Plan plan) {
        int port = Integer.parseInt(String.valueOf(plan.properties().get("entente.node.port")));
        FaultyNetwork network = new FaultyNetwork(port, SEED + networks.size());
        networks.add(network);
        return plan.property("entente.node.public-uri", "https://127.0.0.1:" + network.port())
                .property("entente.outbound.connect-timeout", "2s")
                .property("entente.outbound.answer-timeout", "2s");
    }

    private Question filipinos() {
        return corridor.question(Corridor.FILIPINOS).asFresh();
    }

    /** Asks again under the same id until the answer is there. */
    private UUID answered(UUID id) {
        Asking asking = corridor.phl().bean(Asking.class);
        EntenteException last = null;
        for (int i = 0; i < MOST_TRIES; i++) {
            try {
                return asking.ask(filipinos().repeating(id)).exchange();
            } catch (EntenteException e) {
                assertTrue(
                        e.code() == ErrorCode.PARTNER_UNREACHABLE || e.code() == ErrorCode.EXCHANGE_RUNNING,
                        e.toString());
                last = e;
            }
        }
        throw new AssertionError("no answer after " + MOST_TRIES + " tries", last);
    }

    @Test
    void delayedCutAndHalfOpenConnectionsLeaveEveryExchangeInBothJournalsOnce() throws Exception {
        networks.forEach(network -> network.rough(true));
        Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Uuids ids = corridor.phl().bean(Uuids.class);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < EXCHANGES; n++) {
                    try {
                        acknowledged.add(answered(ids.next()));
                    } catch (RuntimeException | AssertionError e) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        networks.forEach(network -> network.rough(false));
        assertEquals(List.of(), List.copyOf(failures));
        assertEquals(CLIENTS * EXCHANGES, acknowledged.size());
        assertEquals(
                Set.of(FaultyNetwork.Fault.values()),
                networks.getLast().faults().keySet());
        Acknowledged.requireWhole(corridor, acknowledged, PATIENCE_MILLIS);
    }

    @Test
    void messagesThatComeTwiceAndInAnotherOrderAreNotAnsweredTwice() throws Exception {
        Uuids ids = corridor.phl().bean(Uuids.class);
        List<UUID> acknowledged = new ArrayList<>();
        for (int i = 0; i < EXCHANGES; i++) {
            acknowledged.add(answered(ids.next()));
        }
        List<AskedExchanges.Attempt> messages = new ArrayList<>();
        AskedExchanges asked = corridor.phl().bean(AskedExchanges.class);
        acknowledged.forEach(id -> messages.addAll(asked.attempts(id)));
        messages.addAll(List.copyOf(messages));
        Collections.shuffle(messages, new Random(SEED));
        long before = answers();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> couriers = new ArrayList<>();
        for (AskedExchanges.Attempt message : messages) {
            couriers.add(Thread.ofVirtual().start(() -> again(message, refused)));
        }
        for (Thread courier : couriers) {
            courier.join();
        }
        assertEquals(messages.size(), refused.get());
        assertEquals(before, answers());
        Acknowledged.requireWhole(corridor, acknowledged, PATIENCE_MILLIS);
    }

    /** The very same bytes once more, as a network could deliver them that keeps and repeats what it has seen. */
    private void again(AskedExchanges.Attempt message, AtomicInteger refused) {
        Partner italy = corridor.phl().bean(Partners.class).require("ITA");
        PartnerClient client = corridor.phl().bean(PartnerClient.class);
        PartnerClient.Prepared prepared =
                client.prepare(italy, "GET", "/", Headers.builder().build(), new byte[0], false);
        try {
            client.send(italy, new PartnerClient.Prepared(message.request(), prepared.signed(), new byte[0], true));
        } catch (EntenteException e) {
            if (e.detail().contains("/nonce-replayed ")) {
                refused.incrementAndGet();
            }
        }
    }

    private long answers() {
        return corridor.ita().bean(Journal.class).entries(0, 10_000).stream()
                .filter(entry -> entry.kind().equals("answered"))
                .count();
    }
}
