package org.entente.gateway.node;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeListenerSettings;

/** At start-up, calls the node's own partner port in plain HTTP. If anything answers, the node does not start. */
@Singleton
final class PlainTextProbe {

    private static final int WAIT_MILLIS = 2_000;

    private final NodeListenerSettings node;

    PlainTextProbe(NodeListenerSettings node) {
        this.node = node;
    }

    /** Refuses a node port that speaks without TLS, with {@code plain-text-refused}. */
    void requireTls() {
        if (answersPlainText()) {
            throw new EntenteException(
                    ErrorCode.PLAIN_TEXT_REFUSED,
                    "The node port " + node.port() + " answers plain HTTP, so its TLS is not in force; the node does"
                            + " not start. The log says why its TLS context did not load.");
        }
    }

    private boolean answersPlainText() {
        try (Socket socket = new Socket()) {
            InetAddress address = InetAddress.getByName(node.host());
            socket.connect(
                    new InetSocketAddress(
                            address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, node.port()),
                    WAIT_MILLIS);
            socket.setSoTimeout(WAIT_MILLIS);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // Refused, reset or closed without a byte: nobody talks plain text there.
            return false;
        }
    }
}
