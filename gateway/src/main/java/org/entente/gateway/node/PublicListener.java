package org.entente.gateway.node;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.PublicListenerSettings;

/**
 * Adds the listener for everybody to those of the node, where the settings name a port for it. In the file of defaults it would be opened
 * always, since the framework knows no listener that is off.
 */
@Singleton
@Requires(property = Listeners.PUBLIC_PORT)
final class PublicListener implements BeanCreatedEventListener<NettyHttpServerConfiguration> {
    private final PublicListenerSettings settings;

    PublicListener(PublicListenerSettings settings) {
        this.settings = settings;
    }

    @Override
    public NettyHttpServerConfiguration onCreated(BeanCreatedEvent<NettyHttpServerConfiguration> event) {
        NettyHttpServerConfiguration server = event.getBean();
        NettyListenerConfiguration listener = new NettyListenerConfiguration("public");
        listener.setHost(settings.host());
        listener.setPort(settings.port());
        listener.setSsl(settings.tls());
        listener.setKeyName(ListenerKeys.NAME);
        listener.setExposeDefaultRoutes(false);
        List<NettyListenerConfiguration> all = new ArrayList<>(server.getListeners());
        all.add(listener);
        server.setListeners(all);
        return server;
    }
}
