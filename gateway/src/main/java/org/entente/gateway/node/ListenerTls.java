package org.entente.gateway.node;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.annotation.NonNull;
import io.micronaut.http.netty.NettySslContextBuilder;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import io.micronaut.http.server.netty.ssl.NettyServerSslFactory;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.NodeListenerSettings;
import org.entente.gateway.base.OwnKey;
import org.entente.gateway.base.TlsAdmission;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the listeners. Node: TLS 1.3 only, and the caller must present a certificate that some imported card lists.
 * Staff and public: TLS 1.2 or 1.3 with the same server key, without a client certificate.
 */
@Singleton
@Replaces(NettyServerSslFactory.class)
final class ListenerTls extends NettyServerSslFactory {

    private final Provider<KeyRing> keys;
    private final @Nullable TlsAdmission admission;
    private final int nodePort;
    private final Clock clock;

    ListenerTls(Provider<KeyRing> keys, @Nullable TlsAdmission admission, NodeListenerSettings node, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        this.admission = admission;
        this.nodePort = node.port();
    }

    @Override
    public @NonNull NettySslContextBuilder serverBuilder(@NonNull NettyListenerConfiguration listener) {
        return listener.getPort() == nodePort ? new NodeListener() : new OpenListener();
    }

    private SslContextBuilder withOwnKey() {
        return SslContextBuilder.forServer(new OwnKey(() -> keys.get().tlsAt(clock.instant())))
                .sslProvider(SslProvider.JDK);
    }

    private final class NodeListener extends NettySslContextBuilder {
        NodeListener() {
            super(true);
        }

        @Override
        public @NonNull SslContext buildTcp() throws Exception {
            return withOwnKey()
                    .trustManager(new AdmittedCallers(admission == null ? certificate -> false : admission))
                    .protocols(List.of("TLSv1.3"))
                    .clientAuth(ClientAuth.REQUIRE)
                    .build();
        }
    }

    private final class OpenListener extends NettySslContextBuilder {
        OpenListener() {
            super(true);
        }

        @Override
        public @NonNull SslContext buildTcp() throws Exception {
            return withOwnKey().protocols(List.of("TLSv1.3", "TLSv1.2")).build();
        }
    }
}
