package org.entente.gateway.node.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Template;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileBundles;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.ProfileVerifier;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/**
 * The regional part of the demonstration: the Emirates and the secretariat of the Abu Dhabi Dialogue join, the two members that take part
 * conclude a framework with it, and one round yields one profile.
 */
final class DemoRegion {
    /** Sri Lanka, a member in truth, which takes no part here. */
    private static final String ABSENT = "LKA";

    private static final String ABSENT_AREA = "LK";
    private static final String PROGRAMME = """
            format: entente-programme/1
            id: ADD-PROFILE
            version: 1
            agreement: %s
            title: {en: Migration profile of the Abu Dhabi Dialogue}
            tables:
              - id: STOCK
                title: {en: Foreign citizens by citizenship and sex}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [STOCK_IN]}
                publish: MEMBERS
              - id: DEPARTURES
                title: {en: Departures by country of next residence}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [OUTFLOW], SEX: [_T]}
                publish: MEMBERS
            rounds: {due: [--10-31], yearsBack: 1, deadlineHours: 240, attemptSeconds: 30}
            acceptedYears: 0
            minimumReporting: 3
            dominance: 10
            comparability: 1.0.0
            """;

    private final Demo demo;
    private final DemoFiles files;

    DemoRegion(Demo demo, DemoFiles files) {
        this.demo = demo;
        this.files = files;
    }

    void run(DemoNode phl) {
        demo.step("(k) the United Arab Emirates and the secretariat of the Abu Dhabi Dialogue join");
        DemoNode are = demo.start(new DemoNode.Who(
                "ARE",
                "United Arab Emirates",
                "AE",
                "FCSC",
                "Federal Competitiveness and Statistics Centre",
                "statistics",
                "Mariam Al Ali",
                "Head of population statistics",
                7104,
                7204));
        DemoNode add = demo.start(new DemoNode.Who(
                "ADD",
                "Secretariat of the Abu Dhabi Dialogue",
                "",
                "SECRETARIAT",
                "Secretariat",
                "secretariat",
                "Yusuf Rahman",
                "Focal point of the chair",
                7105,
                7205,
                7305));
        Demo.befriend(add, are);
        Demo.befriend(add, phl);
        demo.say("ARE  "
                + DemoFigures.publishStockInTheEmirates(are.context(), are.releaseStaff(), "FCSC")
                        .release()
                        .observations()
                + " observations of UN DESA's International Migrant Stock 2020, by citizenship");
        String agreement = conclude(add, List.of(are, phl));
        Rounds.Progress round = round(add, agreement);
        ProfileEdition edition = profile(add, round);
        verify(add, edition, List.of(add, are, phl));
        publish(add, edition);
    }

