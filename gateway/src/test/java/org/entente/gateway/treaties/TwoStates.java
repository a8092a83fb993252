package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Template;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.Introductions;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.TestNode;

/** The Philippines and Italy, each with a node and an officer who may sign, known to each other. */
public final class TwoStates implements AutoCloseable {
    final OffsetClock clock = new OffsetClock();
    public final OfficerKey cruz;
    public final OfficerKey rossi;
    public final TestNode philippines;
    public final TestNode italy;

    public TwoStates() {
        this(officer("Cruz"), officer("Rossi"));
    }

    /** With officers who have post-quantum keys, on the cards too, or not. */
    TwoStates(OfficerKey cruz, OfficerKey rossi) {
        this.cruz = cruz;
        this.rossi = rossi;
        philippines = node("PHL", "CFO", cruz);
        italy = node("ITA", "ISTAT", rossi);
        Introductions.introduce(philippines, italy);
    }

    static OfficerKey officer(String name) {
        return OfficerKey.generate(name, Instant.now().minusSeconds(3600), Duration.ofDays(1000), new SecureRandom());
    }

    private TestNode node(String party, String authority, OfficerKey officer) {
        Card.Signatory signatory =
                new Card.Signatory("Officer", "Director", officer.certificateSha256(), officer.companion());
        CardText card = new CardText(
                Map.of("en", "Party " + party),
                List.of(),
                List.of(new Card.Authority(authority, Map.of("en", authority), "statistics", List.of(signatory))));
        return TestNode.plan(party).clock(clock).card(card).start();
    }

    /** A new memorandum between the two. */
    public Agreement memorandum() {
        return memorandum(document -> {});
    }

    /** A new memorandum after an edit. */
    Agreement memorandum(Consumer<ObjectNode> edit) {
        Map<String, String> values = parameters(
                philippines.bean(NodeIdentity.class).rootCardDigest(),
                italy.bean(NodeIdentity.class).rootCardDigest());
        try {
            Agreement filled = Template.load("bilateral-diaspora-stock").fill(values);
            ObjectNode tree = (ObjectNode) CanonicalJson.parseStrict(filled.canonical());
            edit.accept(tree);
            return Agreement.parse(CanonicalJson.encode(tree));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    /** Parameters of the template for a memorandum between the two. */
    static Map<String, String> parameters(String rootOfOrigin, String rootOfDestination) {
        Map<String, String> values = new HashMap<>();
        values.put("id", "urn:uuid:" + UUID.randomUUID());
        values.put("origin.id", "PHL");
        values.put("origin.name", "Philippines");
        values.put("origin.area", "PH");
        values.put("origin.rootCard", rootOfOrigin);
        values.put("origin.authority", "CFO");
        values.put("origin.authorityName", "Commission on Filipinos Overseas");
        values.put("origin.contact", "liaison@cfo.example");
        values.put("destination.id", "ITA");
        values.put("destination.name", "Italy");
        values.put("destination.area", "IT");
        values.put("destination.rootCard", rootOfDestination);
        values.put("destination.authority", "ISTAT");
        values.put("destination.authorityName", "Italian National Institute of Statistics");
        values.put("destination.contact", "liaison@istat.example");
        return values;
    }

    Treaties at(TestNode node) {
        return node.bean(Treaties.class);
    }

    Instant now() {
        return clock.instant();
    }

    /** Proposes and signs on both sides. */
    void conclude(Agreement agreement) {
        at(philippines).propose(agreement.canonical(), "test");
        at(philippines).sign(cruz.signText(agreement.canonical(), now()), "test");
        at(italy).sign(rossi.signText(agreement.canonical(), now()), "test");
    }

    @Override
    public void close() {
        philippines.close();
        italy.close();
    }
}
