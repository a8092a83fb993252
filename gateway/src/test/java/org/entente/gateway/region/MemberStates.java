package org.entente.gateway.region;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.Template;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.State;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.releases.SumRule;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.OfficerKey;
import org.entente.gateway.treaties.Treaties;

/**
 * A regional process with whole nodes: the secretariat ADD and member states, under a framework that all have signed. Members know the
 * secretariat and no other state.
 */
public final class MemberStates implements AutoCloseable {
    /** The secretariat. */
    public static final String SECRETARIAT = "ADD";

    private static final int FEW = 6;
    private static final Duration DELIVERY = Duration.ofMinutes(10);
    private static final String HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
            + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
            + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,RESIDENCE_RULE,REF_DATE_TYPE,SOURCE_ORG,OBS_STATUS\n";

    private final TestClock clock = new TestClock();
    private final Map<String, String> areas;
    private final Map<String, OfficerKey> officers = new LinkedHashMap<>();
    private final Map<String, TestNode> nodes = new LinkedHashMap<>();
    private final Map<String, StaffUser> statisticians = new LinkedHashMap<>();
    private final Map<String, StaffUser> approvers = new LinkedHashMap<>();
    private final Map<String, StaffUser> administrators = new LinkedHashMap<>();
    private final UnaryOperator<TestNode.Plan> change;
    private String agreement = "";

    private MemberStates(Map<String, String> areas, UnaryOperator<TestNode.Plan> change) {
        this.areas = new TreeMap<>(areas);
        this.change = change;
    }

    /**
     * Starts the nodes and concludes the framework.
     *
     * @param areas of each member
     * @param edit changes the framework before it is proposed
     */
    public static MemberStates open(Map<String, String> areas, Consumer<ObjectNode> edit) {
        return open(areas, edit, plan -> plan);
    }

    /**
     * The same with nodes that differ from the usual ones.
     *
     * @param change applied to each node's plan
     */
    public static MemberStates open(
            Map<String, String> areas, Consumer<ObjectNode> edit, UnaryOperator<TestNode.Plan> change) {
        MemberStates region = new MemberStates(areas, change);
        try {
            region.start(SECRETARIAT);
            region.areas.keySet().forEach(region::start);
            region.areas.keySet().forEach(member -> TestNode.introduce(region.secretariat(), region.node(member)));
            region.conclude(edit);
            return region;
        } catch (RuntimeException | Error e) {
            region.close();
            throw e;
        }
    }

    private void start(String party) {
        OfficerKey officer =
                OfficerKey.generate("Officer of " + party, clock.instant(), Duration.ofDays(825), new SecureRandom());
        officers.put(party, officer);
        Card.Signatory signatory = new Card.Signatory("Officer", "Director", officer.certificateSha256());
        CardText card = new CardText(
                Map.of("en", party),
                List.of(),
                List.of(new Card.Authority("STAT", Map.of("en", "Office"), "statistics", List.of(signatory))));
        TestNode.Plan plan = TestNode.plan(party).clock(clock).card(card);
        TestNode node = change.apply(party.equals(SECRETARIAT) ? plan.withPublicListener() : plan)
                .start();
        nodes.put(party, node);
        statisticians.put(party, Corridor.addStaff(node, "analyst", Roles.STATISTICIAN));
        approvers.put(party, Corridor.addStaff(node, "approver", Roles.APPROVER));
        administrators.put(party, Corridor.addStaff(node, "admin", Roles.ADMINISTRATOR));
    }

    private void conclude(Consumer<ObjectNode> edit) {
        byte[] text = framework(edit).canonical();
        secretariat().bean(Treaties.class).propose(text, "test");
        for (String party : nodes.keySet()) {
            Treaties treaties = node(party).bean(Treaties.class);
            Corridor.await(() -> treaties.find(agreement).isPresent());
            treaties.sign(Objects.requireNonNull(officers.get(party)).sign(text, clock.instant()), "test");
        }
        nodes.keySet().forEach(this::awaitInEffect);
    }

    /** The depositary tries again ever more slowly, so a member asks for what it lacks; with many members that takes its time. */
    private void awaitInEffect(String party) {
        for (int left = nodes.size() / FEW; left > 0 && !inEffect(party); left--) {
            try {
                awaitInEffectShortly(party);
            } catch (AssertionError notYet) {
                // Once more; the last time it counts.
            }
        }
        awaitInEffectShortly(party);
    }

