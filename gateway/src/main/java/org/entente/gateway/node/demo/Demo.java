package org.entente.gateway.node.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Template;
import org.entente.agreements.life.State;
import org.entente.gateway.evidence.Audit;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.exchange.AskedExchanges;
import org.entente.gateway.exchange.Receipts;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.Treaties;

/**
 * The main job on one machine: Italy and the Philippines conclude an agreement, each asks the other for real figures, Moldova is refused, the
 * evidence is checked offline, a crisis pack is opened while Italy cannot be reached, and a secretariat makes a regional profile. Each step checks what it claims; the first that does not hold ends the run.
 */
public final class Demo implements AutoCloseable {
    static final String CSV = "application/vnd.sdmx.data+csv;version=2.0.0";
    private static final String STOCK = "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.";
    /** Filipinos in Italy by sex and year: every breakdown but sex at its total. */
    static final String FILIPINOS = STOCK + "PH._T.CB";

    private static final String MOLDOVANS = STOCK + "MD._T.CB";
    private static final String DEPARTURES = "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A.PH._T.IT._T.NR";

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path folder;
    private final DemoDatabase database;
    private final PrintWriter out;
    private final Map<String, DemoNode> nodes = new TreeMap<>();

    /** A demonstration that writes into a folder, which is emptied first. */
    public Demo(Path folder, DemoDatabase database, PrintWriter out) {
        this.folder = folder.toAbsolutePath();
        this.database = database;
        this.out = out;
    }

    /** Runs every step, and leaves the nodes running until {@link #close()}. */
    public void run() {
        DemoFiles files = new DemoFiles(folder);
        files.empty();
        step("three states' nodes, each with its own keys and schema");
        DemoNode ita = start(new DemoNode.Who(
                "ITA",
                "Italy",
                "IT",
                "ISTAT",
                "National Institute of Statistics",
                "statistics",
                "Giulia Conti",
                "Director, demographic statistics",
                7102,
                7202));
        DemoNode phl = start(new DemoNode.Who(
                "PHL",
                "Philippines",
                "PH",
                "CFO",
                "Commission on Filipinos Overseas",
                "diaspora",
                "Maria Santos",
                "Chief, policy and research",
                7101,
                7201));
        DemoNode mda = start(new DemoNode.Who(
                "MDA",
                "Republic of Moldova",
                "MD",
                "BNS",
                "National Bureau of Statistics",
                "statistics",
                "Ion Rusu",
                "Head of population statistics",
                7103,
                7203));
        step("cards: exchanged, their fingerprints compared by telephone");
        befriend(phl, ita);
        befriend(ita, mda);
        nodes.values().forEach(node -> say(node.who().party() + "  " + node.fingerprint()));
        step("figures: imported, approved by a second person, published");
        say("ITA  "
                + DemoFigures.publishStock(ita.context(), ita.releaseStaff(), "ISTAT")
                        .release()
                        .observations() + " observations of UN DESA's International Migrant Stock 2020");
        say("PHL  "
                + DemoFigures.publishDepartures(phl.context(), phl.releaseStaff(), "CFO")
                        .release()
                        .observations() + " observations of the Commission on Filipinos Overseas");
        step("agreement: proposed by PHL, signed by both");
        String agreement = conclude(phl, ita);
        UUID exchange = ask(phl, ita);
        refusedAtHomeAndAbroad(phl, ita);
        refusedWithoutAgreement(mda, ita);
        departures(ita);
        Path evidence = evidence(phl, ita, exchange, files);
        sameAgain(phl, ita, exchange);
        new DemoCrisis(this, files, phl, ita, agreement).run();
        new DemoRegion(this, files).run(phl);
        replay();
        files.write(phl, ita, agreement, exchange, evidence);
        step("everything held");
        say("what was made: " + folder + " (README.txt says how to check it with public tools)");
    }

    DemoNode start(DemoNode.Who who) {
        DemoNode node = DemoNode.start(who, folder.resolve("nodes").resolve(who.party()), database);
        nodes.put(who.party(), node);
        say(who.party() + "  staff http://127.0.0.1:" + who.staffPort() + "  partners https://127.0.0.1:"
                + who.nodePort());
        return node;
    }

