package org.entente.gateway.evidence.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.AddCheckpoint;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.NoteSignature;
import org.entente.crypto.journal.NoteVerifier;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.OutboundSettings;
import org.entente.gateway.journal.Cosignatures;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalTiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits this node's checkpoints to outside witnesses (C2SP tlog-witness, "add-checkpoint") and keeps what they sign. */
@Singleton
public class OutsideWitnesses {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideWitnesses.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int CONFLICT = 409;

    private final List<OutsideWitness> witnesses;
    private final Journal journal;
    private final JournalTiles tiles;
    private final Cosignatures cosignatures;
    private final HttpClient http;
    private final Map<String, String> problems = new ConcurrentHashMap<>();

    OutsideWitnesses(
            List<OutsideWitness> witnesses,
            Journal journal,
            JournalTiles tiles,
            Cosignatures cosignatures,
            OutboundSettings outbound) {
        this.witnesses = witnesses;
        this.journal = journal;
        this.tiles = tiles;
        this.cosignatures = cosignatures;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(outbound.connectTimeout());
        URI proxy = outbound.proxy();
        if (proxy != null) {
            builder.proxy(ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
        }
        this.http = builder.build();
    }

    /**
     * Where a witness is with this node's journal.
     *
     * @param cosigned entries under its newest cosignature; 0 if there is none
     * @param problem why the last submission failed; null if it did not
     */
    public record Standing(
            String name, long cosigned, @Nullable String problem) {}

    /** Where each witness is. */
    public List<Standing> standings() {
        List<Standing> all = new ArrayList<>();
        for (OutsideWitness witness : witnesses) {
            try {
                all.add(new Standing(
                        witness.name(), cosignatures.newest(witness.verifier().name()), problems.get(witness.name())));
            } catch (VerificationException e) {
                all.add(new Standing(witness.name(), 0, "Its vkey cannot be used: " + e.sentence()));
            }
        }
        return all;
    }

    /** Submits the newest checkpoint to every witness that has not cosigned it. */
    @Scheduled(fixedDelay = "10s", initialDelay = "5s")
    public void submit() {
        for (OutsideWitness witness : witnesses) {
            try {
                submit(witness);
                problems.remove(witness.name());
            } catch (VerificationException e) {
                problem(witness, e.sentence(), e);
            } catch (IOException | EntenteException e) {
                problem(witness, String.valueOf(e.getMessage()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void problem(OutsideWitness witness, String sentence, Exception e) {
        if (!sentence.equals(problems.put(witness.name(), sentence))) {
            LOG.warn("the witness {} has not cosigned: {}", witness.name(), sentence, e);
        }
    }

    private void submit(OutsideWitness witness) throws VerificationException, IOException, InterruptedException {
        NoteVerifier verifier = witness.verifier();
        SignedNote note = journal.latestCheckpoint();
        long size = Checkpoint.parse(note.text()).size();
        long before = cosignatures.newest(verifier.name());
        if (size == 0 || before >= size) {
            return;
        }
        HttpResponse<byte[]> answer = post(witness, before, size, note);
        if (answer.statusCode() == CONFLICT) {
            long actual = size(answer.body());
            if (actual > size) {
                throw new IOException("it has cosigned " + actual + " entries of this journal, which has only " + size);
            }
            answer = post(witness, actual, size, note);
        }
        String body = new String(answer.body(), UTF_8);
        if (answer.statusCode() != 200) {
            throw new IOException("it answers HTTP " + answer.statusCode() + ": "
                    + body.lines().findFirst().orElse(""));
        }
        keep(note, body, verifier);
    }

    private HttpResponse<byte[]> post(OutsideWitness witness, long old, long size, SignedNote note)
            throws IOException, InterruptedException {
        MerkleTree tree = tiles.tree(size);
        List<Hash> proof =
                old == 0 || old == size ? List.of() : tree.consistency(old).path();
        HttpRequest request = HttpRequest.newBuilder(URI.create(witness.url() + "/add-checkpoint"))
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new AddCheckpoint(old, proof, note).encode()))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static long size(byte[] body) throws IOException {
        String text = new String(body, UTF_8).strip();
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new IOException("it answers HTTP 409 without a size");
        }
        return Long.parseLong(text);
    }

    private void keep(SignedNote note, String lines, NoteVerifier verifier) throws VerificationException {
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            signatures.add(NoteSignature.parse(line));
        }
        SignedNote cosigned = new SignedNote(note.text(), signatures);
        for (NoteSignature own : cosigned.verify(List.of(verifier))) {
            cosignatures.add(note, own);
        }
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }
}
