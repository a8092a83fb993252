package org.entente.gateway.node;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;

/** Lets the test harness initialise a node as the command line does. */
public final class NodeInitAccess {

    private NodeInitAccess() {}

    public static void initialise(ApplicationContext context, Duration validity) {
        context.getBean(NodeInit.class).makeKeys(validity);
    }
}
