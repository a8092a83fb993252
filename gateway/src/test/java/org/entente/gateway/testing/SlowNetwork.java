package org.entente.gateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network before a node: forwards TCP connections, and while it is slow holds back every first byte of a connection for a while. */
public final class SlowNetwork implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Duration hold = Duration.ZERO;
    private volatile boolean closed;

    /** Forwards to a port of this machine from one of its own. */
    public SlowNetwork(int target) {
        this.target = target;
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

    /** From now on, connections wait for this long before anything passes; those that are open are cut. */
    public void hold(Duration time) {
        hold = time;
        open.forEach(SlowNetwork::cut);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = listening.accept();
                open.add(near);
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void connect(Socket near) {
        try {
            Thread.sleep(hold);
            Socket far = new Socket();
            open.add(far);
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            Thread.ofVirtual().start(() -> pipe(near, far));
            pipe(far, near);
        } catch (IOException e) {
            cut(near);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut(near);
        }
    }

    private static void pipe(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 14];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One end is gone, and then so is the other.
        }
        cut(from);
        cut(to);
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            // It is gone.
        }
        open.forEach(SlowNetwork::cut);
    }
}
