package org.entente.gateway.node.demo;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.Users;
import org.entente.gateway.node.NodeContext;
import org.entente.gateway.node.NodeInit;
import org.entente.gateway.node.NodeServer;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.treaties.OfficerKey;

/** One party of the demonstration: its node, its staff and its signing officer. */
final class DemoNode implements AutoCloseable {
    /**
     * Who a party is in the demonstration.
     *
     * @param publicPort where its public site stands; 0 if it has none
     */
    record Who(
            String party,
            String name,
            String area,
            String authority,
            String authorityName,
            String kind,
            String officer,
            String post,
            int staffPort,
            int nodePort,
            int publicPort) {
        Who(
                String party,
                String name,
                String area,
                String authority,
                String authorityName,
                String kind,
                String officer,
                String post,
                int staffPort,
                int nodePort) {
            this(party, name, area, authority, authorityName, kind, officer, post, staffPort, nodePort, 0);
        }
    }

    /** Sign-in name of the statistician of every party. */
    static final String ANALYST = "analyst";

    static final String TREATY_OFFICER = "treaties";

    static final String AUDITOR = "auditor";

    private static final String SETTINGS = "node.yml";
    private static final Duration VALIDITY = Duration.ofDays(825);
    private static final Map<String, Grant> STAFF = new TreeMap<>(Map.of(
            ANALYST,
            new Grant(Roles.STATISTICIAN, ""),
            "approver",
            new Grant(Roles.APPROVER, ""),
            TREATY_OFFICER,
            new Grant(Roles.TREATY_OFFICER, ""),
            AUDITOR,
            new Grant(Roles.AUDITOR, ""),
            "admin",
            new Grant(Roles.ADMINISTRATOR, "")));

    private final Who who;
    private final Path folder;
    private final OfficerKey officer;
    private final Map<String, String> passwords = new HashMap<>();
    private ApplicationContext context;

    private DemoNode(Who who, Path folder, ApplicationContext context, OfficerKey officer) {
        this.who = who;
        this.folder = folder;
        this.context = context;
        this.officer = officer;
    }

    /** Makes a node from nothing in a folder of its own, issues its card and opens its listeners. */
    static DemoNode start(Who who, Path folder, DemoDatabase database) {
        SecureRandom random = new SecureRandom();
        Map<String, Object> settings = new HashMap<>(database.schemaFor(who.party));
        settings.put("entente.party", who.party);
        settings.put("entente.home", folder.resolve("home").toString());
        Path passphrase = folder.resolve("passphrase");
        secret(passphrase, 24, random);
        settings.put("entente.passphrase-file", passphrase.toString());
        settings.put("entente.staff.port", who.staffPort);
        settings.put("entente.node.port", who.nodePort);
        if (who.publicPort != 0) {
            settings.put("entente.public.port", who.publicPort);
        }
        settings.put("datasources.default.maximum-pool-size", 12);
        write(folder.resolve(SETTINGS), settings);
        ApplicationContext context = NodeContext.open(folder.resolve(SETTINGS));
        Clock clock = context.getBean(Clock.class);
        OfficerKey officer = OfficerKey.generate(who.officer, clock.instant(), VALIDITY, random);
        DemoNode node = new DemoNode(who, folder, context, officer);
        node.initialise();
        node.addStaff(random);
        node.keepOfficersKey(random);
        context.getBean(NodeServer.class).start();
        return node;
    }

    /** Ends the gateway's process part, as when the power fails; schema and home stay. */
    void stop() {
        context.close();
        // The server lets go of its ports a moment after the context is closed.
        Demo.await("the ports of " + who.party + " are free", () -> isFree(who.staffPort) && isFree(who.nodePort));
    }

    /** Starts the stopped gateway again with the same schema, home and addresses. */
    void restart() {
        context = NodeContext.open(folder.resolve(SETTINGS));
        context.getBean(NodeServer.class).start();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private void initialise() {
        Card.Signatory signatory = new Card.Signatory(who.officer, who.post, officer.certificateSha256());
        Card.Authority authority =
                new Card.Authority(who.authority, Map.of("en", who.authorityName), who.kind, List.of(signatory));
        context.getBean(NodeInit.class)
                .initialise(new CardText(Map.of("en", who.name), List.of(), List.of(authority)), VALIDITY, "admin");
    }

    private void addStaff(SecureRandom random) {
        Users users = context.getBean(Users.class);
        STAFF.forEach((name, grant) -> {
            String password = secret(folder.resolve("staff").resolve(name), 9, random);
            passwords.put(name, password);
            users.add(name, who.name + ", " + grant, Set.of(grant), password, null);
        });
    }

    /** An officer's key is with the officer and on no gateway; here it lies beside the node's folders, for whoever tries acts by hand. */
    private void keepOfficersKey(SecureRandom random) {
        Path key = folder.resolve("officer.p12");
        String passphrase = secret(folder.resolve("officer.password"), 9, random);
        try {
            officer.store(key, passphrase.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ApplicationContext context() {
        return context;
    }

    /** Those who bring a release out; two persons. */
    DemoFigures.Staff releaseStaff() {
        Users users = context.getBean(Users.class);
        return new DemoFigures.Staff(users.staff(users.get(ANALYST)), users.staff(users.get("approver")));
    }

    Who who() {
        return who;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    OfficerKey officer() {
        return officer;
    }

    URI staff() {
        return URI.create("http://127.0.0.1:" + who.staffPort);
    }

    /** Where the public site stands. */
    URI everybody() {
        return URI.create("http://127.0.0.1:" + who.publicPort);
    }

    String password(String user) {
        return passwords.getOrDefault(user, "");
    }

    StaffClient signIn(String user) {
        return new StaffClient(staff(), user, password(user));
    }

    /** Takes the other's card after the two officers have compared its fingerprint on the telephone. */
    void importCardOf(DemoNode other) {
        var card = other.bean(NodeIdentity.class).current();
        bean(Partners.class)
                .importCard(
                        CardList.write(other.bean(NodeIdentity.class).chain()),
                        card.fingerprint().toString(),
                        "admin");
    }

    String fingerprint() {
        return bean(NodeIdentity.class).chain().getFirst().fingerprint().toString();
    }

    @Override
    public void close() {
        context.close();
    }

    /** Writes a new secret into a file that only its owner may read. */
    private static String secret(Path file, int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, secret + "\n");
            file.toFile().setReadable(false, false);
            file.toFile().setReadable(true, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return secret;
    }

    /** The configuration as an administrator would write it. */
    private static void write(Path file, Map<String, Object> settings) {
        String text = new TreeMap<>(settings)
                .entrySet().stream()
                        .map(e -> e.getKey() + ": "
                                + (e.getValue() instanceof Integer ? e.getValue() : "\"" + e.getValue() + "\""))
                        .collect(Collectors.joining("\n", "", "\n"));
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
