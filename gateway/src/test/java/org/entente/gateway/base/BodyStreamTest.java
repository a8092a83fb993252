package org.entente.gateway.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bodies that are written while they are sent, over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyStreamTest {
    private static final long LONG = 64L << 20;

    private final TestNode node =
            TestNode.plan("ITA").property(CutController.SWITCH, true).start();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterAll
    void stop() {
        node.close();
    }

    private HttpRequest request(long bytes, long failsAt) {
        return HttpRequest.newBuilder(URI.create(node.staff() + "/test/stream/" + bytes + "/" + failsAt))
                .build();
    }

    @Test
    void aShortBodyHasItsLengthAndALongOneIsSentInPieces() throws Exception {
        HttpResponse<byte[]> small = http.send(request(1 << 10, -1), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals("1024", small.headers().firstValue("content-length").orElse(""));
        for (long size : new long[] {BodyStream.PIECE, BodyStream.PIECE + 16, LONG}) {
            HttpResponse<byte[]> large = http.send(request(size, -1), HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(200, large.statusCode());
            assertEquals(size, large.body().length);
        }
    }

    @Test
    void whatFailsBeforeTheFirstByteIsAnErrorOfItsOwn() throws Exception {
        HttpResponse<String> refused = http.send(request(LONG, 1024), HttpResponse.BodyHandlers.ofString());
        assertEquals(503, refused.statusCode());
        assertTrue(refused.body().contains("It fails here."), refused.body());
    }

    @Test
    void whatFailsLaterCutsTheConnectionInsteadOfLookingComplete() {
        assertThrows(
                IOException.class, () -> http.send(request(LONG, 16 << 20), HttpResponse.BodyHandlers.ofByteArray()));
    }

    @Test
    void theWriterIsNeverFarAheadOfTheSocketAndStopsWhenNobodyReads() throws Exception {
        CutController controller = node.bean(CutController.class);
        try (Socket socket = new Socket("127.0.0.1", node.staff().getPort())) {
            socket.setReceiveBufferSize(1 << 16);
            socket.getOutputStream()
                    .write(("GET /test/stream/" + (1L << 40) + "/-1 HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            in.readNBytes(1 << 20);
            long before;
            do {
                before = controller.written.get();
                Thread.sleep(300);
            } while (controller.written.get() != before);
            // What the kernel buffers for both ends of the connection, a few pieces, and no more.
            assertTrue(before < 48L << 20, "written " + before);
        }
        Corridor.await(() -> {
            long now = controller.written.get();
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return now == controller.written.get();
        });
        assertFalse(Thread.currentThread().isInterrupted());
    }
}
