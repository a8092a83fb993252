package org.entente.gateway.evidence.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.partners.CardDocument;

/** An archive that was opened and holds: signature, digests, every entry, the root. Needs no node and no network. */
final class ArchiveReader implements AutoCloseable {
    private static final long MOST_BYTES = 1L << 30;

    private final ZipFile zip;
    private final Manifest manifest;
    private final Map<String, List<CardDocument>> cards;
    private long withoutRecord;

    private ArchiveReader(ZipFile zip, Manifest manifest, Map<String, List<CardDocument>> cards) {
        this.zip = zip;
        this.manifest = manifest;
        this.cards = cards;
    }

    /**
     * Opens and verifies an archive.
     *
     * @param rootFingerprint of the root card of the party whose journal it is, as compared with the party
     * @throws VerificationException naming what does not hold
     */
    static ArchiveReader open(Path file, String rootFingerprint) throws IOException, VerificationException {
        ZipFile zip = new ZipFile(file.toFile());
        boolean holds = false;
        try {
            byte[] signed = read(zip, ArchiveWriter.MANIFEST);
            SignedDocument document = SignedDocument.parse(signed);
            document.verify();
            Manifest manifest = Manifest.parse(document.payload());
            checkDigests(zip, manifest);
            ArchiveReader reader = new ArchiveReader(zip, manifest, cards(zip));
            reader.checkSigner(document, rootFingerprint);
            reader.checkJournal();
            reader.checkBodies();
            holds = true;
            return reader;
        } finally {
            if (!holds) {
                zip.close();
            }
        }
    }

    private static void checkDigests(ZipFile zip, Manifest manifest) throws IOException, VerificationException {
        List<String> names = zip.stream().map(ZipEntry::getName).toList();
        for (String name : names) {
            String stated = manifest.files().get(name);
            if (name.equals(ArchiveWriter.MANIFEST)) {
                continue;
            }
            require(stated != null, "The file " + name + " is not in the archive's manifest.");
            require(ArchiveWriter.digest(read(zip, name)).equals(stated), "The file " + name + " was changed.");
        }
        require(names.size() == manifest.files().size() + 1, "A file that the manifest names is missing.");
    }

    private static Map<String, List<CardDocument>> cards(ZipFile zip) throws IOException, VerificationException {
        Map<String, List<CardDocument>> chains = new TreeMap<>();
        JsonNode node = CanonicalJson.parseStrict(read(zip, "cards.json"));
        for (Map.Entry<String, JsonNode> party : node.properties()) {
            List<CardDocument> chain = new ArrayList<>();
            for (JsonNode json : party.getValue()) {
                CardDocument card = CardDocument.parse(CanonicalJson.encode(json));
                if (!chain.isEmpty()) {
                    card.checkFollows(chain.getLast());
                }
                chain.add(card);
            }
            chains.put(party.getKey(), chain);
        }
        return chains;
    }

    private void checkSigner(SignedDocument document, String rootFingerprint) throws VerificationException {
        List<CardDocument> chain = cards.getOrDefault(manifest.party(), List.of());
        require(!chain.isEmpty(), "The archive lacks the cards of " + manifest.party() + ".");
        String found = chain.getFirst().fingerprint().toString();
        require(
                found.equals(rootFingerprint),
                "The root card of " + manifest.party() + " has the fingerprint " + found + ", not " + rootFingerprint
                        + ".");
        byte[] signer = Certificates.sha256(document.signatures().getFirst().certificate());
        boolean own = chain.stream()
                .flatMap(card -> card.card().signing().stream())
                .anyMatch(key -> java.util.Arrays.equals(Certificates.sha256(key.certificate()), signer));
        require(own, "The archive is not signed by a key on the cards of " + manifest.party() + ".");
    }

    /** Grows the tree from its edge at the first entry to the root that the journal's key has signed. */
    private void checkJournal() throws IOException, VerificationException {
        JsonNode tiles = CanonicalJson.parseStrict(read(zip, "journal/edge.json"));
        RightEdge edge;
        try {
            edge = RightEdge.load(manifest.first(), id -> tile(tiles, id));
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "The edge of the tree cannot be read.", e);
        }
        for (String name : journalFiles()) {
            List<Hash> leaves = new ArrayList<>();
            for (ArchivedEntry entry : entries(name)) {
                require(
                        entry.index() == edge.size() + leaves.size(),
                        "Entry " + (edge.size() + leaves.size()) + " is missing.");
                if (entry.checked() == null) {
                    withoutRecord++;
                }
                leaves.add(entry.leafHash());
            }
            edge = edge.append(leaves).edge();
        }
        Checkpoint signed = checkpoint();
        require(
                edge.size() == manifest.end()
                        && signed.size() == manifest.end()
                        && edge.root().equals(signed.root()),
                "The entries do not lead to the root that the journal's key has signed.");
    }

    private Checkpoint checkpoint() throws IOException, VerificationException {
        byte[] note = read(zip, "journal/checkpoint");
        // the journal's key may have changed since
        List<ListedKey> history = cards.getOrDefault(manifest.party(), List.of()).stream()
                .map(card -> card.card().journal())
                .filter(listed -> listed.key().name().equals(manifest.origin()))
                .toList();
        if (history.isEmpty()) {
            throw new VerificationException(
                    Reason.KEY_UNKNOWN, "No card in the archive names the journal " + manifest.origin() + ".");
        }
        return JournalKeys.of(history).open(SignedNote.parse(note), List.of()).checkpoint();
    }

    private static byte[] tile(JsonNode tiles, TileId id) {
        return Base64Url.decode(tiles.path(String.valueOf(id.level())).asText());
    }

    private void checkBodies() throws IOException, VerificationException {
        for (String name : manifest.files().keySet()) {
            if (name.startsWith("bodies/")) {
                String digest = HexFormat.of().formatHex(Digests.sha256(read(zip, name)));
                require(name.equals("bodies/" + digest), "The body " + name + " is another one.");
            }
        }
    }

    private static void require(boolean holds, String otherwise) throws VerificationException {
        if (!holds) {
            throw new VerificationException(Reason.PROOF_INVALID, otherwise);
        }
    }

    private static byte[] read(ZipFile zip, String name) throws IOException, VerificationException {
        ZipEntry entry = zip.getEntry(name);
        require(entry != null, "The archive lacks the file " + name + ".");
        require(entry.getSize() >= 0 && entry.getSize() <= MOST_BYTES, "The file " + name + " is too large.");
        try (var in = zip.getInputStream(entry)) {
            return in.readNBytes((int) entry.getSize());
        }
    }

    /** What the archive says of itself. */
    Manifest manifest() {
        return manifest;
    }

    /** Entries whose salt and record were deleted, or lost, before the archive was made. */
    long withoutRecord() {
        return withoutRecord;
    }

    /** Names of the files with entries, in their order. */
    List<String> journalFiles() {
        return manifest.files().keySet().stream()
                .filter(name -> name.startsWith("journal/entries-"))
                .toList();
    }

    List<ArchivedEntry> entries(String name) throws IOException, VerificationException {
        List<ArchivedEntry> entries = new ArrayList<>();
        for (String line :
                new String(read(zip, name), StandardCharsets.UTF_8).lines().toList()) {
            entries.add(ArchivedEntry.parse(line));
        }
        return entries;
    }

    /** A file's bytes. */
    byte[] file(String name) throws IOException, VerificationException {
        return read(zip, name);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
