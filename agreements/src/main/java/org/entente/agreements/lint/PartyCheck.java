package org.entente.agreements.lint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.agreements.Agreement;
import org.entente.agreements.AuthenticForm;
import org.entente.agreements.AuthenticText;
import org.entente.agreements.Kind;
import org.entente.agreements.Nature;
import org.entente.agreements.Parent;
import org.entente.agreements.Party;

/** Form, languages and parties: clauses 1, 2 and 3. */
final class PartyCheck extends Check {
    PartyCheck(Agreement agreement, LintFacts facts, List<Finding> findings) {
        super(agreement, facts, findings);
    }

    @Override
    void run() {
        form();
        for (int i = 0; i < agreement.parties().size(); i++) {
            party(agreement.parties().get(i), "/parties/" + i);
        }
    }

    private void form() {
        Parent parent = agreement.parent();
        find(
                agreement.nature() == Nature.TECHNICAL_ANNEX
                        && parent != null
                        && parent.reference() == null
                        && parent.digest() == null,
                Rule.ANNEX_PARENT_VAGUE,
                "/parent",
                "the instrument that this annex belongs to is named by its title only; say where it is published"
                        + " (reference) or by which agreement and digest it is known");
        find(
                agreement.languages().authentic().size() > 1
                        && agreement.languages().prevailing() == null,
                Rule.LANGUAGES_WITHOUT_PREVAILING,
                "/languages",
                "several languages are authentic and none prevails, so a divergence is settled by interpretation alone;"
                        + " name a prevailing language if that is not meant");
        Map<String, AuthenticText> seen = new HashMap<>();
        for (int i = 0; i < agreement.authenticTexts().size(); i++) {
            AuthenticText text = agreement.authenticTexts().get(i);
            String at = "/authenticTexts/" + i;
            AuthenticText other = seen.put(text.language(), text);
            find(
                    other != null,
                    Rule.AUTHENTIC_TEXT_TWICE,
                    at,
                    "there is another authentic text in " + text.language()
                            + ", so nobody can say which prevails; keep one");
            find(
                    !agreement.languages().authentic().contains(text.language()),
                    Rule.AUTHENTIC_TEXT_ODD_LANGUAGE,
                    at + "/language",
                    text.language() + " is not among the authentic languages; add it there or leave the text out");
            find(
                    agreement.authenticForm() == AuthenticForm.TEXT
                            && !text.mediaType().equals("application/pdf"),
                    Rule.AUTHENTIC_TEXT_NO_PDF,
                    at + "/mediaType",
                    "the text that prevails is pinned as " + text.mediaType()
                            + ", whose looks depend on the program that shows it; pin the signed PDF");
        }
    }

    private void party(Party party, String at) {
        String card = facts.cards().get(party.id());
        find(
                card != null && !card.equals(party.rootCard()),
                Rule.CARD_DIFFERS,
                at + "/rootCard",
                "the root card known here of " + party.id() + " is " + card
                        + "; compare fingerprints with the party before anything is signed");
        find(
                card == null && !facts.cards().isEmpty(),
                Rule.CARD_UNKNOWN,
                at + "/rootCard",
                "no card of " + party.id() + " has been imported here, so its root card cannot be compared; import it");
        find(
                party.legalBasis().isEmpty(),
                Rule.LEGAL_BASIS_MISSING,
                at,
                "nothing says by which law " + party.id() + " may exchange these figures; add legalBasis");
        if (party.form() == Party.Form.SECRETARIAT) {
            members(party, at);
        } else {
            roles(party, at);
        }
    }

    /** The areas of a secretariat are what {@code @CONSUMER} stands for in the legs to it. */
    private void members(Party secretariat, String at) {
        for (String member : secretariat.onBehalfOf()) {
            List<String> missing = agreement.party(member).map(Party::areas).orElse(List.of()).stream()
                    .filter(a -> !secretariat.areas().contains(a))
                    .toList();
            find(
                    !missing.isEmpty(),
                    Rule.MEMBER_AREA_MISSING,
                    at + "/areas",
                    secretariat.id() + " acts on behalf of " + member + " but its areas lack " + Codes.list(missing)
                            + ", so figures on them never reach it; add them");
        }
    }

    private void roles(Party party, String at) {
        boolean gives =
                agreement.legs().stream().anyMatch(l -> side(l.provider()).contains(party));
        boolean gets =
                agreement.legs().stream().anyMatch(l -> side(l.consumer()).contains(party));
        boolean idle = party.role().supplies() && !gives || party.role().receives() && !gets;
        find(
                idle && (agreement.kind() == Kind.BILATERAL || !gives && !gets),
                Rule.ROLE_UNUSED,
                at + "/role",
                party.id() + " is " + party.role() + " but "
                        + (gives ? "receives by no leg" : gets ? "provides by no leg" : "no leg concerns it")
                        + "; change its role or add the leg");
    }
}
