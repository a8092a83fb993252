package org.entente.gateway.base;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** Bodies of any length, some of which fail on the way. */
@Controller(port = Listeners.STAFF, value = "/test/stream")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = CutController.SWITCH)
class CutController {
    static final String SWITCH = "entente.test.streams";

    private final ExecutorService executor;

    /** Bytes that the last body's thread has written so far. */
    final AtomicLong written = new AtomicLong();

    CutController(@Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.executor = executor;
    }

    @Get(value = "/{bytes}/{failsAt}", produces = MediaType.ALL)
    HttpResponse<?> body(long bytes, long failsAt) throws IOException {
        written.set(0);
        byte[] line = "0123456789abcde\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return HttpResponse.ok(BodyStream.begin(executor, out -> {
                    while (written.get() < bytes) {
                        if (written.get() == failsAt) {
                            throw new EntenteException(ErrorCode.UNAVAILABLE, "It fails here.");
                        }
                        out.write(line);
                        written.addAndGet(line.length);
                    }
                }))
                .contentType("text/csv");
    }
}
