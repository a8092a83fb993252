package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.entente.agreements.Agreement;
import org.entente.agreements.AreaList;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Party;
import org.entente.agreements.Template;
import org.entente.agreements.Text;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Membership;
import org.entente.agreements.life.Signatory;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.testing.TestNode;

/**
 * A regional consultative process: the secretariat ADD is the depositary; PHL and ITA are members from the start, MDA may accede. Every
 * state knows the secretariat, and none of them another state.
 */
public final class Consultation implements AutoCloseable {
    final OffsetClock clock = new OffsetClock();
    private final Map<String, OfficerKey> officers = new LinkedHashMap<>();
    private final Map<String, TestNode> nodes = new LinkedHashMap<>();

    public Consultation() {
        for (String party : List.of("ADD", "PHL", "ITA", "MDA")) {
            officers.put(party, TwoStates.officer("Officer of " + party));
            nodes.put(party, start(party));
        }
        for (String member : List.of("PHL", "ITA", "MDA")) {
            TestNode.introduce(node("ADD"), node(member));
        }
    }

    private TestNode start(String party) {
        Card.Signatory signatory =
                new Card.Signatory("Officer", "Director", officer(party).certificateSha256());
        CardText card = new CardText(
                Map.of("en", "Party " + party),
                List.of(),
                List.of(new Card.Authority("STAT", Map.of("en", "Office"), "statistics", List.of(signatory))));
        return TestNode.plan(party).clock(clock).card(card).start();
    }

    public TestNode node(String party) {
        return java.util.Objects.requireNonNull(nodes.get(party), party);
    }

    Treaties at(String party) {
        return node(party).bean(Treaties.class);
    }

    public OfficerKey officer(String party) {
        return java.util.Objects.requireNonNull(officers.get(party), party);
    }

    Instant now() {
        return clock.instant();
    }

    public String root(String party) {
        return node(party).bean(NodeIdentity.class).rootCardDigest();
    }

    /** A new framework between the secretariat and the two members. */
    public Agreement framework(Consumer<ObjectNode> edit) {
        try {
            Agreement bilateral =
                    Template.load("bilateral-diaspora-stock").fill(TwoStates.parameters(root("PHL"), root("ITA")));
            ObjectNode d = (ObjectNode) CanonicalJson.parseStrict(bilateral.canonical());
            d.put("kind", "FRAMEWORK");
            ObjectNode secretariat = ((ArrayNode) d.get("parties")).addObject();
            secretariat.put("id", "ADD").put("form", "SECRETARIAT").put("role", "RECIPIENT");
            secretariat.put("rootCard", root("ADD")).put("hostedBy", "the chair");
            secretariat.putObject("name").put("en", "Abu Dhabi Dialogue");
            secretariat.putArray("areas").add("PH").add("IT");
            secretariat.putArray("onBehalfOf").add("PHL").add("ITA");
            ObjectNode office = secretariat.putArray("authorities").addObject();
            office.put("id", "SEC").put("kind", "SECRETARIAT").putObject("name").put("en", "Secretariat");
            ObjectNode liaison = secretariat.putArray("liaison").addObject();
            liaison.put("authority", "SEC")
                    .put("escalation", "Chair")
                    .putObject("post")
                    .put("en", "Focal point");
            liaison.putArray("contacts").add("focal@add.example");
            secretariat.putArray("legalBasis").addObject().putObject("title").put("en", "Terms of reference");
            for (int i = 0; i < d.path("legs").size(); i++) {
                ObjectNode leg = (ObjectNode) d.at("/legs/" + i);
                if (leg.path("provider").asText().equals("PHL")) {
                    leg.put("provider", "@MEMBERS").put("consumer", "ADD");
                }
            }
            ObjectNode accession = d.putObject("accession");
            accession.put("depositary", "ADD").put("optOutPerLeg", true).put("withdrawalNoticeDays", 0);
            accession.put("dataAfterLeaving", "STAYS_BOUND").put("exclusionBy", "CONSENSUS");
            accession.putArray("openTo").add("MDA");
            ObjectNode federation = d.putObject("federation");
            federation
                    .put("secretariat", "ADD")
                    .put("minimumReporting", 3)
                    .putArray("rights")
                    .add("PULL");
            ((ObjectNode) d.at("/course"))
                    .putObject("entryIntoForce")
                    .put("rule", "AFTER_PARTIES")
                    .put("parties", 3);
            edit.accept(d);
            return Agreement.parse(CanonicalJson.encode(d));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    /** Proposed by the secretariat, signed by all three. */
    public void conclude(Agreement agreement) {
        at("ADD").propose(agreement.canonical(), "test");
        for (String party : List.of("ADD", "PHL", "ITA")) {
            org.entente.gateway.testing.Corridor.await(
                    () -> at(party).find(agreement.digest()).isPresent());
            sign(party, agreement);
        }
    }

    void sign(String party, Agreement agreement) {
        Signatory who = new Signatory("Officer of " + party, "Director", null);
        at(party).submit(officer(party).sign(agreement, id(), party, who, now()), "test");
    }

    /** Puts one more officer on the party's card; a person at the secretariat confirms the new card. Later acts are signed by this officer. */
    void addOfficer(String party) {
        OfficerKey next = TwoStates.officer("Officer of " + party);
        officers.put(party, next);
        NodeIdentity identity = node(party).bean(NodeIdentity.class);
        Card card = identity.card();
        List<Card.Authority> offices = card.authorities().stream()
                .map(office -> {
                    List<Card.Signatory> signatories = new ArrayList<>(office.signatories());
                    signatories.add(
                            new Card.Signatory("Officer " + signatories.size(), "Director", next.certificateSha256()));
                    return new Card.Authority(office.id(), office.name(), office.kind(), signatories);
                })
                .toList();
        identity.issue(
                new CardText(card.name(), card.onBehalfOf(), offices), Duration.ofDays(100), null, true, "admin");
        node("ADD")
                .bean(Partners.class)
                .importCard(
                        CardList.write(identity.chain()),
                        identity.current().fingerprint().toString(),
                        "admin");
    }

    /** A person at a member's node compares the fingerprint of a card that was passed on. */
    void confirmPassedOn(String member, String party) {
        at(member)
                .confirmMember(
                        party,
                        node(party)
                                .bean(NodeIdentity.class)
                                .current()
                                .fingerprint()
                                .toString(),
                        "admin");
    }

    void act(String party, Instrument act) {
        at(party).submit(officer(party).sign(act, now()), "test");
    }

    /** The accession of Moldova. */
    public Membership.Acceded accession(Agreement agreement) {
        Party italy = agreement.party("ITA").orElseThrow();
        Party entry = new Party(
                "MDA",
                Text.of("en", "Moldova"),
                Party.Form.STATE,
                Party.Role.BOTH,
                root("MDA"),
                List.of("MD"),
                List.of(),
                null,
                italy.authorities(),
                italy.liaison(),
                italy.legalBasis());
        return new Membership.Acceded(
                id(),
                agreement.id(),
                agreement.digest(),
                "MDA",
                now(),
                entry,
                List.of(new AreaList.Area("MD", Text.of("en", "Moldova"), null)),
                List.of(),
                null,
                new Signatory("Officer of MDA", "Minister", "FP 1"));
    }

    static String id() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    @Override
    public void close() {
        nodes.values().forEach(TestNode::close);
    }
}
