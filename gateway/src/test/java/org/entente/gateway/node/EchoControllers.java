package org.entente.gateway.node;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Optional;
import org.entente.gateway.base.ClientCertificate;
import org.entente.gateway.base.Listeners;

/** Routes that say what reached them, one set on each listener. */
final class EchoControllers {

    private EchoControllers() {}

    record Message(String text) {}

    private static String said(HttpRequest<?> request) {
        return request.getUri().getRawPath() + " ? " + request.getUri().getRawQuery() + " "
                + Thread.currentThread().isVirtual() + " "
                + ClientCertificate.of(request)
                        .map(c -> c.getSubjectX500Principal().getName())
                        .orElse("-");
    }

    @Controller(port = Listeners.NODE, value = "/echo-node")
    @Requires(property = "echo")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @ExecuteOn(TaskExecutors.BLOCKING)
    static class OnNode {
        @Get(value = "{/rest:.*}", produces = MediaType.ALL)
        String get(HttpRequest<?> request, Optional<String> rest) {
            return said(request);
        }
    }

    @Controller(port = Listeners.STAFF, value = "/echo-staff")
    @Requires(property = "echo")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @ExecuteOn(TaskExecutors.BLOCKING)
    static class OnStaff {
        @Get(value = "{/rest:.*}", produces = MediaType.ALL)
        String get(HttpRequest<?> request, Optional<String> rest) {
            if (request.getPath().endsWith("/boom")) {
                throw new IllegalStateException("secret inner state");
            }
            return said(request);
        }

        @Post(consumes = MediaType.APPLICATION_JSON)
        Message post(@Body Message message) {
            return message;
        }
    }
}
