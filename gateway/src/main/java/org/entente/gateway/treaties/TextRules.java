package org.entente.gateway.treaties;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.TextChange;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Which texts may stand beside each other. Before signature an agreement may have several texts of one version, as proposals and
 * counter-proposals; once anybody has signed one of them, the others are history.
 */
@Singleton
final class TextRules {
    private final TextShelf tables;

    TextRules(TextShelf tables) {
        this.tables = tables;
    }

    /**
     * The text of a proposal as it is held already; null if it is new and may be proposed.
     *
     * @throws EntenteException {@code agreement-text-differs}, {@code agreement-unknown}
     */
    @Nullable
    Treaty proposed(ActMessage.Proposal proposal) {
        Agreement agreement = proposal.agreement();
        Optional<Treaty> held = tables.read(bytes(proposal.textDigest()));
        if (held.isPresent()) {
            return held.get();
        }
        String before = agreement.supersedes();
        if (before != null && tables.read(bytes(before)).isEmpty()) {
            throw new EntenteException(
                    ErrorCode.AGREEMENT_UNKNOWN,
                    "The version that this text supersedes, with digest " + before + ", is not held here.");
        }
        if (proposal.instrument() instanceof Conclusion.Proposed proposed) {
            refuseRival(agreement, proposed);
        }
        return null;
    }

    private void refuseRival(Agreement agreement, Conclusion.Proposed proposed) {
        List<String> others = tables.textsOf(agreement.id(), agreement.version());
        String counters = proposed.counters();
        Optional<String> adopted = tables.adopted(agreement.id(), agreement.version());
        if (adopted.isPresent()) {
            throw differs(agreement, proposed.digest(), adopted.get());
        }
        if (counters != null && !others.contains(counters)) {
            throw new EntenteException(
                    ErrorCode.AGREEMENT_UNKNOWN,
                    "The text that this one answers, with digest " + counters + ", is not held here as version "
                            + agreement.version() + " of agreement " + agreement.id() + ".");
        }
        if (counters == null && !others.isEmpty()) {
            throw differs(agreement, proposed.digest(), others.getLast());
        }
    }

    /**
     * The text under a signature.
     *
     * @throws EntenteException {@code agreement-unknown}; {@code agreement-text-differs} if only another text of that version is held
     */
    Treaty held(ActMessage.Signature signature) {
        Optional<Treaty> held = tables.read(bytes(signature.textDigest()));
        if (held.isEmpty()) {
            refuseOther(signature.document().payload(), signature.textDigest());
        }
        return held.orElseThrow(() -> TreatyErrors.unknown("with digest " + signature.textDigest()));
    }

    /** The text of an act. */
    Treaty held(String digest) {
        return tables.read(bytes(digest)).orElseThrow(() -> TreatyErrors.unknown("with digest " + digest));
    }

    private void refuseOther(byte[] text, String digest) {
        try {
            Agreement signed = Agreement.parse(text);
            List<String> held = tables.textsOf(signed.id(), signed.version());
            if (!held.isEmpty()) {
                throw differs(signed, digest, held.getLast());
            }
        } catch (InvalidAgreementException e) {
            throw TreatyErrors.of(e);
        }
    }

    /**
     * Whether an act makes its text the one of its version, as the first that binds a party to it does.
     *
     * @throws EntenteException {@code agreement-text-differs} if another one is it already
     */
    boolean adopts(Instrument instrument, Agreement agreement) {
        if (!binds(instrument)) {
            return false;
        }
        Optional<String> adopted = tables.adopted(agreement.id(), agreement.version());
        if (adopted.isPresent() && !adopted.get().equals(instrument.digest())) {
            throw differs(agreement, instrument.digest(), adopted.get());
        }
        return adopted.isEmpty();
    }

    /** Is it a signature: on the text, on paper, or by letter? */
    static boolean binds(Instrument instrument) {
        return instrument instanceof Conclusion.Signed
                || instrument instanceof Conclusion.SignedOnPaper
                || instrument instanceof TextChange.LetterSent;
    }

    static byte[] bytes(String digest) {
        try {
            return Base64Url.decode(digest);
        } catch (IllegalArgumentException e) {
            throw new EntenteException(ErrorCode.ACT_INVALID, "The digest " + digest + " is not base64url.", e);
        }
    }

    private static EntenteException differs(Agreement agreement, String theirs, String ours) {
        return new EntenteException(
                ErrorCode.AGREEMENT_TEXT_DIFFERS,
                "Agreement " + agreement.id() + " version " + agreement.version() + " has the digest " + ours
                        + " here, not " + theirs + ".",
                Map.of("held", ours, "given", theirs));
    }
}
