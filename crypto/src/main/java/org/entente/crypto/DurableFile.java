package org.entente.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Files that a crash or a power cut leaves either as they were or as they were to become: written under another name, forced to disk, renamed,
 * and the folder forced to disk, since a name is the folder's.
 */
public final class DurableFile {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private DurableFile() {}

    /**
     * Writes a file as a whole, in place of one that is there; on disk, under its name, when this returns. One at a time for each file.
     *
     * @throws IOException if that fails; the file is what it was before
     */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, new FileAttribute<?>[0]);
    }

    /**
     * The same for a file that only its owner may read, from its first byte on.
     *
     * @throws IOException if that fails; the file is what it was before
     */
    public static void writeSecret(Path file, byte[] content) throws IOException {
        write(
                file,
                content,
                POSIX
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0]);
    }

    private static void write(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, attributes);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        replace(unfinished, file);
    }

    /**
     * Lets a file that is on disk take the name of another one in the same folder.
     *
     * @throws IOException if that fails; either both files are what they were, or the rename may not outlast a power cut
     */
    public static void replace(Path fresh, Path file) throws IOException {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    /**
     * Makes the names in a folder durable; a system that cannot open a folder (Windows) does that with each file.
     *
     * @throws IOException if that fails
     */
    public static void forceFolder(Path folder) throws IOException {
        if (!POSIX) {
            return;
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
