package org.entente.gateway.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A disk that loses what was not synced when a process is killed, as a power cut has it: SIGKILL alone does not, since the page cache outlives
 * the process. A library preloaded into the process keeps what each write replaces until the file is synced.
 */
public final class ForgetfulDisk {
    private final Path root;
    private final Path undo;
    private final Path library;

    /**
     * Compiles the library.
     *
     * @param root directory whose files forget
     */
    public ForgetfulDisk(Path root) throws IOException, InterruptedException {
        this.root = root.toAbsolutePath();
        this.undo = Files.createTempDirectory(root.toAbsolutePath().getParent(), "undo");
        this.library = undo.resolveSibling(undo.getFileName() + ".so");
        Path source = Path.of("src/test/resources/unsynced/unsynced.c").toAbsolutePath();
        Process compiler = new ProcessBuilder(
                        "cc",
                        "-shared",
                        "-fPIC",
                        "-O2",
                        "-o",
                        library.toString(),
                        source.toString(),
                        "-ldl",
                        "-lpthread")
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.waitFor() != 0) {
            throw new IOException("the library was not compiled: " + said);
        }
    }

    /** Whether there is a compiler for the library. */
    public static boolean hasCompiler() {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "cc")));
    }

    /** The environment of the process that writes to this disk. */
    public Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "UNSYNCED_ROOT", root + "/", "UNSYNCED_UNDO", undo.toString());
    }

    /** The environment of a process that writes down, in order, what it writes, syncs and renames on this disk; nothing is forgotten. */
    public Map<String, String> recording(Path log) {
        return Map.of(
                "LD_PRELOAD", library.toString(), "UNSYNCED_ROOT", root.toString(), "UNSYNCED_LOG", log.toString());
    }

    /** One write that was not synced: what was there before it. */
    private record Piece(Path file, long size, long at, byte[] old) {}

    /**
     * Takes back every write since the last sync of its file; to be called when the process is dead.
     *
     * @return how many writes were lost
     */
    public int forget() throws IOException {
        int lost = 0;
        List<Path> files;
        try (Stream<Path> kept = Files.list(undo)) {
            files = kept.toList();
        }
        for (Path kept : files) {
            List<Piece> pieces = pieces(kept);
            lost += pieces.size();
            for (Piece piece : pieces.reversed()) {
                if (Files.exists(piece.file())) {
                    putBack(piece);
                }
            }
            Files.delete(kept);
        }
        return lost;
    }

    private static List<Piece> pieces(Path kept) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(kept)).order(ByteOrder.nativeOrder());
        List<Piece> pieces = new ArrayList<>();
        while (bytes.remaining() >= 4 * Long.BYTES) {
            long size = bytes.getLong();
            long at = bytes.getLong();
            int length = Math.toIntExact(bytes.getLong());
            byte[] path = new byte[Math.toIntExact(bytes.getLong())];
            byte[] old = new byte[length];
            if (bytes.remaining() < path.length + length) {
                // The process was killed while it kept this piece, so it had not written yet.
                break;
            }
            bytes.get(path).get(old);
            pieces.add(new Piece(Path.of(new String(path, StandardCharsets.UTF_8)), size, at, old));
        }
        return pieces;
    }

    private static void putBack(Piece piece) throws IOException {
        try (FileChannel file = FileChannel.open(piece.file(), StandardOpenOption.WRITE)) {
            ByteBuffer old = ByteBuffer.wrap(piece.old());
            while (old.hasRemaining()) {
                file.write(old, piece.at() + old.position());
            }
            if (file.size() > piece.size()) {
                file.truncate(piece.size());
            }
        }
    }
}
