package org.entente.gateway.operations;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.entente.gateway.base.NodeHome;

/** Whether the home directory can still be written to: the journal's anchor stands there. */
@Singleton
final class DiskHealth implements HealthCheck {

    private static final long LOW_BYTES = 1L << 30;
    private static final long TOO_LOW_BYTES = 64L << 20;

    private final NodeHome home;

    DiskHealth(NodeHome home) {
        this.home = home;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public Finding look() {
        try {
            long free = Files.getFileStore(home.directory()).getUsableSpace();
            Status status = free < TOO_LOW_BYTES ? Status.DOWN : free < LOW_BYTES ? Status.DEGRADED : Status.UP;
            return new Finding(status, (free >> 20) + " MiB free");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
