package org.entente.gateway.node.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.CrisisAct;
import org.entente.agreements.life.Instrument;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.journal.Cosignatures;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.Treaties;

/**
 * The crisis of the demonstration: Italy's sealed pack lies with the Philippines. While Italy's gateway is down, the Philippines declare the
 * crisis and open the pack; Italy learns of both when it is back, and then answers for the crisis itself.
 */
final class DemoCrisis {
    /** For the crisis, whatever is held of it. */
    private static final String QUESTION = Demo.FILIPINOS + "?purpose=crisis-response&fresh=true";

    private static final String REASON = "An earthquake in central Italy.";
    /** The first trigger of the template's clause 32: a disaster in the state of destination. */
    private static final int DISASTER = 1;

    private static final int DAYS = 10;
    /** Packs are made every fifteen seconds and delivered every five. */
    private static final Duration UNTIL_DELIVERED = Duration.ofSeconds(30);

    private static final int CREATED = 201;
    private static final int REFUSED = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNREACHABLE = 502;

    private final Demo demo;
    private final DemoFiles files;
    private final DemoNode phl;
    private final DemoNode ita;
    private final String agreement;
    private final StaffClient analyst;
    private final StaffClient officer;

    DemoCrisis(Demo demo, DemoFiles files, DemoNode phl, DemoNode ita, String agreement) {
        this.demo = demo;
        this.files = files;
        this.phl = phl;
        this.ita = ita;
        this.agreement = agreement;
        this.analyst = phl.signIn(DemoNode.ANALYST);
        this.officer = phl.signIn(DemoNode.TREATY_OFFICER);
    }

    /** A crisis pack as PHL's staff see it. */
    private record Pack(String id, String leg, String release, String state, String received) {}

    void run() {
        Map<String, String> roots = Map.of("PHL", phl.fingerprint(), "ITA", ita.fingerprint());
        Pack pack = delivered();
        cutOff();
        declare(pack);
        open(pack);
        figures(pack);
        evidence(pack, roots);
        comeBack();
    }

    private Pack delivered() {
        demo.step("(g) the crisis pack of ITA's release lies with PHL before anything has happened, sealed");
        Demo.await("PHL holds a crisis pack", UNTIL_DELIVERED, () -> !packs().isEmpty());
        Pack pack = pack();
        Demo.expect(pack.state().equals("sealed"), "the pack is sealed: " + pack);
        Demo.await("ITA has cosigned that PHL's journal holds it", () -> isCosigned(pack));
        HttpResponse<byte[]> early = evidenceOf(pack);
        Demo.expect(early.statusCode() == NOT_FOUND, "what is sealed proves nothing: " + Demo.text(early));
        demo.say("pack " + pack.id() + " of leg " + pack.leg() + ", received " + pack.received() + ", sealed");
        return pack;
    }

    /** It comes a moment after the delivery, and stands in the evidence. */
    private boolean isCosigned(Pack pack) {
        long entry = phl.bean(Journal.class).bySubject(pack.id()).getFirst().index();
        String witness = ita.bean(NodeIdentity.class).card().witness().key().name();
        return phl.bean(Cosignatures.class).newest(witness) > entry;
    }

    private JsonNode packs() {
        return officer.json(officer.get("/api/packs", "application/json"));
    }

    private Pack pack() {
        JsonNode first = packs().path(0);
        return new Pack(
                first.path("id").asText(),
                first.path("leg").asText(),
                first.path("release").asText(),
                first.path("state").asText(),
                first.path("received").asText());
    }

    private void cutOff() {
        demo.step("(h) an earthquake in Italy, whose gateway is down: PHL declares the crisis and opens the pack");
        ita.stop();
        HttpResponse<byte[]> answer = analyst.get(QUESTION, Demo.CSV);
        Demo.expect(answer.statusCode() == UNREACHABLE, "ITA cannot be reached: " + Demo.text(answer));
        demo.say("no figures: "
                + analyst.json(answer).path("errors").path(0).path("detail").asText());
    }

