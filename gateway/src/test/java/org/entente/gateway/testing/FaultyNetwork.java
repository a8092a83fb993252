package org.entente.gateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The network before a node: forwards TCP connections byte by byte (TLS passes through untouched), and while it is rough gives each connection a
 * fault drawn from a seed.
 */
public final class FaultyNetwork implements AutoCloseable {
    private static final int MOST_BYTES = 40_000;
    private static final int LONGEST_DELAY_MILLIS = 150;

    /** What befalls a connection. */
    public enum Fault {
        /** Every piece waits before it goes on, and after many bytes both ends are reset. */
        DELAY,
        /** Both ends are reset after some bytes. */
        CUT,
        /** After some bytes nothing passes any more, and nobody is told. */
        HALF_OPEN
    }

    private final ServerSocket listening;
    private final int target;
    private final Random random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Fault> deck = new ArrayList<>();
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private volatile boolean rough;
    private volatile boolean closed;

    /** Forwards to a port of this machine from one of its own. */
    public FaultyNetwork(int target, long seed) {
        this.target = target;
        this.random = new Random(seed);
        try {
            listening = new ServerSocket(Ports.free(), 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError("no port for the network", e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The port under which the node is reached. */
    public int port() {
        return listening.getLocalPort();
    }

    /** From now on connections have faults, or none; those that are open end. */
    public void rough(boolean now) {
        rough = now;
        open.forEach(FaultyNetwork::reset);
    }

    /** How many connections had which fault. */
    public Map<Fault, Integer> faults() {
        synchronized (faults) {
            return new EnumMap<>(faults);
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = listening.accept();
                Socket far = new Socket();
                open.add(near);
                open.add(far);
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                forward(near, far);
            } catch (IOException e) {
                // The node is down, or this network is closed: whoever called finds the connection gone.
            }
        }
    }

    private void forward(Socket near, Socket far) {
        Fault fault;
        long bytes;
        synchronized (faults) {
            fault = rough ? draw() : null;
            bytes = random.nextInt(MOST_BYTES) * (fault == Fault.DELAY ? 4L : 1L);
        }
        AtomicLong left = new AtomicLong(bytes);
        Thread.ofVirtual().start(() -> pipe(near, far, fault, left));
        Thread.ofVirtual().start(() -> pipe(far, near, fault, left));
    }

    /** Each fault comes once before one comes again, so that few connections have them all. */
    private Fault draw() {
        if (deck.isEmpty()) {
            deck.addAll(List.of(Fault.values()));
            Collections.shuffle(deck, random);
        }
        Fault drawn = deck.removeLast();
        faults.merge(drawn, 1, Integer::sum);
        return drawn;
    }

    private void pipe(Socket from, Socket to, @Nullable Fault fault, AtomicLong left) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (fault == Fault.DELAY) {
                    Thread.sleep(delay());
                }
                boolean spent = left.addAndGet(-read) < 0;
                if (spent && (fault == Fault.CUT || fault == Fault.DELAY)) {
                    reset(from);
                    reset(to);
                    return;
                }
                if (!(spent && fault == Fault.HALF_OPEN)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int delay() {
        synchronized (faults) {
            return random.nextInt(LONGEST_DELAY_MILLIS);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listening.close();
        open.forEach(FaultyNetwork::reset);
    }
}