    static void befriend(DemoNode one, DemoNode other) {
        one.importCardOf(other);
        other.importCardOf(one);
    }

    private String conclude(DemoNode phl, DemoNode ita) {
        Clock clock = phl.bean(Clock.class);
        Agreement agreement = draft(phl, ita);
        byte[] text = agreement.canonical();
        phl.bean(Treaties.class).propose(text, "treaties");
        phl.bean(Treaties.class).sign(phl.officer().signText(text, clock.instant()), "treaties");
        await(
                "the proposal reaches ITA",
                () -> ita.bean(Treaties.class).find(agreement.id()).isPresent());
        ita.bean(Treaties.class).sign(ita.officer().signText(text, clock.instant()), "treaties");
        await("in effect at PHL", () -> inEffect(phl, agreement.id()));
        await("in effect at ITA", () -> inEffect(ita, agreement.id()));
        say(agreement.title().best("en"));
        say("digest " + agreement.digest() + ", signed by both officers, in effect on both nodes");
        return agreement.id();
    }

    static boolean inEffect(DemoNode node, String agreement) {
        return node.bean(Treaties.class)
                .find(agreement)
                .map(t -> t.file().at(node.bean(Clock.class).instant()).phase())
                .filter(State.Phase.IN_EFFECT::equals)
                .isPresent();
    }

    private static Agreement draft(DemoNode phl, DemoNode ita) {
        Map<String, String> values = new TreeMap<>();
        values.put("id", "urn:uuid:" + UUID.randomUUID());
        party(values, "origin", phl);
        party(values, "destination", ita);
        try {
            return Template.load("bilateral-diaspora-stock-crisis").fill(values);
        } catch (InvalidAgreementException e) {
            throw new IllegalStateException("the template does not give a valid agreement: " + e.getMessage(), e);
        }
    }

    private static void party(Map<String, String> values, String role, DemoNode node) {
        values.put(role + ".id", node.who().party());
        values.put(role + ".name", node.who().name());
        values.put(role + ".area", node.who().area());
        values.put(role + ".rootCard", node.bean(NodeIdentity.class).rootCardDigest());
        values.put(role + ".authority", node.who().authority());
        values.put(role + ".authorityName", node.who().authorityName());
        values.put(
                role + ".contact", "liaison@" + node.who().authority().toLowerCase(java.util.Locale.ROOT) + ".example");
    }

    private UUID ask(DemoNode phl, DemoNode ita) {
        step("(a) PHL asks its own gateway for Filipinos in Italy by sex and year");
        HttpResponse<byte[]> answer = phl.signIn(DemoNode.ANALYST).get(FILIPINOS, CSV);
        int figures = expectFilipinos(answer);
        UUID exchange =
                UUID.fromString(answer.headers().firstValue("Entente-Exchange").orElseThrow());
        say(figures + " figures, verified; exchange " + exchange);
        return exchange;
    }

    /** The answer must be the extract's figures on Filipinos in Italy, of which those of 2020 are shown; how many there are. */
    int expectFilipinos(HttpResponse<byte[]> answer) {
        expect(answer.statusCode() == 200, "ITA's figures: " + text(answer));
        CsvTable table = CsvTable.parse(answer.body());
        Map<String, Double> expected = DemoFigures.filipinosInTheExtract();
        Map<String, Double> found = table.values("SEX", "TIME_PERIOD");
        expect(expected.equals(found), "the figures equal the extract's: " + expected + " and " + found);
        found.entrySet().stream()
                .filter(e -> e.getKey().endsWith("2020"))
                .forEach(e -> say("   " + e.getKey() + "  " + e.getValue().longValue()));
        return table.rows();
    }