    private void declare(Pack pack) {
        Instant now = phl.bean(Clock.class).instant().truncatedTo(ChronoUnit.MICROS);
        byte[] declared = signed(new CrisisAct.CrisisDeclared(
                urn(),
                agreement,
                onFile(phl).digest(),
                phl.who().party(),
                now,
                DISASTER,
                REASON,
                List.of(pack.leg()),
                DAYS));
        Demo.expect(
                handIn(declared, analyst).statusCode() == REFUSED, "who is no treaty officer hands in no declaration");
        taken(handIn(declared, officer));
        Demo.expect(inEffect(pack), "the crisis has effect, since ITA has countersigned in advance");
        demo.say("the crisis is declared and in effect: signed by " + phl.who().officer()
                + ", handed in by a treaty officer; an analyst was refused");
    }

    private void open(Pack pack) {
        Instant now = phl.bean(Clock.class).instant().truncatedTo(ChronoUnit.MICROS);
        byte[] opened = signed(new CrisisAct.PackOpened(
                urn(), agreement, onFile(phl).digest(), phl.who().party(), now, pack.leg(), pack.release(), REASON));
        taken(handIn(opened, officer));
        Demo.await("the pack is opened", () -> pack().state().equals("opened"));
    }

    /** Signed by PHL's officer, whose key is on no gateway. */
    private byte[] signed(CrisisAct act) {
        return phl.officer().sign(act, act.at());
    }

    private static HttpResponse<byte[]> handIn(byte[] act, StaffClient by) {
        return by.post("/api/agreements/acts", act);
    }

    private static void taken(HttpResponse<byte[]> receipt) {
        Demo.expect(receipt.statusCode() == CREATED, "the act is taken: " + Demo.text(receipt));
    }

    private boolean inEffect(Pack pack) {
        Instant now = phl.bean(Clock.class).instant();
        return onFile(phl).at(now).crisisOn(pack.leg(), "ITA", "PHL", now).isPresent();
    }

    private AgreementFile onFile(DemoNode node) {
        return node.bean(Treaties.class).get(agreement).file();
    }

    private static String urn() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    private void figures(Pack pack) {
        HttpResponse<byte[]> answer = analyst.get(QUESTION, Demo.CSV);
        int figures = demo.expectFilipinos(answer);
        Demo.expect(
                header(answer, "Entente-Exchange").equals(pack.id())
                        && header(answer, "Entente-Failure").contains("partner-unreachable"),
                "the figures are the pack's, and it is said that ITA did not answer: " + answer.headers());
        demo.say(figures + " figures from the opened pack, equal to those of (a); ITA still does not answer");
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private void evidence(Pack pack, Map<String, String> roots) {
        demo.step("(i) the evidence of the opened pack is checked offline");
        HttpResponse<byte[]> file = evidenceOf(pack);
        Demo.expect(file.statusCode() == 200, "evidence: " + Demo.text(file));
        files.put("crisis/" + pack.id() + ".evidence.json", file.body());
        demo.expectHolds(EvidenceVerifier.verify(file.body(), roots));
    }

    private HttpResponse<byte[]> evidenceOf(Pack pack) {
        return officer.get("/api/exchanges/packs/" + pack.id() + "/evidence", "application/json");
    }

    private void comeBack() {
        demo.step("(j) ITA's gateway is back: it learns of the crisis and of the opening, and answers itself");
        ita.restart();
        Demo.await(
                "both acts reach ITA",
                UNTIL_DELIVERED,
                () -> onFile(ita).instruments().stream()
                                .filter(DemoCrisis::isOurs)
                                .count()
                        == 2);
        onFile(ita).instruments().stream()
                .filter(DemoCrisis::isOurs)
                .forEach(act -> demo.say("ITA has " + act.word() + " of " + act.party() + ", " + act.at()));
        HttpResponse<byte[]> answer = analyst.get(QUESTION, Demo.CSV);
        int figures = demo.expectFilipinos(answer);
        Demo.expect(header(answer, "Entente-Source").contains("held=?0"), "ITA has answered: " + answer.headers());
        demo.say(figures + " figures for the crisis from ITA itself; exchange " + header(answer, "Entente-Exchange"));
    }

    private static boolean isOurs(Instrument act) {
        return act instanceof CrisisAct.CrisisDeclared || act instanceof CrisisAct.PackOpened;
    }
}
