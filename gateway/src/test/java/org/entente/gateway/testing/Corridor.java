package org.entente.gateway.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Template;
import org.entente.agreements.life.State;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.exchange.Question;
import org.entente.gateway.node.demo.DemoFigures;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.treaties.OfficerKey;
import org.entente.gateway.treaties.Treaties;

/** Two whole nodes, PHL and ITA, that know each other, have an agreement in effect, and ITA's figures published. */
public final class Corridor implements AutoCloseable {
    /** Filipinos in Italy by sex and year. */
    public static final String FILIPINOS = "/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.PH._T.CB";
    /** Moldovans in Italy: outside PHL's leg. */
    public static final String MOLDOVANS = "/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.MD._T.CB";

    private static final Duration VALIDITY = Duration.ofDays(825);

    private final TestNode phl;
    private final TestNode ita;
    private final Map<String, OfficerKey> officers = new TreeMap<>();
    private final Dataflow dataflow = DiasporaStructure.load();
    private String agreement = "";

    private Corridor(TestNode phl, TestNode ita) {
        this.phl = phl;
        this.ita = ita;
    }

    /** Both nodes with their usual settings. */
    public static Corridor open() {
        return open(plan -> plan, Map.of());
    }

    /**
     * Both nodes with other settings.
     *
     * @param change applied to each node's plan
     * @param terms further parameters of the agreement's template, such as {@code quota}
     */
    public static Corridor open(UnaryOperator<TestNode.Plan> change, Map<String, String> terms) {
        return open(change, terms, document -> {});
    }

    /**
     * Both nodes under an agreement that differs from the template.
     *
     * @param edit changes the document before it is proposed
     */
    public static Corridor open(
            UnaryOperator<TestNode.Plan> change, Map<String, String> terms, Consumer<ObjectNode> edit) {
        return open(change, terms, edit, officer -> officer);
    }

    /** Both nodes and their officers with post-quantum keys beside all others. */
    public static Corridor openWithCompanions() {
        return openWithCompanions(document -> {});
    }

    /**
     * The same under an agreement that differs from the template.
     *
     * @param edit changes the document before it is proposed
     */
    public static Corridor openWithCompanions(Consumer<ObjectNode> edit) {
        return open(
                TestNode.Plan::withCompanions, Map.of(), edit, officer -> officer.withCompanion(new SecureRandom()));
    }

    private static Corridor open(
            UnaryOperator<TestNode.Plan> change,
            Map<String, String> terms,
            Consumer<ObjectNode> edit,
            UnaryOperator<OfficerKey> officers) {
        OfficerKey phl = officers.apply(officerOf("PHL"));
        OfficerKey ita = officers.apply(officerOf("ITA"));
        Corridor corridor = new Corridor(
                change.apply(TestNode.plan("PHL").card(card("PHL", "CFO", "diaspora", phl)))
                        .start(),
                change.apply(TestNode.plan("ITA").card(card("ITA", "ISTAT", "statistics", ita)))
                        .start());
        corridor.officers.put("PHL", phl);
        corridor.officers.put("ITA", ita);
        try {
            introduce(corridor.phl, corridor.ita);
            introduce(corridor.ita, corridor.phl);
            DemoFigures.publishStock(corridor.ita.context(), staff(corridor.ita), "ISTAT");
            DemoFigures.publishDepartures(corridor.phl.context(), staff(corridor.phl), "CFO");
            corridor.conclude(terms, edit);
        } catch (RuntimeException e) {
            corridor.close();
            throw e;
        }
        return corridor;
    }

    private static OfficerKey officerOf(String party) {
        return OfficerKey.generate("Officer of " + party, Instant.now(Clock.systemUTC()), VALIDITY, new SecureRandom());
    }

    private static CardText card(String party, String authority, String kind, OfficerKey officer) {
        Card.Signatory signatory =
                new Card.Signatory("Officer", "Director", officer.certificateSha256(), officer.companion());
        return new CardText(
                Map.of("en", party),
                List.of(),
                List.of(new Card.Authority(authority, Map.of("en", authority), kind, List.of(signatory))));
    }

    /** Lets one node import the other's card, its fingerprint compared. */
    public static void introduce(TestNode node, TestNode to) {
        NodeIdentity other = to.bean(NodeIdentity.class);
        node.bean(Partners.class)
                .importCard(
                        CardList.write(other.chain()),
                        other.current().fingerprint().toString(),
                        "test");
    }

    /** The password of every member of staff. */
    public static final String PASSWORD = "a long enough password";

