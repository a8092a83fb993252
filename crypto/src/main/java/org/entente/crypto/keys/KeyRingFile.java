package org.entente.crypto.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A key ring as a {@link KeyFile}: which alias is which key. */
final class KeyRingFile {
    private static final String SIGNING = "signing";
    private static final String TLS = "tls";
    private static final String JOURNAL = "journal";
    private static final String SEALING = "sealing";

    private KeyRingFile() {}

    static KeyRing load(Path file, char[] passphrase) throws IOException {
        Map<String, CertifiedKey> keys = KeyFile.read(file, passphrase);
        return new KeyRing(
                entry(keys, SIGNING, file), entry(keys, TLS, file), entry(keys, JOURNAL, file), keys.get(SEALING));
    }

    private static CertifiedKey entry(Map<String, CertifiedKey> keys, String alias, Path file) throws IOException {
        CertifiedKey key = keys.get(alias);
        if (key == null) {
            throw new IOException("no key named " + alias + " in " + file);
        }
        return key;
    }

    static void store(KeyRing ring, Path file, char[] passphrase) throws IOException {
        Map<String, CertifiedKey> keys =
                new TreeMap<>(Map.of(SIGNING, ring.signing(), TLS, ring.tls(), JOURNAL, ring.journalEntry()));
        ring.sealing().ifPresent(key -> keys.put(SEALING, key));
        KeyFile.replace(keys, file, passphrase);
    }
}
