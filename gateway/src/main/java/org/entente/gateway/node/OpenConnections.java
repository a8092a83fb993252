package org.entente.gateway.node;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.NonNull;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import org.entente.gateway.base.ClientCertificate;
import org.entente.gateway.base.NodeConnections;

/** Remembers the open TLS connections of this node's listeners, so that a partner's can be closed when its card changes. */
@Singleton
final class OpenConnections implements NodeConnections, BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        NettyServerCustomizer.Registry registry = event.getBean();
        registry.register(new NettyServerCustomizer() {
            @Override
            public @NonNull NettyServerCustomizer specializeForChannel(
                    @NonNull Channel channel, @NonNull ChannelRole role) {
                if (role == ChannelRole.CONNECTION) {
                    connections.add(channel);
                }
                return this;
            }
        });
        return registry;
    }

    @Override
    public int closeWhere(Predicate<X509Certificate> certificate) {
        int closed = 0;
        for (Channel channel : connections) {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls != null
                    && ClientCertificate.of(tls.engine().getSession())
                            .filter(certificate)
                            .isPresent()) {
                channel.close();
                closed++;
            }
        }
        return closed;
    }
}
