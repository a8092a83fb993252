package org.entente.crypto.journal;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A verifier that does not verify again what it has just found good: all entries of one batch are proved by the same checkpoint, so its
 * signature comes many times in a row. Only good signatures are remembered, by text and signature bytes together. Thread-safe.
 */
public final class RememberingVerifier implements NoteVerifier {
    private static final int REMEMBERED = 256;

    private final NoteVerifier verifier;
    private final Set<ByteBuffer> good = Collections.newSetFromMap(Collections.synchronizedMap(new Recent()));

    /** @param verifier what verifies a signature that comes for the first time */
    public RememberingVerifier(NoteVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public String name() {
        return verifier.name();
    }

    @Override
    public int keyId() {
        return verifier.keyId();
    }

    @Override
    public boolean verify(byte[] text, byte[] signature) {
        ByteBuffer both = ByteBuffer.allocate(Integer.BYTES + signature.length + text.length)
                .putInt(signature.length)
                .put(signature)
                .put(text)
                .flip();
        if (good.contains(both)) {
            return true;
        }
        boolean holds = verifier.verify(text, signature);
        if (holds) {
            good.add(both);
        }
        return holds;
    }

    private static final class Recent extends LinkedHashMap<ByteBuffer, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
