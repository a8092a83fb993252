package org.entente.gateway.evidence.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.CertifiedKey;

/**
 * Writes the files of an archive into a ZIP that is the same, byte for byte, whenever and wherever it is written: stored without
 * compression, in the order in which they come, with one fixed time.
 */
final class ArchiveWriter implements AutoCloseable {
    static final String MANIFEST = "manifest.jws";

    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final SortedMap<String, String> digests = new TreeMap<>();

    ArchiveWriter(OutputStream out) {
        this.zip = new ZipOutputStream(out);
    }

    void add(String name, byte[] content) throws IOException {
        if (digests.put(name, digest(content)) != null) {
            throw new IllegalArgumentException("two files named " + name);
        }
        write(name, content);
    }

    boolean has(String name) {
        return digests.containsKey(name);
    }

    SortedMap<String, String> digests() {
        return new TreeMap<>(digests);
    }

    /** Signs the manifest, which closes the archive. ECDSA as it is done here is deterministic (RFC 6979). */
    void finish(Manifest manifest, CertifiedKey key, Instant at) throws IOException {
        byte[] payload = manifest.encode();
        write(MANIFEST, new SignedDocument(payload, List.of(SignedDocument.sign(payload, "json", key, at))).toJson());
        zip.finish();
    }

    private void write(String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    static String digest(byte[] content) {
        return Base64Url.encode(Digests.sha256(content));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