    private static DemoFigures.Staff staff(TestNode node) {
        return new DemoFigures.Staff(
                addStaff(node, "analyst", Roles.STATISTICIAN), addStaff(node, "approver", Roles.APPROVER));
    }

    /** A new user of a node. */
    public static StaffUser addStaff(TestNode node, String name, String role) {
        Users users = node.bean(Users.class);
        return users.staff(users.add(name, name + " of " + node.party(), Set.of(new Grant(role, "")), PASSWORD, null));
    }

    private void conclude(Map<String, String> terms, Consumer<ObjectNode> edit) {
        byte[] text = draft(terms, edit).canonical();
        Treaties ours = phl.bean(Treaties.class);
        Treaties theirs = ita.bean(Treaties.class);
        ours.propose(text, "test");
        ours.sign(officer("PHL").signText(text, phl.bean(Clock.class).instant()), "test");
        await(() -> theirs.find(agreement).isPresent());
        theirs.sign(officer("ITA").signText(text, ita.bean(Clock.class).instant()), "test");
        await(() -> inEffect(phl) && inEffect(ita));
    }

    private Agreement draft(Map<String, String> terms, Consumer<ObjectNode> edit) {
        agreement = "urn:uuid:" + UUID.randomUUID();
        Map<String, String> values = new TreeMap<>(terms);
        values.put("id", agreement);
        party(values, "origin", phl, "PH", "CFO");
        party(values, "destination", ita, "IT", "ISTAT");
        try {
            ObjectNode document = (ObjectNode) CanonicalJson.parseStrict(
                    Template.load("bilateral-diaspora-stock").fill(values).canonical());
            edit.accept(document);
            return Agreement.author(CanonicalJson.encode(document));
        } catch (InvalidAgreementException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void party(Map<String, String> values, String role, TestNode node, String area, String authority) {
        values.put(role + ".id", node.party());
        values.put(role + ".name", node.party());
        values.put(role + ".area", area);
        values.put(role + ".rootCard", node.bean(NodeIdentity.class).rootCardDigest());
        values.put(role + ".authority", authority);
        values.put(role + ".authorityName", authority);
        values.put(role + ".contact", "liaison@example.org");
    }

    private boolean inEffect(TestNode node) {
        return node.bean(Treaties.class)
                .find(agreement)
                .map(t -> t.file().at(node.bean(Clock.class).instant()).phase())
                .filter(State.Phase.IN_EFFECT::equals)
                .isPresent();
    }

    /** A question of PHL's analyst to ITA, by an SDMX path below {@code /sdmx/v2}. */
    public Question question(String path) {
        return Question.of(
                DataQuery.parse(path, null).bind(dataflow.structure()),
                dataflow,
                "ITA",
                null,
                null,
                "statistics",
                new Question.Asker("analyst", "statistician", "0123456789abcdef"));
    }

    /**
     * ITA publishes its stock once more, as its next release; the figures are the same.
     *
     * @return the release's id
     */
    public UUID publishStockAgain() {
        Users users = ita.bean(Users.class);
        StaffUser analyst = users.staff(users.get("analyst"));
        ReleaseDesk desk = ita.bean(ReleaseDesk.class);
        try (InputStream figures =
                Objects.requireNonNull(Corridor.class.getResourceAsStream("/demo/ita-undesa-2020.csv"))) {
            UUID id = desk.importFigures(
                            "ITA-STOCK-UNDESA",
                            figures,
                            new ReleaseTerms(
                                    ReleaseStatus.FINAL,
                                    new Protection.PublicSource("https://example.org/stock", "the same again"),
                                    null),
                            analyst)
                    .release()
                    .id();
            desk.approve(id, ReleaseApproval.plain(), users.staff(users.get("approver")));
            desk.publish(id, analyst);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node that asks. */
    public TestNode phl() {
        return phl;
    }

    /** The node that answers. */
    public TestNode ita() {
        return ita;
    }

    /** Id of the agreement. */
    public String agreement() {
        return agreement;
    }

    /** The signing officer of a party. */
    public OfficerKey officer(String party) {
        OfficerKey officer = officers.get(party);
        if (officer == null) {
            throw new IllegalArgumentException("no officer of " + party);
        }
        return officer;
    }

    /** Waits until something that happens by itself has happened; ten seconds at most. */
    public static void await(BooleanSupplier condition) {
        for (int i = 0; i < 200; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            pause();
        }
        throw new AssertionError("it did not happen within ten seconds");
    }

    /** A moment before one looks again. */
    public static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        phl.close();
        ita.close();
    }
}
