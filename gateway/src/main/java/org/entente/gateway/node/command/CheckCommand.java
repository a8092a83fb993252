package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.StaffListenerSettings;
import org.entente.gateway.node.NodeServer;
import org.entente.gateway.node.OneCertificate;
import picocli.CommandLine.Command;

/** Starts the node, asks after its health and stops it again. */
@Command(
        name = "check",
        description = "Starts the node, asks after its health and stops it. For trying settings before `serve`.",
        footer = {"", "Exit codes: 0 it serves and is healthy, 1 it does not, 2 wrong usage."})
final class CheckCommand extends NodeCommand {

    @Override
    boolean serves() {
        return true;
    }

    @Override
    int run(ApplicationContext node) throws IOException, InterruptedException, GeneralSecurityException {
        node.getBean(NodeServer.class).start();
        StaffListenerSettings staff = node.getBean(StaffListenerSettings.class);
        HttpClient.Builder client = HttpClient.newBuilder();
        if (staff.tls()) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null,
                    new TrustManager[] {
                        new OneCertificate(node.getBean(KeyRing.class)
                                .tlsAt(node.getBean(Clock.class).instant())
                                .certificate())
                    },
                    null);
            client.sslContext(context);
        }
        String host = staff.host().equals("0.0.0.0") ? "127.0.0.1" : staff.host();
        URI health = URI.create((staff.tls() ? "https" : "http") + "://" + host + ":" + staff.port() + "/health");
        try (HttpClient http = client.build()) {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
            out().println(answer.body());
            return answer.statusCode() == 200 ? 0 : 1;
        } finally {
            node.getBean(NodeServer.class).stop();
        }
    }
}
