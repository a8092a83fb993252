package org.entente.gateway.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.NodeHome;
import org.entente.gateway.node.NodeContext;
import org.entente.gateway.node.NodeInit;
import org.entente.gateway.node.NodeServer;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.jspecify.annotations.Nullable;

/**
 * A whole node in this JVM: own schema, own home directory, own keys, both listeners on free ports. Any number of them may
 * run at once.
 */
public final class TestNode implements AutoCloseable {

    /** The passphrase of every test node's key ring. */
    public static final String PASSPHRASE = "correct horse battery staple";

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final Plan plan;
    private @Nullable ApplicationContext context;

    private TestNode(Plan plan) {
        this.plan = plan;
    }

    /** A new node of the party, initialised and serving, with nothing else in it. */
    public static TestNode start(String party) {
        return plan(party).start();
    }

    /** What a node is made of, to be changed before it starts. */
    public static Plan plan(String party) {
        return new Plan(party);
    }

    /** The settings of a node to come. */
    public static final class Plan {

        private final String party;
        private final Map<String, Object> properties = new HashMap<>();
        private final List<Object> singletons = new ArrayList<>();
        private final int staffPort = Ports.free();
        private final int nodePort = Ports.free();
        private @Nullable TestDatabase database;
        private @Nullable Clock clock;
        private Path home;
        private CardText card;
        private boolean companions;

        private Plan(String party) {
            this.party = party;
            this.card = new CardText(Map.of("en", party), List.of(), List.of());
            this.home = BuildFolder.target(
                    "nodes/" + ProcessHandle.current().pid() + "/" + party + "-" + COUNTER.incrementAndGet());
        }

        /** Another schema than a new one on the shared server. */
        public Plan database(TestDatabase other) {
            this.database = other;
            return this;
        }

        /** Another clock than the system's. */
        public Plan clock(Clock other) {
            this.clock = other;
            return this;
        }

        public Plan home(Path other) {
            this.home = other;
            return this;
        }

        /** What the node's first card says besides keys and addresses. */
        public Plan card(CardText text) {
            this.card = text;
            return this;
        }

        /** A setting beside the usual ones. */
        public Plan property(String name, Object value) {
            properties.put(name, value);
            return this;
        }

        /** With post-quantum companions of signing key and journal key from the first card on. */
        public Plan withCompanions() {
            this.companions = true;
            return this;
        }

        /** With a listener for everybody too, on a free port. */
        public Plan withPublicListener() {
            return property("entente.public.port", Ports.free());
        }

        /** A bean that stands in for one set from above. */
        public Plan bean(Object bean) {
            singletons.add(bean);
            return this;
        }

        /** The settings as the node's configuration file would hold them. */
        public Map<String, Object> properties() {
            Map<String, Object> all = new HashMap<>(database().properties());
            all.put("entente.party", party);
            all.put("entente.home", home.toString());
            all.put("entente.passphrase", PASSPHRASE);
            all.put("entente.staff.port", staffPort);
            all.put("entente.node.port", nodePort);
            // Tests that count what a journal holds are not surprised by notices; those about notices make them when
            // they want.
            all.put("entente.notices.pause", "1h");
            all.put("entente.reminders.pause", "1h");
            all.putAll(properties);
            return all;
        }

        private TestDatabase database() {
            if (database == null) {
                database = TestDatabase.newSchema();
            }
            return database;
        }

        /** Starts everything but the listeners; for tests of capability beans. */
        public TestNode startWithoutListeners() {
            TestNode node = new TestNode(this);
            node.open();
            return node;
        }

        /** Starts the node with both listeners. */
        public TestNode start() {
            TestNode node = startWithoutListeners();
            try {
                node.bean(NodeServer.class).start();
            } catch (RuntimeException e) {
                node.close();
                throw e;
            }
            return node;
        }
    }

    private void open() {
        var builder = NodeContext.builder().properties(plan.properties());
        List<Object> singletons = new ArrayList<>(plan.singletons);
        if (plan.clock != null) {
            singletons.add(plan.clock);
        }
        builder.singletons(singletons.toArray());
        ApplicationContext opened = builder.build().start();
        context = opened;
        if (!opened.getBean(NodeHome.class).initialised()) {
            NodeInit init = opened.getBean(NodeInit.class);
            Duration validity = Duration.ofDays(825);
            if (plan.companions) {
                init.initialiseWithCompanions(plan.card, validity, "test");
            } else {
                init.initialise(plan.card, validity, "test");
            }
        }
    }

