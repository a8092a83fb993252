package org.entente.agreements.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Nature;
import org.entente.agreements.Sample;
import org.entente.crypto.canonical.CanonicalJson;
import org.junit.jupiter.api.Test;

/**
 * Every act in every state of a bilateral agreement of every nature, against the table {@code acts.csv}.
 */
class ActTableTest {
    private static final ActTable TABLE = new ActTable("acts.csv", Situations::of, ActTableTest::tries);

    /** One act of every kind, made to fit the situation as well as it can. */
    private static Map<String, ActTable.Try> tries(AgreementFile file) {
        Acting phl = Acting.on(file.agreement(), "PHL", Situations.NOW);
        Map<String, ActTable.Try> tries = new LinkedHashMap<>();
        List<Instrument> acts = new ArrayList<>(List.of(
                phl.proposed(),
                phl.initialled(),
                phl.signed(),
                phl.signedOnPaper(),
                phl.completed(),
                phl.provisional(),
                phl.acceded(Sample.agreement().parties().get(0)),
                phl.accepted("MDA"),
                phl.optedOut(Sample.STOCK),
                phl.optedIn(Sample.STOCK),
                phl.declared(Sample.STOCK),
                phl.withdrawn(),
                phl.excluding("ITA"),
                phl.chair("ITA"),
                phl.suspended(Sample.STOCK),
                phl.resumed(Sample.DEPARTURES),
                phl.held(),
                new Interruption.HoldLifted(
                        "urn:uuid:hl",
                        file.agreement().id(),
                        file.digest(),
                        "PHL",
                        Situations.NOW,
                        Interruption.Scope.RELEASE,
                        null,
                        "REL-9"),
                phl.denounced(),
                phl.discontinued(),
                phl.crisis(10, Sample.STOCK),
                phl.countersigned(Situations.openCrisis(file)),
                phl.ended(Situations.lastingCrisis(file)),
                phl.reviewed(Situations.overCrisis(file)),
                phl.opened(Sample.STOCK),
                phl.recalled("REL-5"),
                phl.destroyed(Situations.recall(file)),
                phl.declined(Situations.recall(file)),
                phl.deleted(),
                phl.error(),
                phl.correction(Situations.report(file)),
                phl.breach(),
                phl.question("T2"),
                phl.reply("T1"),
                phl.reconciling("ITA", "RULE-2"),
                phl.reconcilingNoMore(Situations.consent(file))));
        acts.forEach(act -> tries.put(act.word(), ActTable.Try.on(file, act)));
        newTexts(file, tries);
        return tries;
    }

    /** Acts that put another text beside the one in the situation. */
    private static void newTexts(AgreementFile file, Map<String, ActTable.Try> tries) {
        Agreement other = edited(file.agreement(), d -> ((ObjectNode) d.get("title")).put("en", "A better title"));
        Agreement next = edited(file.agreement(), d -> d.put("version", 2).put("supersedes", file.digest()));
        Acting onOther = Acting.on(other, "PHL", Situations.NOW);
        Acting onNext = Acting.on(next, "PHL", Situations.NOW);
        AgreementFile unproposed = AgreementFile.of(other, List.of());
        List<AgreementFile> there = List.of(file);
        tries.put("proposed as an answer", new ActTable.Try(unproposed, there, onOther.countering(file.digest())));
        tries.put(
                "proposed as next version",
                new ActTable.Try(AgreementFile.of(next, List.of()), there, onNext.proposed()));
        AgreementFile letters = AgreementFile.of(
                next,
                List.of(onNext.by("ITA").at(Situations.NOW.minusSeconds(60)).proposed()));
        tries.put("letter-sent", new ActTable.Try(letters, there, onNext.letter(file.digest())));
        tries.put(
                "text-correction-proposed", new ActTable.Try(unproposed, there, onOther.correcting(file.agreement())));
        AgreementFile corrected = AgreementFile.correcting(
                file,
                other,
                List.of(onOther.by("ITA").at(Situations.NOW.minusSeconds(60)).correcting(file.agreement())));
        tries.put("text-correction-consented", new ActTable.Try(corrected, there, onOther.consenting(file.digest())));
    }

    private static Agreement edited(Agreement text, Consumer<ObjectNode> edit) {
        ObjectNode tree = (ObjectNode) CanonicalJson.parseStrict(text.canonical());
        edit.accept(tree);
        try {
            return Agreement.parse(CanonicalJson.encode(tree));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void every_act_in_every_state_of_every_nature_is_allowed_or_refused_as_the_table_says() throws IOException {
        TABLE.check();
    }

    @Test
    void the_acts_tried_are_all_the_acts_there_are() {
        Set<String> tried = new TreeSet<>(TABLE.tried());
        tried.removeIf(act -> act.startsWith("proposed as"));
        assertEquals(ActTable.words(), tried);
    }

    @Test
    void each_situation_is_the_state_that_its_name_says() {
        for (Nature nature : Nature.values()) {
            Situations.of(nature).forEach((name, file) -> {
                State state = file.at(Situations.NOW);
                String phase = switch (name) {
                    case "SIGNED_BY_ONE" -> "PROPOSED";
                    case "NOTICE_GIVEN" -> "IN_EFFECT";
                    default -> name;
                };
                assertEquals(phase, state.phase().name(), nature + " " + name);
                assertEquals(name.equals("NOTICE_GIVEN") || name.equals("DENOUNCED"), state.notice() != null);
            });
        }
    }
}
