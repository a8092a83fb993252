package org.entente.gateway.node.command;

import java.nio.file.Path;
import org.entente.agreements.IsoDate;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A signature on paper, attested by an officer of the same party. */
@Command(
        name = "sign-paper",
        description =
                "Attests a signature that a person of the party has put on paper: the officer's own signature covers the"
                        + " scan's digest, who signed and when. Needs no node.",
        footer = {"", "Exit codes: 0 signed, 1 refused, 2 wrong usage."})
final class SignPaperCommand extends ActCommand {

    @Option(names = "--scan", paramLabel = "FILE", description = "The scanned page; its digest is computed.")
    private @Nullable Path scan;

    @Option(
            names = "--scan-digest",
            paramLabel = "DIGEST",
            description = "The scan's SHA-256 in base64url, where the scan itself is elsewhere.")
    private @Nullable String scanDigest;

    @Option(names = "--signed-on", required = true, paramLabel = "DATE", description = "The day on the paper.")
    private String signedOn = "";

    @Mixin
    private SignatoryOption signatory = new SignatoryOption();

    @Override
    Instrument make(Head head) {
        return new Conclusion.SignedOnPaper(
                head.id(),
                head.agreement(),
                head.digest(),
                head.party(),
                head.at(),
                digest(),
                signatory.signatory(),
                IsoDate.parse(signedOn));
    }

    private String digest() {
        String given = scanDigest;
        if (scan != null && given == null) {
            return Base64Url.encode(Digests.sha256(CommandFiles.read(scan)));
        }
        if (scan != null || given == null || !given.matches("[A-Za-z0-9_-]{43}")) {
            throw usage("Name either --scan FILE or --scan-digest with 43 characters of base64url.");
        }
        return given;
    }
}