    public ApplicationContext context() {
        ApplicationContext open = context;
        if (open == null) {
            throw new IllegalStateException("the node " + plan.party + " is stopped");
        }
        return open;
    }

    /** A bean of the node. */
    public <T> T bean(Class<T> type) {
        return context().getBean(type);
    }

    public String party() {
        return plan.party;
    }

    /** Base URI of the staff listener, without a slash at its end. */
    public URI staff() {
        String scheme = Boolean.TRUE.equals(plan.properties.get("entente.staff.tls")) ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + plan.staffPort);
    }

    /** Base URI of the node listener, without a slash at its end. */
    public URI node() {
        return URI.create("https://127.0.0.1:" + plan.nodePort);
    }

    /** Base URI of the listener for everybody, which the node must have been planned with; without a slash at its end. */
    public URI everybody() {
        return URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(
                        plan.properties.get("entente.public.port"), "a node without a public listener"));
    }

    /** The certificate that both listeners show; it is its own issuer. */
    public X509Certificate tlsCertificate() {
        return bean(KeyRing.class).tlsAt(bean(Clock.class).instant()).chain().getFirst();
    }

    public TestDatabase database() {
        return plan.database();
    }

    public Path home() {
        return plan.home;
    }

    /** Each imports the other's cards, fingerprints compared. */
    public static void introduce(TestNode one, TestNode other) {
        one.learn(other);
        other.learn(one);
    }

    /** This node imports the other's cards as a person would, with the fingerprint that the other reads out. */
    public void learn(TestNode other) {
        NodeIdentity identity = other.bean(NodeIdentity.class);
        bean(Partners.class)
                .importCard(
                        CardList.write(identity.chain()),
                        identity.current().fingerprint().toString(),
                        "test");
    }

    /** Makes a staff user, whose password is {@link #PASSPHRASE}. */
    public StaffUser user(String name, String... grants) {
        Users users = bean(Users.class);
        Set<Grant> parsed = new TreeSet<>();
        for (String grant : grants) {
            parsed.add(Grant.parse(grant));
        }
        return users.staff(users.add(name, "Name of " + name, parsed, PASSPHRASE, null));
    }

    /** Signs a user in at the staff listener. */
    public StaffClient signIn(String name) {
        return StaffClient.signIn(staff(), name, PASSPHRASE);
    }

    /** Writes the node's settings as the configuration file that commands take. */
    public Path configuration() {
        try {
            Map<String, Object> settings = new HashMap<>(plan.properties());
            // The passphrase comes from the environment or a file, also in tests.
            Path passphrase = Files.writeString(plan.home.resolve("passphrase"), PASSPHRASE + "\n");
            Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
            settings.remove("entente.passphrase");
            settings.put("entente.passphrase-file", passphrase.toString());
            return Files.writeString(plan.home.resolve("node.yml"), new ObjectMapper().writeValueAsString(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A second process of this node beside the first, as the command line is one: same schema, home and settings, no listeners. Stop it after use. */
    public TestNode secondProcess() {
        TestNode second = new TestNode(plan);
        second.open();
        return second;
    }

    /** Stops the node's process part; schema and home stay, so that it can be started again. */
    public void stop() {
        ApplicationContext open = context;
        context = null;
        if (open != null) {
            open.close();
        }
    }

    /** Stops and starts again with the same schema, home and ports. */
    public void restart() {
        stop();
        // The server lets go of its ports a moment after the context is closed.
        Ports.awaitFree(plan.staffPort);
        Ports.awaitFree(plan.nodePort);
        open();
        bean(NodeServer.class).start();
    }

    /** Stops and starts again with the same schema and home, and nobody reaches it any more. */
    public void restartWithoutListeners() {
        stop();
        open();
    }

    /** Stops the node and removes what it left. */
    @Override
    public void close() {
        stop();
        plan.database().drop();
        try (var files = Files.exists(plan.home) ? Files.walk(plan.home) : java.util.stream.Stream.<Path>empty()) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