    private void refusedAtHomeAndAbroad(DemoNode phl, DemoNode ita) {
        step("(b) PHL asks for Moldovans in Italy: refused at home; sent all the same: refused by ITA");
        StaffClient analyst = phl.signIn(DemoNode.ANALYST);
        HttpResponse<byte[]> home = analyst.get(MOLDOVANS, CSV);
        expectRefusal(analyst, home, "own node");
        long before = ita.bean(Journal.class).size();
        HttpResponse<byte[]> abroad = analyst.get(MOLDOVANS + "?askAnyway=true", CSV);
        expectRefusal(analyst, abroad, "ITA");
        expect(ita.bean(Journal.class).size() > before, "ITA's journal holds its refusal");
    }

    private void refusedWithoutAgreement(DemoNode mda, DemoNode ita) {
        step("(c) MDA, which has no agreement, asks ITA: refused, signed and journaled");
        StaffClient analyst = mda.signIn(DemoNode.ANALYST);
        expectRefusal(analyst, analyst.get(MOLDOVANS, CSV), "own node");
        long before = ita.bean(Journal.class).size();
        expectRefusal(analyst, analyst.get(MOLDOVANS + "?askAnyway=true", CSV), "ITA");
        expect(ita.bean(Journal.class).size() > before, "ITA's journal holds its refusal");
    }

    private void expectRefusal(StaffClient analyst, HttpResponse<byte[]> answer, String by) {
        JsonNode problem = analyst.json(answer);
        JsonNode error =
                problem.path("errors").isArray() ? problem.path("errors").path(0) : problem;
        expect(answer.statusCode() == 403, "refused: " + text(answer));
        expect(text(answer).contains("Refused by " + by), "refused by " + by + ": " + text(answer));
        say(error.path("detail").asText());
    }

    private void departures(DemoNode ita) {
        step("(d) ITA asks PHL for registered departures to Italy");
        HttpResponse<byte[]> answer = ita.signIn(DemoNode.ANALYST).get(DEPARTURES, CSV);
        expect(answer.statusCode() == 200, "PHL's figures: " + text(answer));
        CsvTable table = CsvTable.parse(answer.body());
        Map<String, Double> found = table.values("TIME_PERIOD");
        Map<String, Double> expected = DemoFigures.departuresToItalyInTheExtract();
        expect(expected.equals(found), "the figures equal the extract's: " + expected + " and " + found);
        say(found.size() + " years, from " + found.keySet().stream().findFirst().orElse("") + ", verified");
    }

    private Path evidence(DemoNode phl, DemoNode ita, UUID exchange, DemoFiles files) {
        step("(e) the evidence of (a) is checked offline, whole and with one byte changed");
        HttpResponse<byte[]> file =
                phl.signIn(DemoNode.AUDITOR).get("/api/exchanges/" + exchange + "/evidence", "application/json");
        expect(file.statusCode() == 200, "evidence: " + text(file));
        Path path = files.put(exchange + ".evidence.json", file.body());
        Map<String, String> roots = Map.of("PHL", phl.fingerprint(), "ITA", ita.fingerprint());
        expectHolds(EvidenceVerifier.verify(file.body(), roots));
        byte[] changed = file.body().clone();
        int at = new String(changed, StandardCharsets.ISO_8859_1).indexOf("\"response\":{\"body\":\"") + 40;
        changed[at] = (byte) (changed[at] == 'A' ? 'B' : 'A');
        VerificationReport.Step failure =
                EvidenceVerifier.verify(changed, roots).failure();
        if (failure == null) {
            throw new IllegalStateException("a changed byte was not found");
        }
        say("with byte " + at + " changed: " + failure.name() + " fails: " + failure.sentence());
        return path;
    }

