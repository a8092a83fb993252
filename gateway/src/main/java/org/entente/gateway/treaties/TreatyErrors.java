package org.entente.gateway.treaties;

import java.util.List;
import java.util.Map;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.life.ActRefusedException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** What refusals of the agreement model are called towards callers. */
final class TreatyErrors {
    private static final int SHOWN = 50;

    private TreatyErrors() {}

    static EntenteException of(InvalidAgreementException e) {
        List<Map<String, String>> problems = e.problems().stream()
                .limit(SHOWN)
                .map(p -> Map.of("pointer", p.pointer(), "reason", p.reason().name(), "detail", p.sentence()))
                .toList();
        int more = e.problems().size() - 1;
        return new EntenteException(
                ErrorCode.AGREEMENT_INVALID,
                "At " + e.problems().getFirst() + (more == 0 ? "." : "; and " + more + " more."),
                Map.of("problems", problems),
                e);
    }

    static EntenteException of(ActRefusedException e) {
        ErrorCode code = switch (e.reason()) {
            case OTHER_AGREEMENT, OTHER_TEXT -> ErrorCode.AGREEMENT_TEXT_DIFFERS;
            case NOT_A_PARTY -> ErrorCode.PARTY_NOT_INVOLVED;
            case UNKNOWN_SIGNATORY -> ErrorCode.SIGNATORY_UNKNOWN;
            case TEXT_NOT_HELD -> ErrorCode.AGREEMENT_UNKNOWN;
            case UNKNOWN_LEG, UNKNOWN_REFERENCE, INCOMPLETE, TIME -> ErrorCode.ACT_INVALID;
            case OUT_OF_ORDER -> ErrorCode.ACT_OUT_OF_ORDER;
            case NOT_ENTITLED, NOT_ALLOWED_BY_NATURE, NOT_ALLOWED_BY_CLAUSE -> ErrorCode.ACT_NOT_ALLOWED;
        };
        String sentence = String.valueOf(e.getMessage());
        return new EntenteException(code, Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".", e);
    }

    static EntenteException unknown(String named) {
        return new EntenteException(
                ErrorCode.AGREEMENT_UNKNOWN, "This node holds no agreement " + named + " that concerns the caller.");
    }
}
