package org.entente.gateway.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.DurableFile;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.SaltedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The files of a {@link FolderJournal}: {@code entries} with one line of canonical JSON per entry, {@code checkpoint}, {@code tile/...}
 * and {@code objects/...}. What must not be lost is forced to disk before a method returns.
 */
final class FolderFiles {
    private static final String ENTRIES = "entries";
    private static final String CHECKPOINT = "checkpoint";

    private final Path folder;
    private final FileChannel lockFile;
    private final FileLock lock;

    private FolderFiles(Path folder, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Takes the folder for this process; it is made if it is not there. */
    static FolderFiles lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel file =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(file);
            if (lock == null) {
                file.close();
                throw Guard.refuse("Another command works on the journal in " + folder + ". Wait until it has ended.");
            }
            return new FolderFiles(folder, file, lock);
        } catch (IOException e) {
            throw FolderJournal.unavailable("The folder " + folder + " cannot be used", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path folder() {
        return folder;
    }

    /** An empty journal; refuses one that is there. */
    void begin() throws IOException {
        if (Files.exists(folder.resolve(ENTRIES))) {
            throw Guard.refuse("There is a journal in " + folder + " already.");
        }
        write(folder.resolve(ENTRIES), new byte[0], StandardOpenOption.CREATE_NEW);
        DurableFile.forceFolder(folder);
    }

    /** All entries. A last line that a crash has cut short was never acknowledged and is taken away. */
    List<FolderJournal.Entry> readEntries() throws IOException {
        Path file = folder.resolve(ENTRIES);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw Guard.refuse("There is no journal in " + folder + ".");
        }
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        if (whole < bytes.length) {
            truncate(file, whole);
        }
        List<FolderJournal.Entry> entries = new ArrayList<>();
        for (String line :
                new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList()) {
            entries.add(entry(line, entries.size()));
        }
        return entries;
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
            channel.force(true);
        }
    }

    private static FolderJournal.Entry entry(String line, int index) {
        try {
            JsonNode node = CanonicalJson.parseCanonical(line.getBytes(StandardCharsets.UTF_8));
            if (node.path("index").asLong(-1) != index) {
                throw new IllegalArgumentException("it says that it is " + node.path("index"));
            }
            SortedMap<String, String> attachments = new TreeMap<>();
            node.path("attachments")
                    .properties()
                    .forEach(attachment -> attachments.put(
                            attachment.getKey(), attachment.getValue().asText()));
            return new FolderJournal.Entry(
                    index,
                    node.path("kind").asText(),
                    node.has("subject") ? node.path("subject").asText() : null,
                    Instant.parse(node.path("appended").asText()),
                    SaltedRecord.of(
                            Base64Url.decode(node.path("salt").asText()), CanonicalJson.encode(node.path("record"))),
                    attachments);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw FolderJournal.unavailable("Entry " + index + " of the journal is damaged", e);
        }
    }

    /** Appends an entry; on disk when this returns. A failure leaves the file as it was, as far as the disk lets it. */
    void append(FolderJournal.Entry entry) throws IOException {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("index", entry.index());
        node.put("kind", entry.kind());
        if (entry.subject() != null) {
            node.put("subject", entry.subject());
        }
        node.put("appended", entry.appended().toString());
        node.put("salt", Base64Url.encode(entry.opening().salt()));
        node.set("record", CanonicalJson.parseCanonical(entry.opening().record()));
        ObjectNode attachments = node.putObject("attachments");
        entry.attachments().forEach(attachments::put);
        byte[] line = (new String(CanonicalJson.encode(node), StandardCharsets.UTF_8) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve(ENTRIES);
        long before = Files.size(file);
        try {
            write(file, line, StandardOpenOption.APPEND);
        } catch (IOException e) {
            try {
                truncate(file, before);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** Keeps content under its digest; on disk when this returns. */
    String store(byte[] content) throws IOException {
        String digest = HexFormat.of().formatHex(Digests.sha256(content));
        Path file = object(digest);
        if (!Files.exists(file)) {
            replace(file, content);
        }
        return digest;
    }

    /** Content by its digest. */
    byte[] load(String digest) {
        Path file = object(digest);
        try {
            byte[] content = Files.readAllBytes(file);
            if (HexFormat.of().formatHex(Digests.sha256(content)).equals(digest)) {
                return content;
            }
        } catch (IOException e) {
            throw FolderJournal.unavailable("The journal's file " + file + " is missing", e);
        }
        throw Guard.refuse("The journal's file " + file + " was changed. Restore it.");
    }

    private Path object(String digest) {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw Guard.refuse("An entry names an attachment that is no digest: " + digest + ".");
        }
        return folder.resolve("objects").resolve(digest.substring(0, 2)).resolve(digest.substring(2));
    }

    byte[] readCheckpoint() throws IOException {
        return Files.readAllBytes(folder.resolve(CHECKPOINT));
    }

    void writeCheckpoint(byte[] note) throws IOException {
        replace(folder.resolve(CHECKPOINT), note);
    }

    /** Writes a tile that is not there; refuses one that says something else. Earlier widths of it are taken away. */
    void keepTile(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        if (Files.exists(file)) {
            if (!Arrays.equals(Files.readAllBytes(file), content)) {
                throw Guard.refuse("The tile " + file + " does not fit the journal's entries. Restore the journal.");
            }
            return;
        }
        replace(file, content);
        Optional<Path> partial = Optional.ofNullable(file.getParent())
                .filter(parent -> parent.getFileName().toString().endsWith(".p"));
        Path widths = partial.orElse(file.resolveSibling(file.getFileName() + ".p"));
        if (Files.isDirectory(widths)) {
            try (Stream<Path> earlier = Files.list(widths)) {
                for (Path old : earlier.filter(old -> !old.equals(file)).toList()) {
                    Files.delete(old);
                }
            }
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        DurableFile.write(file, content);
    }

    private static void write(Path file, byte[] content, StandardOpenOption... how) throws IOException {
        List<StandardOpenOption> options = new ArrayList<>(List.of(how));
        options.add(StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options.toArray(StandardOpenOption[]::new))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Gives the folder back; a second time nothing happens. */
    void close() {
        try {
            if (lock.isValid()) {
                lock.release();
            }
            lockFile.close();
        } catch (IOException e) {
            throw FolderJournal.unavailable("The lock of " + folder + " cannot be given back", e);
        }
    }
}
