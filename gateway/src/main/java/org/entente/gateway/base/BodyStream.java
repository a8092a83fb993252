package org.entente.gateway.base;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response body that is written by a blocking thread while it is sent. The thread is at most one piece ahead of the socket, so the body
 * takes the same memory whatever its length. What is short enough for one piece is known as a whole before the response begins; and a
 * failure before the first piece is the caller's to answer, while one after it cuts the connection, so that nobody takes a part for the whole.
 */
public final class BodyStream {
    /** Bytes of one piece. */
    static final int PIECE = 1 << 17;

    private static final Logger LOG = LoggerFactory.getLogger(BodyStream.class);

    /** How long the thread waits for a receiver that takes nothing. */
    private static final long PATIENCE_SECONDS = 300;

    /** What is to be written. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything; the stream is flushed and closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Whoever takes the pieces. */
    interface Receiver {
        void piece(byte[] bytes);

        void complete();

        void failed(Throwable why);
    }

    private final CountDownLatch begun = new CountDownLatch(1);
    private final Semaphore wanted = new Semaphore(0);
    private final CountDownLatch connected = new CountDownLatch(1);
    private volatile byte @Nullable [] whole;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Receiver receiver;
    private volatile boolean cancelled;
    private boolean flowing;

    private BodyStream() {}

    /**
     * Begins to write, and returns when there is a first piece or the whole.
     *
     * @param executor runs the writing thread
     * @throws RuntimeException what the content threw before its first piece was full
     * @throws IOException likewise
     */
    public static BodyStream begin(Executor executor, Content content) throws IOException {
        BodyStream stream = new BodyStream();
        executor.execute(() -> stream.run(content));
        try {
            stream.begun.await();
        } catch (InterruptedException e) {
            stream.cancel();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Throwable failure = stream.failure;
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        return stream;
    }

    /** The whole body, if it fitted into one piece. */
    public Optional<byte[]> whole() {
        return Optional.ofNullable(whole);
    }

    private void run(Content content) {
        Pieces out = new Pieces();
        try {
            content.writeTo(out);
            out.end();
        } catch (Throwable e) { // whatever it is, the receiver must not wait for ever or believe that this was all
            end(e);
        }
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private void end(Throwable e) {
        if (!flowing) {
            failure = e;
            begun.countDown();
            return;
        }
        Receiver taking = receiver;
        if (!cancelled) {
            LOG.warn("a response was cut off", e);
            if (taking != null) {
                taking.failed(e);
            }
        }
    }

    void connect(Receiver taking) {
        receiver = taking;
        connected.countDown();
    }

    /** Lets so many more pieces through. */
    void want(long pieces) {
        wanted.release((int) Math.min(1 << 20, pieces));
    }

    void cancel() {
        cancelled = true;
        connected.countDown();
        wanted.release(1 << 20);
    }

    private final class Pieces extends OutputStream {
        private byte[] piece = new byte[PIECE];
        private int size;

        @Override
        public void write(int b) throws IOException {
            if (size == piece.length) {
                send();
            }
            piece[size++] = (byte) b;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int at = from;
            int left = length;
            while (left > 0) {
                if (size == piece.length) {
                    send();
                }
                int part = Math.min(left, piece.length - size);
                System.arraycopy(bytes, at, piece, size, part);
                size += part;
                at += part;
                left -= part;
            }
        }

        private void send() throws IOException {
            flowing = true;
            begun.countDown();
            Receiver taking = awaitRoom();
            taking.piece(size == piece.length ? piece : Arrays.copyOf(piece, size));
            piece = new byte[PIECE];
            size = 0;
        }

        private Receiver awaitRoom() throws IOException {
            try {
                boolean inTime = connected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        && wanted.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
                Receiver taking = receiver;
                if (cancelled || !inTime || taking == null) {
                    cancelled = cancelled || taking == null;
                    throw new IOException("the receiver takes no more");
                }
                return taking;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        void end() throws IOException {
            if (!flowing) {
                whole = Arrays.copyOf(piece, size);
                begun.countDown();
                return;
            }
            if (size > 0) {
                send();
            }
            Receiver taking = receiver;
            if (taking != null) {
                taking.complete();
            }
        }
    }
}