    private void sameAgain(DemoNode phl, DemoNode ita, UUID exchange) {
        step("(f) the same request under the same exchange id: the same bytes, and no second exchange");
        await(
                "every receipt is accepted",
                () -> nodes.values().stream()
                        .allMatch(node -> node.bean(Receipts.class).waiting() == 0));
        long atHome = entries(phl, exchange);
        long abroad = entries(ita, exchange);
        String signature = signature(phl, exchange);
        HttpResponse<byte[]> again =
                phl.signIn(DemoNode.ANALYST).get(FILIPINOS + "?fresh=true&exchange=" + exchange, CSV);
        expect(again.statusCode() == 200, "the same answer: " + text(again));
        expect(
                Arrays.equals(
                        CsvTable.parse(again.body())
                                .values("SEX", "TIME_PERIOD")
                                .toString()
                                .getBytes(StandardCharsets.UTF_8),
                        DemoFigures.filipinosInTheExtract().toString().getBytes(StandardCharsets.UTF_8)),
                "the same figures");
        expect(signature.equals(signature(phl, exchange)), "the same signature");
        expect(
                entries(phl, exchange) == atHome && entries(ita, exchange) == abroad,
                "no journal has another entry about it");
        say("the journals hold " + atHome + " and " + abroad + " entries about it, as before");
    }

    /** How many entries a journal has about an exchange; about other things it may grow at any time, such as a crisis pack that is made. */
    private static long entries(DemoNode node, UUID exchange) {
        return node.bean(Journal.class).bySubject(exchange.toString()).size();
    }

    private void replay() {
        step("(q) every journaled decision is made again");
        long decisions = 0;
        for (DemoNode node : nodes.values()) {
            Audit.Report report = node.bean(Audit.class).replay(0, Long.MAX_VALUE);
            decisions += report.decisions();
            expect(
                    report.same() == report.decisions(),
                    "the decisions of " + node.who().party() + " are the same again: " + report.findings());
            say(node.who().party() + "  " + report.decisions() + " decisions in " + report.size()
                    + " entries, all the same again");
        }
        expect(decisions > 0, "decisions were journaled");
    }

    /** Says what was verified, step by step; all of it must hold. */
    void expectHolds(VerificationReport report) {
        report.steps().forEach(s -> say((s.holds() ? "holds  " : "FAILS  ") + s.name() + ": " + s.sentence()));
        expect(report.holds(), "all of it holds");
    }

    private static String signature(DemoNode phl, UUID exchange) {
        return phl.bean(AskedExchanges.class)
                .find(exchange)
                .flatMap(asked -> asked.response(org.entente.crypto.message.Content.EMPTY))
                .flatMap(response -> response.headers().get("signature"))
                .orElse("");
    }

    /** Where the running nodes can be asked, with commands that work as printed. */
    public void printWhereToLook() {
        DemoNode phl = java.util.Objects.requireNonNull(nodes.get("PHL"));
        out.println();
        out.println("The gateways are running; Ctrl-C ends them. To ask as PHL's analyst:");
        out.println();
        out.println("  TOKEN=$(curl -s " + phl.staff() + "/login -H 'content-type: application/json' \\");
        out.println("    -d '{\"username\":\"" + DemoNode.ANALYST + "\",\"password\":\""
                + phl.password(DemoNode.ANALYST) + "\"}' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')");
        out.println("  curl -s -H \"authorization: Bearer $TOKEN\" '" + phl.staff() + FILIPINOS + "?format=csv'");
        out.println("  curl -s -H \"authorization: Bearer $TOKEN\" '" + phl.staff() + MOLDOVANS + "'");
        out.println("  curl -s -H \"authorization: Bearer $TOKEN\" " + phl.staff() + "/api/exchanges/asked");
        out.println("  curl -s " + phl.staff() + "/health");
        DemoNode add = nodes.get("ADD");
        if (add != null) {
            out.println();
            out.println("The regional profile, for everybody: " + add.everybody() + "/profiles");
        }
        out.flush();
    }

    void step(String what) {
        out.println();
        out.println("== " + what);
        out.flush();
    }

    void say(String what) {
        out.println("   " + what);
        out.flush();
    }

    static void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("This did not hold: " + what);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        await(what, Duration.ofSeconds(10), condition);
    }

    static void await(String what, Duration patience, BooleanSupplier condition) {
        for (long i = 0; i < patience.dividedBy(PAUSE); i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("This did not happen within " + patience.toSeconds() + " s: " + what);
    }

    static String text(HttpResponse<byte[]> answer) {
        return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        nodes.values().forEach(DemoNode::close);
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
