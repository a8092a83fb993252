package org.entente.gateway.node.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.entente.crypto.Base64Url;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.Tiles;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.message.Headers;
import org.entente.gateway.evidence.EvidenceFile;
import org.entente.gateway.journal.JournalTiles;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.Treaties;

/** What the demonstration leaves behind for inspection with public tools. */
final class DemoFiles {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;

    DemoFiles(Path folder) {
        this.folder = folder;
    }

    void empty() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path put(String name, byte[] content) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    void write(DemoNode phl, DemoNode ita, String agreement, UUID exchange, Path evidence) {
        put("agreement.jws.json", phl.bean(Treaties.class).signedDocument(agreement));
        put("trust.pem", trust(phl, ita).getBytes(StandardCharsets.UTF_8));
        put("exchange.json", exchange(phl, ita, evidence));
        journal(phl);
        put("README.txt", readme(phl, ita, exchange).getBytes(StandardCharsets.UTF_8));
    }

    /** The certificates that everything signed here leads to; all are self-signed, so each is its own anchor. */
    private static String trust(DemoNode... nodes) {
        StringBuilder pem = new StringBuilder();
        for (DemoNode node : nodes) {
            List<X509Certificate> anchors = new ArrayList<>();
            anchors.add(node.officer().certificate());
            Card card = node.bean(NodeIdentity.class).card();
            card.signing().forEach(key -> anchors.add(key.certificate()));
            pem.append(Certificates.toPem(anchors));
        }
        return pem.toString();
    }

    /** The two signed messages as they crossed the wire, with the public keys that their key ids name. */
    private static byte[] exchange(DemoNode phl, DemoNode ita, Path evidence) {
        try {
            EvidenceFile file = EvidenceFile.parse(Files.readAllBytes(evidence));
            ObjectNode root = MAPPER.createObjectNode();
            ObjectNode keys = root.putObject("keys");
            for (DemoNode node : List.of(phl, ita)) {
                NodeIdentity identity = node.bean(NodeIdentity.class);
                Card.Signing key = identity.card().signing().getFirst();
                keys.putObject(identity.keyid())
                        .put("alg", key.algorithm().httpName())
                        .put("pem", Certificates.toPem(key.certificate().getPublicKey()));
            }
            ObjectNode request = root.putObject("request");
            request.put("method", file.request().method())
                    .put("url", file.request().url());
            headers(request.putObject("headers"), file.request().headers());
            request.put("bodyBase64", standard(file.request().body()));
            ObjectNode response = root.putObject("response");
            response.put("status", file.response().status());
            headers(response.putObject("headers"), file.response().headers());
            // Nothing of the demonstration is deleted before it ends.
            response.put(
                    "bodyBase64",
                    standard(java.util.Objects.requireNonNull(file.response().body())));
            return MAPPER.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (org.entente.crypto.VerificationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void headers(ObjectNode node, List<List<String>> lines) {
        Headers.Builder all = Headers.builder();
        lines.forEach(line -> all.add(line.get(0), line.get(1)));
        Headers headers = all.build();
        headers.all()
                .forEach(field ->
                        node.put(field.name(), headers.get(field.name()).orElse("")));
    }

    private static String standard(String base64url) {
        return Base64.getEncoder().encodeToString(Base64Url.decode(base64url));
    }

    /** PHL's public journal as anybody can fetch it: key, newest checkpoint, and every tile of that size. */
    private void journal(DemoNode phl) {
        JournalTiles tiles = phl.bean(JournalTiles.class);
        SignedNote note = tiles.checkpoint().orElseThrow();
        put("journal/vkey", (phl.bean(NodeIdentity.class).card().journalKey() + "\n").getBytes(StandardCharsets.UTF_8));
        put("journal/checkpoint", note.encode());
        long size;
        try {
            size = Checkpoint.parse(note.text()).size();
        } catch (org.entente.crypto.VerificationException e) {
            throw new IllegalStateException(e);
        }
        for (int level = 0; Tiles.hashesAt(level, size) > 0; level++) {
            long count = (Tiles.hashesAt(level, size) + TileId.FULL_WIDTH - 1) / TileId.FULL_WIDTH;
            for (long index = 0; index < count; index++) {
                TileId id = new TileId(level, index, Tiles.width(level, index, size));
                put("journal/" + id.path(), tiles.tile(id).orElseThrow());
                if (level == 0) {
                    put("journal/" + id.entriesPath(), tiles.entries(id).orElseThrow());
                }
            }
        }
    }

    private static String readme(DemoNode phl, DemoNode ita, UUID exchange) {
        return """
                What this folder holds, and how to check it with tools that are not ours
                =========================================================================

                agreement.jws.json     the agreement with both officers' signatures: JWS general JSON (RFC 7515) whose payload is
                                       canonical JSON (RFC 8785), with the headers of JAdES-BASELINE-B. Any JAdES validator takes
                                       it with trust.pem as its anchors, for example the EU's DSS. The text alone:
                                         jq -r .payload agreement.jws.json | tr '_-' '/+' | base64 -d 2>/dev/null
                trust.pem              the officers' and nodes' signing certificates. They are self-signed: each is its own anchor.
                                         openssl storeutl -noout -text -certs trust.pem
                exchange.json          request and answer of exchange %1$s
                                       exactly as they were sent, with the public keys by keyid, for any verifier of HTTP message
                                       signatures (RFC 9421). The content digest (RFC 9530):
                                         jq -r .response.bodyBase64 exchange.json | base64 -d | openssl dgst -sha256 -binary | base64
                                         jq -r '.response.headers["content-digest"]' exchange.json
                %1$s.evidence.json
                                       the evidence of that exchange:
                                         java -jar gateway/target/entente.jar verify FILE \\
                                           --root PHL=%2$s \\
                                           --root ITA=%3$s
                crisis/                the evidence of the crisis pack that was opened while Italy's gateway was down; verify it
                                       in the same way
                journal/               the Philippines' public journal as C2SP tlog-tiles: vkey, checkpoint, tile/... Any tool for such
                                       logs reads it. The number of entries and the root:
                                         sed -n 2,3p journal/checkpoint
                regional-profile.zip   the regional profile with the evidence behind it: entente profile verify
                nodes/                 configuration and home directories of the five nodes. For trying commands: staff/NAME
                                       is the password file of a member of staff (--as NAME --password-file FILE), officer.p12
                                       the officer's key with its passphrase in officer.password
                """.formatted(exchange, phl.fingerprint(), ita.fingerprint());
    }
}
