package org.entente.gateway.node;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.processor.ExecutableMethodProcessor;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.scheduling.processor.ScheduledMethodProcessor;
import jakarta.inject.Singleton;

/** A command does its own work and ends; what runs by schedule belongs to the serving process. */
@Singleton
@Replaces(ScheduledMethodProcessor.class)
@Requires(property = NoBackgroundWork.BACKGROUND, value = "false")
final class NoBackgroundWork implements ExecutableMethodProcessor<Scheduled> {

    /** Set by {@link NodeContext}: whether beans' scheduled methods run. */
    static final String BACKGROUND = "entente.background";

    @Override
    public void process(BeanDefinition<?> definition, ExecutableMethod<?, ?> method) {
        // Left undone on purpose.
    }
}
