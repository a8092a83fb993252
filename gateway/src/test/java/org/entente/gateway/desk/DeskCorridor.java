package org.entente.gateway.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.Template;
import org.entente.agreements.life.State;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.exchange.Question;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.exchange.SealedFiles;
import org.entente.gateway.exchange.StaffData;
import org.entente.gateway.node.demo.DemoFigures;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.OfficerKey;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/** PHL with a node, ITA with a desk in a folder; what passes between them passes as sealed files. */
final class DeskCorridor implements AutoCloseable {
    static final String FILIPINOS = "/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.PH._T.CB";
    static final String MOLDOVANS = "/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.MD._T.CB";
    static final char[] PASSPHRASE = "a long enough passphrase".toCharArray();
    private static final Duration VALIDITY = Duration.ofDays(825);

    final TestClock clock = new TestClock();
    final TestNode phl;
    final OfficerKey phlOfficer = officer("PHL");
    final OfficerKey itaOfficer = officer("ITA");
    private final Path folder;
    private final Path anchor;
    Desk ita;
    String agreement = "";

    DeskCorridor(Path scratch) {
        this(scratch, null);
    }

    /** @param signingKey address of the desk's signing key on a token; null for one in its key ring */
    DeskCorridor(Path scratch, @Nullable String signingKey) {
        folder = scratch.resolve("ita");
        anchor = scratch.resolve("anchor");
        phl = TestNode.plan("PHL")
                .clock(clock)
                .card(card("PHL", "CFO", "diaspora", phlOfficer))
                .startWithoutListeners();
        ita = DeskFolder.init(
                folder,
                new DeskFolder.Plan(
                        "ITA",
                        URI.create("https://desk.ita.invalid"),
                        anchor,
                        signingKey,
                        card("ITA", "ISTAT", "statistics", itaOfficer),
                        VALIDITY),
                PASSPHRASE,
                clock,
                new SecureRandom());
        NodeIdentity identity = phl.bean(NodeIdentity.class);
        ita.trust(
                CardList.write(identity.chain()),
                identity.current().fingerprint().toString());
        phl.bean(Partners.class)
                .importCard(
                        CardList.write(ita.cards()),
                        ita.cards().getLast().fingerprint().toString(),
                        "test");
    }

    /** With the agreement in effect on both sides and the figures published at the desk. */
    static DeskCorridor concluded(Path scratch, Map<String, String> terms, Consumer<ObjectNode> edit) {
        DeskCorridor corridor = new DeskCorridor(scratch);
        corridor.conclude(terms, edit);
        corridor.publish();
        return corridor;
    }

    /** The same with the desk's signing key on a token. */
    static DeskCorridor signingByToken(Path scratch, String signingKey) {
        DeskCorridor corridor = new DeskCorridor(scratch, signingKey);
        corridor.conclude(Map.of(), document -> {});
        corridor.publish();
        return corridor;
    }

    static DeskCorridor concluded(Path scratch) {
        return concluded(scratch, Map.of(), document -> {});
    }

    private static OfficerKey officer(String party) {
        return OfficerKey.generate("Officer of " + party, Clock.systemUTC().instant(), VALIDITY, new SecureRandom());
    }

    private static CardText card(String party, String authority, String kind, OfficerKey officer) {
        Card.Signatory signatory = new Card.Signatory("Officer", "Director", officer.certificateSha256());
        return new CardText(
                Map.of("en", party),
                List.of(),
                List.of(new Card.Authority(authority, Map.of("en", authority), kind, List.of(signatory))));
    }

    SealedFiles node() {
        return phl.bean(SealedFiles.class);
    }

    /** Closes the desk and opens it again, as the next command would. */
    Desk reopened() {
        ita.close();
        ita = DeskFolder.open(folder, PASSPHRASE, clock, new SecureRandom());
        return ita;
    }

    Path folder() {
        return folder;
    }

    Agreement draft(Map<String, String> terms, Consumer<ObjectNode> edit) {
        agreement = "urn:uuid:" + UUID.randomUUID();
        Map<String, String> values = new TreeMap<>(terms);
        values.put("id", agreement);
        party(values, "origin", "PHL", "PH", "CFO", phl.bean(NodeIdentity.class).rootCardDigest());
        party(
                values,
                "destination",
                "ITA",
                "IT",
                "ISTAT",
                ita.cards().getFirst().digest());
        try {
            ObjectNode document = (ObjectNode) CanonicalJson.parseStrict(
                    Template.load("bilateral-diaspora-stock").fill(values).canonical());
            edit.accept(document);
            return Agreement.author(CanonicalJson.encode(document));
        } catch (InvalidAgreementException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void party(
            Map<String, String> values, String role, String party, String area, String authority, String rootCard) {
        values.put(role + ".id", party);
        values.put(role + ".name", party);
        values.put(role + ".area", area);
        values.put(role + ".rootCard", rootCard);
        values.put(role + ".authority", authority);
        values.put(role + ".authorityName", authority);
        values.put(role + ".contact", "liaison@example.org");
    }

    void conclude(Map<String, String> terms, Consumer<ObjectNode> edit) {
        byte[] text = draft(terms, edit).canonical();
        Treaties ours = phl.bean(Treaties.class);
        ours.propose(text, "test");
        ours.sign(phlOfficer.sign(text, clock.instant()), "test");
        carryActsToDesk();
        ita.submit(itaOfficer.sign(text, clock.instant()));
        carryActsToNode();
    }

    void carryActsToDesk() {
        node().receive(ita.answer(node().acts("ITA").orElseThrow().encode(), null)
                .encode());
    }

    void carryActsToNode() {
        ita.receive(node().answer(ita.acts("PHL").orElseThrow().encode()).encode());
    }

    State.Phase phaseAtTheDesk() {
        return ita.agreement(agreement).file().at(clock.instant()).phase();
    }

    State.Phase phaseAtTheNode() {
        return phl.bean(Treaties.class)
                .get(agreement)
                .file()
                .at(clock.instant())
                .phase();
    }

    static byte[] declaration() {
        Map<String, String> coverage = new TreeMap<>();
        Arrays.stream(SensitiveGroup.values()).forEach(group -> coverage.put(group.name(), "EXCLUDED"));
        return CanonicalJson.encode(Map.of(
                "id", "ITA-STOCK-UNDESA",
                "dataflow", DiasporaStructure.load().id().toString(),
                "authority", "ISTAT",
                "title", "International migrant stock in Italy",
                "coverage", coverage,
                "absent", "ZERO",
                "sums", List.of()));
    }

    static byte[] stock() {
        try (InputStream in =
                Objects.requireNonNull(DemoFigures.class.getResourceAsStream("/demo/ita-undesa-2020.csv"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Release publish() {
        return ita.releases()
                .publish(
                        declaration(),
                        stock(),
                        new DeskReleases.Publication(
                                new ReleaseTerms(
                                        ReleaseStatus.FINAL,
                                        new Protection.PublicSource("https://www.un.org/development", "2020-12"),
                                        null),
                                "Anna Bianchi",
                                "Carlo Rossi",
                                null,
                                new TreeSet<>()));
    }

    SealedFile asked(String path, @Nullable String parameters) {
        return node().ask(
                        DataQuery.parse(path, parameters, StaffData.PARAMETERS),
                        new Question.Asker("analyst", "statistician", "0123456789abcdef"));
    }

    static byte[] replaced(byte[] file, String what, String by) {
        String text = new String(file, StandardCharsets.UTF_8);
        if (!text.contains(what)) {
            throw new IllegalArgumentException(what + " is not in the file");
        }
        return text.replace(what, by).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        ita.close();
        phl.close();
    }
}
