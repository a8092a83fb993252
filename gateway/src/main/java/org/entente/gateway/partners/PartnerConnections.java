package org.entente.gateway.partners;

import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.entente.gateway.base.NodeConnections;
import org.entente.gateway.base.OutboundSettings;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP client for each partner, so that connections are never shared between partners. When a partner's cards or pins
 * change, its client is closed with all its connections, and so are those that the partner has opened to us.
 */
@Context // from the start, so that no change of a card is missed
final class PartnerConnections {
    private final NodeTls tls;
    private final OutboundSettings settings;
    private final PartnerDirectory directory;
    private final Provider<NodeConnections> incoming;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

    PartnerConnections(
            NodeTls tls,
            OutboundSettings settings,
            PartnerDirectory directory,
            Revocations revocations,
            Provider<NodeConnections> incoming) {
        this.tls = tls;
        this.settings = settings;
        this.directory = directory;
        this.incoming = incoming;
        directory.onChange(this::close);
        revocations.onNewList(this::renew);
    }

    /** The client for a partner. */
    HttpClient to(String party) {
        return clients.computeIfAbsent(party, this::open);
    }

    /**
     * One permit for each exchange that may be under way with a partner. Without a limit each call of a burst opens a connection of its own, and
     * the handshakes of these, with certificates on both sides, take more of both nodes' time than the exchanges that wait for them.
     */
    Semaphore turns(String party) {
        return turns.computeIfAbsent(party, any -> new Semaphore(settings.exchangesAtOnce(), true));
    }

    private HttpClient open(String party) {
        Supplier<Partner> partner = () -> directory
                .fresh()
                .find(party)
                .orElseThrow(() -> new IllegalStateException(party + " is no partner any more"));
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .sslContext(tls.towards(partner))
                .sslParameters(NodeTls.parameters())
                .proxy(proxy(settings.proxy()))
                .executor(threads)
                .build();
    }

    /** Never the platform's default: where calls go is the node's own setting. */
    private static ProxySelector proxy(@Nullable URI proxy) {
        return proxy == null
                ? HttpClient.Builder.NO_PROXY
                : ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort()));
    }

    /** Lets the next calls go over new connections, whose certificates are judged by the newest lists; those under way end in peace. */
    private void renew() {
        for (String party : List.copyOf(clients.keySet())) {
            HttpClient client = clients.remove(party);
            if (client != null) {
                client.shutdown();
            }
        }
    }

    /** Closes what is open between this node and a partner, in both directions. */
    private void close(String party) {
        HttpClient client = clients.remove(party);
        if (client != null) {
            client.shutdownNow();
        }
        incoming.get()
                .closeWhere(certificate -> directory
                        .fresh()
                        .listing(certificate)
                        .map(partner -> partner.party().equals(party))
                        .orElse(true));
    }

    @PreDestroy
    void closeAll() {
        clients.values().forEach(HttpClient::shutdownNow);
        clients.clear();
        threads.shutdownNow();
    }
}
