package org.entente.gateway.access;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.StringJoiner;
import org.entente.gateway.base.StaffListenerSettings;

/**
 * Takes {@code key=} out of an address before anything else sees the address: no route, error, log line, trace or metric can show a key that
 * is not there. It goes on in a request field that a caller cannot set. This happens whether or not the node accepts such keys, since people
 * will try.
 */
@Singleton
final class QueryKeys implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    /** The request field that carries the key from here to {@link KeyAuthentication}. */
    static final String HEADER = "entente-key-of-address";

    private final int staffPort;

    QueryKeys(StaffListenerSettings staff) {
        this.staffPort = staff.port();
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        NettyServerCustomizer.Registry registry = event.getBean();
        registry.register(new Customizer(null));
        return registry;
    }

    private final class Customizer implements NettyServerCustomizer {
        private final @org.jspecify.annotations.Nullable Channel channel;

        Customizer(@org.jspecify.annotations.Nullable Channel channel) {
            this.channel = channel;
        }

        @Override
        public NettyServerCustomizer specializeForChannel(Channel opened, ChannelRole role) {
            return new Customizer(opened);
        }

        @Override
        public void onStreamPipelineBuilt() {
            Channel built = channel;
            if (built != null
                    && built.localAddress() instanceof InetSocketAddress local
                    && local.getPort() == staffPort) {
                built.pipeline()
                        .addAfter(
                                ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "entente-query-key", new Taker());
            }
        }
    }

    /** Rewrites one connection's requests. */
    static final class Taker extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                take(request);
            }
            context.fireChannelRead(message);
        }
    }

    static void take(HttpRequest request) {
        request.headers().remove(HEADER);
        String referer = request.headers().get(HttpHeaderNames.REFERER);
        if (referer != null && !keyOf(referer).isEmpty()) {
            request.headers().remove(HttpHeaderNames.REFERER);
        }
        String key = keyOf(request.uri());
        if (!key.isEmpty()) {
            request.setUri(without(request.uri()));
            request.headers().set(HEADER, key);
        }
    }

    /** The value of the first parameter of that name that has one, or empty. */
    private static String keyOf(String uri) {
        int mark = uri.indexOf('?');
        if (mark >= 0) {
            for (String parameter : uri.substring(mark + 1).split("&", -1)) {
                int equals = parameter.indexOf('=');
                if (equals >= 0 && isKey(parameter.substring(0, equals)) && equals + 1 < parameter.length()) {
                    return decoded(parameter.substring(equals + 1));
                }
            }
        }
        return "";
    }

    private static String without(String uri) {
        int mark = uri.indexOf('?');
        StringJoiner kept = new StringJoiner("&", "?", "").setEmptyValue("");
        for (String parameter : uri.substring(mark + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (!isKey(equals < 0 ? parameter : parameter.substring(0, equals))) {
                kept.add(parameter);
            }
        }
        return uri.substring(0, mark) + kept;
    }

    private static boolean isKey(String name) {
        return decoded(name).equals("key");
    }

    private static String decoded(String text) {
        try {
            String decoded = QueryStringDecoder.decodeComponent(text);
            // A field value holds no control characters; what has some is no key.
            return decoded.chars().allMatch(c -> c > ' ' && c < 127) ? decoded : "?";
        } catch (IllegalArgumentException e) {
            return "?";
        }
    }
}
