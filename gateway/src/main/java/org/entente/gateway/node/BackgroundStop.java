package org.entente.gateway.node;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what runs by schedule before the node's beans close, so that no task finds the database or a partner's client gone. */
@Singleton
final class BackgroundStop implements ApplicationEventListener<ShutdownEvent> {
    private static final long WAIT_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundStop.class);

    private final ExecutorService scheduled;

    BackgroundStop(@Named(TaskExecutors.SCHEDULED) ExecutorService scheduled) {
        this.scheduled = scheduled;
    }

    @Override
    public void onApplicationEvent(ShutdownEvent event) {
        scheduled.shutdown();
        try {
            if (!scheduled.awaitTermination(WAIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("a scheduled task is still busy after {} s and is not waited for", WAIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