    /**
     * Until no signature is on its way from one member by the depositary to another any more: of many members each gets those of all others.
     *
     * @throws AssertionError if that takes longer than ten minutes
     */
    void awaitDelivered() {
        long end = System.nanoTime() + DELIVERY.toNanos();
        for (TestNode node : nodes.values()) {
            while (onTheirWay(node) > 0) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(onTheirWay(node) + " acts do not reach their partners");
                }
                Corridor.pause();
            }
        }
    }

    private static long onTheirWay(TestNode node) {
        return node.bean(Database.class)
                .one(
                        "SELECT COUNT(*) AS acts FROM treaty_outbox WHERE delivered_us IS NULL",
                        row -> row.longValue("acts"))
                .orElseThrow();
    }

    private void awaitInEffectShortly(String party) {
        Corridor.await(() -> {
            if (!inEffect(party) && !party.equals(SECRETARIAT)) {
                node(party).bean(Treaties.class).catchUpWith(SECRETARIAT);
            }
            return inEffect(party);
        });
    }

    /** Whether a node can take part: the secretariat knows all signatures, a member its own and the secretariat's and what brings the framework into effect. */
    private boolean inEffect(String party) {
        return node(party)
                .bean(Treaties.class)
                .find(agreement)
                .map(treaty -> treaty.file().at(clock.instant()))
                .filter(state -> state.phase() == State.Phase.IN_EFFECT)
                .filter(state -> party.equals(SECRETARIAT)
                        ? state.signed().size() == nodes.size()
                        : state.signed().keySet().containsAll(List.of(SECRETARIAT, party)))
                .isPresent();
    }

    private Agreement framework(Consumer<ObjectNode> edit) {
        agreement = "urn:uuid:" + UUID.randomUUID();
        Map<String, String> values = new TreeMap<>(Map.of(
                "id", agreement,
                "title", "Framework of the Abu Dhabi Dialogue on migration statistics",
                "process", "Abu Dhabi Dialogue",
                "secretariat.id", SECRETARIAT,
                "secretariat.name", "Secretariat of the Abu Dhabi Dialogue",
                "secretariat.rootCard", root(SECRETARIAT),
                "secretariat.host", "the chair",
                "secretariat.contact", "focal@add.example"));
        int number = 0;
        for (Map.Entry<String, String> member : areas.entrySet()) {
            String at = "members." + ++number;
            values.putAll(Map.of(
                    at + ".id", member.getKey(),
                    at + ".name", member.getKey(),
                    at + ".area", member.getValue(),
                    at + ".rootCard", root(member.getKey()),
                    at + ".authority", "STAT",
                    at + ".authorityName", "Office",
                    at + ".contact", "liaison@" + member.getKey() + ".example"));
        }
        values.putAll(Map.of("joining.1.id", "THA", "joining.1.name", "Thailand", "joining.1.area", "TH"));
        try {
            ObjectNode document = (ObjectNode) CanonicalJson.parseStrict(
                    Template.load("rcp-framework").fill(values).canonical());
            widen((ObjectNode) document.at("/legs/0"));
            edit.accept(document);
            return Agreement.author(CanonicalJson.encode(document));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Concludes one more framework between the same parties, as that of another process; it becomes the one that {@link #agreement} names.
     *
     * @param edit changes it before it is proposed
     * @return its id
     */
    public String concludeAnother(Consumer<ObjectNode> edit) {
        conclude(edit);
        return agreement;
    }

    /** The leg to the secretariat, for stocks by citizenship and for flows. */
    private static void widen(ObjectNode leg) {
        ObjectNode cube = (ObjectNode) leg.at("/cube/dimensions");
        codes(cube, "ORIGIN_BASIS", "CT", "PR", "NR");
        codes(cube, "INDICATOR", "STOCK_IN", "INFLOW", "OUTFLOW");
        ((ArrayNode) leg.at("/population/concepts")).add("PREVIOUS_RESIDENCE").add("NEXT_RESIDENCE");
        ((ObjectNode) leg.at("/onward"))
                .putArray("allowed")
                .addObject()
                .put("recipient", "PUBLIC")
                .put("condition", "FREE");
    }

    private static void codes(ObjectNode cube, String dimension, String... codes) {
        ArrayNode list = ((ObjectNode) cube.get(dimension)).putArray("codes");
        for (String code : codes) {
            list.add(code);
        }
    }

    private String root(String party) {
        return node(party).bean(NodeIdentity.class).rootCardDigest();
    }

    /** Fingerprints of all root cards. */
    public Map<String, String> roots() {
        return roots(nodes.keySet().toArray(String[]::new));
    }

    /** Fingerprints of the root cards of these parties, whose nodes run. */
    public Map<String, String> roots(String... parties) {
        Map<String, String> roots = new TreeMap<>();
        for (String party : parties) {
            roots.put(
                    party,
                    node(party)
                            .bean(NodeIdentity.class)
                            .chain()
                            .getFirst()
                            .fingerprint()
                            .toString());
        }
        return roots;
    }

    /** Id of the framework. */
    public String agreement() {
        return agreement;
    }

    /**
     * Lets an officer of a party sign an act, hands it in at the party's node and waits until the secretariat holds it.
     *
     * @param act made for the digest of the framework's text and a time
     */
    public Instrument act(String party, BiFunction<String, Instant, Instrument> act) {
        String digest = node(party).bean(Treaties.class).get(agreement).file().digest();
        Instrument made = act.apply(digest, clock.instant().truncatedTo(ChronoUnit.MICROS));
        node(party)
                .bean(Treaties.class)
                .act(Objects.requireNonNull(officers.get(party)).sign(made, made.at()), "test");
        Corridor.await(() -> secretariat().bean(Treaties.class).get(agreement).acts().stream()
                .anyMatch(held -> held.instrument().id().equals(made.id())));
        return made;
    }

    /** The clock of all nodes. */
    public TestClock clock() {
        return clock;
    }

    /** The secretariat's node. */
    public TestNode secretariat() {
        return node(SECRETARIAT);
    }

    /** A node. */
    public TestNode node(String party) {
        return Objects.requireNonNull(nodes.get(party), party);
    }

    /** The officer who signs for a party. */
    public OfficerKey officer(String party) {
        return Objects.requireNonNull(officers.get(party), party);
    }

    /** A statistician of a party. */
    public StaffUser statistician(String party) {
        return Objects.requireNonNull(statisticians.get(party), party);
    }

    /** An approver of a party. */
    public StaffUser approver(String party) {
        return Objects.requireNonNull(approvers.get(party), party);
    }

    /** An administrator of a party. */
    public StaffUser administrator(String party) {
        return Objects.requireNonNull(administrators.get(party), party);
    }

    /**
     * A row of a member's table.
     *
     * @param value NaN if it is withheld
     */
    public record Row(
            String counterpart, String basis, String sex, String indicator, int year, double value, String rule) {
        /** A stock of citizens by the rule of twelve months. */
        public static Row stock(String counterpart, String sex, int year, double value) {
            return new Row(counterpart, "CT", sex, "STOCK_IN", year, value, "M12");
        }

        /** A flow. */
        public static Row flow(String counterpart, String basis, String indicator, int year, double value) {
            return new Row(counterpart, basis, "_T", indicator, year, value, "");
        }
    }

    /** Publishes a member's table. */
    public void publish(String party, String dataset, List<Row> rows) {
        publish(party, dataset, csv(party, rows));
    }

    /** Publishes a member's table from SDMX-CSV. */
    public void publish(String party, String dataset, String csv) {
        publish(party, dataset, node(party).bean(Dataflow.class).id().toString(), csv);
    }

    /** Publishes a table under a dataflow from SDMX-CSV. */
    public void publish(String party, String dataset, String flow, String csv) {
        TestNode node = node(party);
        Map<String, String> coverage = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            coverage.put(group.name(), "EXCLUDED");
        }
        node.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(dataset, flow, "STAT", "Table " + dataset, coverage, "ZERO", List.of()),
                        statistician(party));
        release(party, dataset, csv);
    }

    /** Publishes the next release of a table that is published already. */
    public void revise(String party, String dataset, List<Row> rows) {
        release(party, dataset, csv(party, rows));
    }

    private void release(String party, String dataset, String csv) {
        ReleaseDesk desk = node(party).bean(ReleaseDesk.class);
        UUID release = desk.importFigures(
                        dataset,
                        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(
                                ReleaseStatus.FINAL,
                                new Protection.PublicSource("https://statistics.example/" + dataset, "2021-01"),
                                null),
                        statistician(party))
                .release()
                .id();
        desk.approve(release, ReleaseApproval.plain(), approver(party));
        desk.publish(release, statistician(party));
    }

    /** The columns of SDMX-CSV that {@link #publish} takes. */
    public static String head() {
        return HEAD;
    }

    /** Lets a member's node protect true counts by sex and citizenship. */
    public Release protectedByTheNode(String party, String dataset, List<Row> rows) {
        TestNode node = node(party);
        Map<String, String> coverage = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            coverage.put(group.name(), "EXCLUDED");
        }
        node.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                dataset,
                                node.bean(Dataflow.class).id().toString(),
                                "STAT",
                                "Table " + dataset,
                                coverage,
                                "ZERO",
                                List.of(
                                        new SumRule("SEX", "_T", null, SumRule.Additivity.EXACT, null),
                                        new SumRule("COUNTERPART_AREA", "_T", null, SumRule.Additivity.EXACT, null))),
                        statistician(party));
        return node.bean(ReleaseDesk.class)
                .importUnprotected(
                        dataset,
                        new ByteArrayInputStream(csv(party, rows).getBytes(StandardCharsets.UTF_8)),
                        null,
                        null,
                        Ledger.Revision.FREE,
                        ReleaseStatus.FINAL,
                        null,
                        statistician(party))
                .release();
    }

    private String csv(String party, List<Row> rows) {
        StringBuilder csv = new StringBuilder(HEAD);
        for (Row row : rows) {
            boolean withheld = Double.isNaN(row.value());
            csv.append("dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,")
                    .append(areas.get(party))
                    .append(",_T,")
                    .append(row.counterpart())
                    .append(",_T,")
                    .append(row.basis())
                    .append(',')
                    .append(row.sex())
                    .append(",_T,_T,_T,_T,_T,_T,")
                    .append(row.indicator())
                    .append(",PS,")
                    .append(row.year())
                    .append(',')
                    .append(withheld ? "NaN" : String.valueOf((long) row.value()))
                    .append(",0,")
                    .append(row.rule())
                    .append(',')
                    .append(row.indicator().equals("STOCK_IN") ? "END" : "PERIOD")
                    .append(",Office of ")
                    .append(party)
                    .append(',')
                    .append(withheld ? "Q" : "A")
                    .append('\n');
        }
        return csv.toString();
    }

    @Override
    public void close() {
        nodes.values().forEach(TestNode::close);
    }
}
