package org.entente.gateway.node;

import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.NodeHome;
import org.entente.gateway.base.PublicListenerSettings;
import org.entente.gateway.base.StaffListenerSettings;
import org.entente.gateway.evidence.witness.StartCheck;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a node's listeners after everything that must be true before is true. */
@Singleton
public final class NodeServer {

    private static final Logger LOG = LoggerFactory.getLogger(NodeServer.class);

    private final NodeHome home;
    private final StaffListenerSettings staff;
    private final PublicListenerSettings everybody;
    private final Provider<KeyRing> keys;
    private final Journal journal;
    private final Provider<EmbeddedServer> server;
    private final PlainTextProbe probe;
    private final Provider<StartCheck> startCheck;

    NodeServer(
            NodeHome home,
            StaffListenerSettings staff,
            PublicListenerSettings everybody,
            Provider<KeyRing> keys,
            Journal journal,
            Provider<EmbeddedServer> server,
            PlainTextProbe probe,
            Provider<StartCheck> startCheck) {
        this.home = home;
        this.staff = staff;
        this.everybody = everybody;
        this.keys = keys;
        this.journal = journal;
        this.server = server;
        this.probe = probe;
        this.startCheck = startCheck;
    }

    /**
     * Opens the listeners.
     *
     * @throws EntenteException {@code node-not-initialised}, {@code settings-invalid}, {@code plain-text-refused}
     */
    public void start() {
        if (!home.initialised()) {
            throw new EntenteException(
                    ErrorCode.NODE_NOT_INITIALISED, "There is no key ring at " + home.keyRing() + ".");
        }
        refusePlainTextOffLoopback("staff", staff.host(), staff.tls());
        refusePlainTextOffLoopback("public", everybody.host(), everybody.tls());
        keys.get();
        startCheck.get().askAll();
        startJournal();
        server.get().start();
        try {
            probe.requireTls();
        } catch (EntenteException e) {
            stop();
            throw e;
        }
    }

    /** A node whose journal may not go on is still read by its partners, who hold what recovers it; it only appends nothing. */
    private void startJournal() {
        try {
            journal.start();
        } catch (JournalUnavailableException e) {
            LOG.error("the journal does not go on, and without it nothing is exchanged: {}", e.detail());
        }
    }

    /** Closes the listeners. */
    public void stop() {
        server.get().stop();
    }

    private static void refusePlainTextOffLoopback(String listener, String host, boolean tls) {
        if (tls) {
            return;
        }
        String setting = "entente." + listener;
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new EntenteException(
                        ErrorCode.SETTINGS_INVALID,
                        setting + ".host is " + host + ", which is not loopback: set " + setting
                                + ".tls to true or listen on 127.0.0.1.");
            }
        } catch (UnknownHostException e) {
            throw new EntenteException(ErrorCode.SETTINGS_INVALID, setting + ".host names no address: " + host, e);
        }
    }
}