    private void publish(DemoNode add, ProfileEdition edition) {
        demo.step("(p) an approver publishes it, after the audit of all that it shows; everybody reads it");
        add.bean(Profiles.class).publish(edition.programme(), edition.edition(), staff(add, "approver"));
        URI page = add.everybody().resolve("/profiles/" + edition.programme() + "/" + edition.edition());
        try (HttpClient anybody = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = anybody.send(
                    HttpRequest.newBuilder(page).header("accept-language", "en").build(),
                    HttpResponse.BodyHandlers.ofString());
            Demo.expect(
                    answer.statusCode() == 200 && answer.body().contains("United Arab Emirates"),
                    "the profile is public: " + answer.statusCode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        demo.say("public, without signing in: " + page);
    }

    private String conclude(DemoNode add, List<DemoNode> members) {
        demo.step("(l) a framework of the Abu Dhabi Dialogue, signed by the two members that take part here");
        Clock clock = add.bean(Clock.class);
        Agreement framework = framework(add, members);
        byte[] text = framework.canonical();
        add.bean(Treaties.class).propose(text, "treaties");
        add.bean(Treaties.class).sign(add.officer().signText(text, clock.instant()), "treaties");
        for (DemoNode member : members) {
            Treaties treaties = member.bean(Treaties.class);
            Demo.await(
                    "the framework reaches " + member.who().party(),
                    () -> treaties.find(framework.id()).isPresent());
            treaties.sign(member.officer().signText(text, clock.instant()), "treaties");
        }
        for (DemoNode member : members) {
            Demo.await("in effect at " + member.who().party(), () -> {
                member.bean(Treaties.class).catchUpWith("ADD");
                return Demo.inEffect(member, framework.id());
            });
        }
        Demo.await("in effect at ADD", () -> Demo.inEffect(add, framework.id()));
        demo.say(framework.title().best("en") + ", in effect on three nodes");
        return framework.id();
    }

    private static Agreement framework(DemoNode add, List<DemoNode> members) {
        Map<String, String> values = new TreeMap<>(Map.of(
                "id", "urn:uuid:" + UUID.randomUUID(),
                "title", "Framework of the Abu Dhabi Dialogue on migration statistics (demonstration)",
                "process", "Abu Dhabi Dialogue",
                "secretariat.id", "ADD",
                "secretariat.name", add.who().name(),
                "secretariat.rootCard", add.bean(NodeIdentity.class).rootCardDigest(),
                "secretariat.host", "the chair",
                "secretariat.contact", "focal@add.example"));
        for (int i = 0; i < members.size(); i++) {
            member(values, "members." + (i + 1), members.get(i));
        }
        // The template is for three members at least; the third is taken out again, since two take part here.
        String third = "members." + (members.size() + 1);
        member(values, third, members.getFirst());
        values.put(third + ".id", ABSENT);
        values.put(third + ".area", ABSENT_AREA);
        values.put(third + ".rootCard", "A".repeat(43));
        values.putAll(Map.of("joining.1.id", "IND", "joining.1.name", "India", "joining.1.area", "IN"));
        values.put("startsWith", "3");
        try {
            ObjectNode document = (ObjectNode) CanonicalJson.parseStrict(
                    Template.load("rcp-framework").fill(values).canonical());
            without((ArrayNode) document.at("/parties"), "id", ABSENT);
            without((ArrayNode) document.at("/areas/list"), "code", ABSENT_AREA);
            document.at("/parties").forEach(party -> {
                without((ArrayNode) party.path("areas"), "", ABSENT_AREA);
                if (party.has("onBehalfOf")) {
                    without((ArrayNode) party.path("onBehalfOf"), "", ABSENT);
                }
            });
            forTheProfile((ObjectNode) document.at("/legs/0"));
            return Agreement.author(CanonicalJson.encode(document));
        } catch (InvalidAgreementException e) {
            throw new IllegalStateException("the template does not give a valid framework: " + e.getMessage(), e);
        }
    }

    private static void member(Map<String, String> values, String at, DemoNode node) {
        values.put(at + ".id", node.who().party());
        values.put(at + ".name", node.who().name());
        values.put(at + ".area", node.who().area());
        values.put(at + ".rootCard", node.bean(NodeIdentity.class).rootCardDigest());
        values.put(at + ".authority", node.who().authority());
        values.put(at + ".authorityName", node.who().authorityName());
        values.put(at + ".contact", "liaison@" + node.who().authority().toLowerCase(Locale.ROOT) + ".example");
    }

    private static void without(ArrayNode list, String member, String value) {
        for (int i = list.size() - 1; i >= 0; i--) {
            String found = member.isEmpty()
                    ? list.get(i).asText()
                    : list.get(i).path(member).asText();
            if (found.equals(value)) {
                list.remove(i);
            }
        }
    }

    /** The leg to the secretariat, for the two sources of this demonstration: all origins and destinations, refugees with a named approver. */
    private static void forTheProfile(ObjectNode leg) {
        ObjectNode dimensions = (ObjectNode) leg.at("/cube/dimensions");
        ((ObjectNode) dimensions.get("COUNTERPART_AREA"))
                .removeAll()
                .put("all", true)
                .put("total", "_T");
        codes(dimensions, "FREQ", "A", "A5");
        codes(dimensions, "ORIGIN_BASIS", "CT", "NR");
        codes(dimensions, "INDICATOR", "STOCK_IN", "OUTFLOW");
        ((ObjectNode) leg.at("/population")).put("measure", "STOCK_AND_FLOW");
        ((ArrayNode) leg.at("/population/concepts")).add("NEXT_RESIDENCE");
        ObjectNode coverage = (ObjectNode) leg.at("/coverage");
        ((ObjectNode) coverage.get("groups")).put("REFUGEES", "INCLUDED").put("ASYLUM_SEEKERS", "INCLUDED");
        ObjectNode approval = coverage.putObject("approval");
        approval.put("name", "United Arab Emirates, approver").put("authority", "FCSC");
        approval.putObject("post").put("en", "Approver");
        approval.putObject("reason")
                .put(
                        "en",
                        "UN DESA adds registered refugees and asylum seekers, and the figures are public with them.");
        ((ObjectNode) leg.get("onward"))
                .putArray("allowed")
                .addObject()
                .put("recipient", "PUBLIC")
                .put("condition", "FREE");
    }

    private static void codes(ObjectNode dimensions, String dimension, String... codes) {
        ArrayNode list = ((ObjectNode) dimensions.get(dimension)).putArray("codes");
        for (String code : codes) {
            list.add(code);
        }
    }

    private static StaffUser staff(DemoNode node, String name) {
        Users users = node.bean(Users.class);
        return users.staff(users.get(name));
    }

    private Rounds.Progress round(DemoNode add, String agreement) {
        demo.step("(m) one round of the programme: both members are asked at once");
        StaffUser analyst = staff(add, DemoNode.ANALYST);
        add.bean(Programmes.class).declare(PROGRAMME.formatted(agreement).getBytes(StandardCharsets.UTF_8), analyst);
        Rounds rounds = add.bean(Rounds.class);
        UUID id = rounds.open("ADD-PROFILE", 2020, analyst).round().id();
        rounds.turn(id);
        Rounds.Progress closed = rounds.close(id, analyst);
        for (Round.Task task : closed.tasks()) {
            demo.say(task.party() + "  " + task.table() + "  " + task.state()
                    + (task.sentence() == null ? "" : "  " + task.sentence()));
        }
        Demo.expect(
                closed.tasks().stream().allMatch(task -> task.state() == Round.Outcome.ANSWERED),
                "both members have answered");
        return closed;
    }

    private ProfileEdition profile(DemoNode add, Rounds.Progress round) {
        demo.step("(n) the regional profile");
        Profiles profiles = add.bean(Profiles.class);
        ProfileEdition edition = profiles.make(round.round().id(), staff(add, DemoNode.ANALYST));
        Profile profile = profiles.document(edition);
        for (Source source : profile.sources()) {
            demo.say(source.id() + "  " + source.party() + "  " + source.table() + "  " + source.observations()
                    + " figures, " + String.join("; ", source.organisations()) + "  exchange " + source.exchange());
        }
        Map<String, Double> expected = DemoFigures.allInTheEmiratesInTheExtract();
        double all = profiles.memberFigure(edition, "ARE", "STOCK", Map.of()).orElseThrow();
        Demo.expect(
                all == expected.getOrDefault("_T 2020", -1.0),
                "all foreign citizens in the Emirates: " + all + " and " + expected);
        demo.say("foreign citizens in the Emirates in 2020: " + (long) all + ", as UN DESA's own total says");
        List<Corridor> corridors = profiles.sideBySide(edition, "PHL", "ARE");
        Demo.expect(
                profile.corridors().isEmpty() && !corridors.isEmpty(),
                "a stock and a flow are no mirror pair, and stand side by side only on request");
        Corridor asked = corridors.getLast();
        demo.say("on request: PHL registered " + whole(asked.originSide().value()) + " departures to the Emirates in "
                + asked.period() + ", ARE counts "
                + whole(asked.destinationSide().value()) + " Filipino citizens: "
                + asked.reasons().getFirst().sentence());
        return edition;
    }

    private static String whole(@Nullable Double persons) {
        return persons == null ? "no" : Long.toString(persons.longValue());
    }

    private void verify(DemoNode add, ProfileEdition edition, List<DemoNode> parties) {
        demo.step("(o) the profile is checked offline, to each member's signature");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, String> roots = new TreeMap<>();
        parties.forEach(node -> roots.put(node.who().party(), node.fingerprint()));
        try {
            add.bean(ProfileBundles.class).write(edition, out);
            Path bundle = files.put("regional-profile.zip", out.toByteArray());
            VerificationReport report = ProfileVerifier.verify(bundle, roots, add.bean(Dataflows.class));
            demo.expectHolds(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
