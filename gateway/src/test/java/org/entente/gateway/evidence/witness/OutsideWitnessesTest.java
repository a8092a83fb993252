package org.entente.gateway.evidence.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.AddCheckpoint;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.ConsistencyProof;
import org.entente.crypto.journal.CosignatureSigner;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.journal.Cosignatures;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.Test;

/** A witness that is no partner, over plain HTTP on loopback. */
class OutsideWitnessesTest {
    private static final CosignatureSigner SIGNER =
            CosignatureSigner.ofSeed("witness.example/w1", new byte[32], Clock.systemUTC());

    private final TestNode[] node = new TestNode[1];
    private long size;
    private Hash root = Hash.EMPTY_TREE;
    private int refusals;

    /** Keeps size and root of one journal, as the specification says. */
    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            AddCheckpoint request =
                    AddCheckpoint.parse(exchange.getRequestBody().readAllBytes());
            Checkpoint.Opened opened = Checkpoint.open(
                    request.checkpoint(),
                    node[0].bean(Journal.class).origin(),
                    node[0].bean(org.entente.gateway.partners.NodeIdentity.class)
                            .card()
                            .journalKey()
                            .verifier(),
                    List.of());
            if (request.old() != size) {
                refusals++;
                exchange.getResponseHeaders().set("content-type", "text/x.tlog.size");
                send(exchange, 409, size + "\n");
                return;
            }
            Checkpoint checkpoint = opened.checkpoint();
            if (size > 0) {
                new ConsistencyProof(size, checkpoint.size(), request.proof()).verify(root, checkpoint.root());
            }
            size = checkpoint.size();
            root = checkpoint.root();
            send(
                    exchange,
                    200,
                    request.checkpoint().text().isEmpty()
                            ? ""
                            : org.entente.crypto.journal.SignedNote.sign(
                                                    request.checkpoint().text(), SIGNER)
                                            .signatures()
                                            .getFirst()
                                            .line()
                                    + "\n");
        } catch (VerificationException e) {
            send(exchange, 422, e.sentence());
        }
    }

    /** Where the reader holds the key of another witness, an older checkpoint that this one has cosigned is worth more. */
    private static void provesForWhoCanCheckAnotherWitness(TestNode ita) throws VerificationException {
        Journal journal = ita.bean(Journal.class);
        CosignatureSigner partner =
                CosignatureSigner.ofSeed("partner.example/witness", new byte[32], Clock.systemUTC());
        SignedNote earlier = journal.checkpointAt(10);
        ita.bean(Cosignatures.class)
                .add(
                        earlier,
                        SignedNote.sign(earlier.text(), partner).signatures().getFirst());
        assertEquals(10, sizeProved(journal, 0, "partner.example/witness"));
        assertEquals(journal.size(), sizeProved(journal, 10, "partner.example/witness"));
        assertEquals(journal.size(), sizeProved(journal, 0, "nobody.example/witness"));
    }

    private static long sizeProved(Journal journal, long index, String witness) throws VerificationException {
        return Checkpoint.parse(journal.proveWitnessed(index, List.of(witness))
                        .checkpoint()
                        .text())
                .size();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.length() == 0 ? -1 : body.getBytes(UTF_8).length);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
    }

    @Test
    void checkpointsAreSubmittedAndCosignaturesShown() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/w1/add-checkpoint", this::serve);
        server.start();
        try (TestNode ita = TestNode.plan("ITA")
                .property(
                        "entente.witness.outside.w1.url",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/w1")
                .property(
                        "entente.witness.outside.w1.vkey", SIGNER.verifierKey().toString())
                .startWithoutListeners()) {
            node[0] = ita;
            Journal journal = ita.bean(Journal.class);
            OutsideWitnesses witnesses = ita.bean(OutsideWitnesses.class);
            witnesses.submit();
            assertEquals(journal.size(), witnesses.standings().getFirst().cosigned());
            for (int i = 0; i < 300; i++) {
                journal.append(new Draft("tested", Map.of("kind", "tested", "n", i)));
            }
            witnesses.submit();
            assertEquals(journal.size(), witnesses.standings().getFirst().cosigned());
            assertNull(witnesses.standings().getFirst().problem());
            assertTrue(
                    journal
                            .proveWitnessed(0, List.of())
                            .checkpoint()
                            .verify(List.of(SIGNER.verifierKey().verifier()))
                            .stream()
                            .anyMatch(line -> line.name().equals("witness.example/w1")));

            provesForWhoCanCheckAnotherWitness(ita);

            // The witness knows less than this node believes, for instance after it was restored: the size that it
            // names is taken.
            int before = refusals;
            synchronized (this) {
                size = 5;
                root = journal.tree().size() > 5
                        ? ita.bean(org.entente.gateway.journal.JournalTiles.class)
                                .tree(5)
                                .root()
                        : root;
            }
            journal.append(new Draft("tested", Map.of("kind", "tested")));
            witnesses.submit();
            assertEquals(before + 1, refusals);
            assertEquals(journal.size(), witnesses.standings().getFirst().cosigned());

            server.stop(0);
            journal.append(new Draft("tested", Map.of("kind", "tested")));
            witnesses.submit();
            assertNotNull(witnesses.standings().getFirst().problem());
        }
    }
}
