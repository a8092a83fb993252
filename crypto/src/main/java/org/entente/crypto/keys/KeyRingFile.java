package org.entente.crypto.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A key ring as a {@link KeyFile}: which alias is which key. */
final class KeyRingFile {
    private static final String SIGNING = "signing";
    private static final String TLS = "tls";
    private static final String JOURNAL = "journal";
    private static final String SEALING = "sealing";
    private static final String NEXT_SIGNING = "next-signing";
    private static final String NEXT_TLS = "next-tls";
    private static final String NEXT_JOURNAL = "next-journal";
    private static final String COMPANION = "post-quantum";
    /** Follows the alias of a journal key in that of its companion. */
    private static final String OF_JOURNAL = "-post-quantum";

    private KeyRingFile() {}

    static KeyRing load(Path file, char[] passphrase, TokenKeys tokens) throws IOException {
        Map<String, CertifiedKey> keys = KeyFile.read(file, passphrase);
        put(keys, SIGNING, tokens.signing());
        put(keys, TLS, tokens.tls());
        put(keys, NEXT_SIGNING, tokens.nextSigning());
        put(keys, NEXT_TLS, tokens.nextTls());
        return new KeyRing(
                entry(keys, SIGNING, file),
                entry(keys, TLS, file),
                new JournalSigning(entry(keys, JOURNAL, file), keys.get(JOURNAL + OF_JOURNAL)),
                keys.get(SEALING),
                keys.get(NEXT_SIGNING),
                keys.get(NEXT_TLS),
                nextJournal(keys),
                keys.get(COMPANION));
    }

    private static @Nullable JournalSigning nextJournal(Map<String, CertifiedKey> keys) {
        CertifiedKey next = keys.get(NEXT_JOURNAL);
        return next == null ? null : new JournalSigning(next, keys.get(NEXT_JOURNAL + OF_JOURNAL));
    }

    private static CertifiedKey entry(Map<String, CertifiedKey> keys, String alias, Path file) throws IOException {
        CertifiedKey key = keys.get(alias);
        if (key == null) {
            throw new IOException("no key named " + alias + " in " + file);
        }
        return key;
    }

    static void store(KeyRing ring, Path file, char[] passphrase) throws IOException {
        Map<String, CertifiedKey> keys = new TreeMap<>(Map.of(SIGNING, ring.signing(), TLS, ring.tls()));
        put(keys, JOURNAL, ring.journalSigning());
        put(keys, SEALING, ring.sealing().orElse(null));
        put(keys, NEXT_SIGNING, ring.nextSigning());
        put(keys, NEXT_TLS, ring.nextTls());
        put(keys, NEXT_JOURNAL, ring.nextJournal());
        put(keys, COMPANION, ring.companion());
        keys.values().removeIf(TokenKeys::isOnToken);
        KeyFile.replace(keys, file, passphrase);
    }

    private static void put(Map<String, CertifiedKey> keys, String alias, @Nullable JournalSigning journal) {
        if (journal != null) {
            put(keys, alias, journal.key());
            put(keys, alias + OF_JOURNAL, journal.companion());
        }
    }

    private static void put(Map<String, CertifiedKey> keys, String alias, @Nullable CertifiedKey key) {
        if (key != null) {
            keys.put(alias, key);
        }
    }
}
