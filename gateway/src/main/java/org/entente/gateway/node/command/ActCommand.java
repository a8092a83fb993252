package org.entente.gateway.node.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.treaties.OfficerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An act that an officer signs on the officer's own machine. Needs no node; {@code agreement submit} hands it in at one. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class ActCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TEXT", description = "The text, as `agreement document` writes it.")
    private Path file = Path.of("agreement.json");

    @Option(
            names = "--party",
            required = true,
            paramLabel = "ID",
            description = "The party for which the officer acts.")
    private String party = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The signed act to write.")
    private Path out = Path.of("act.json");

    @Mixin
    private OfficerKeyOption key = new OfficerKeyOption();

    /** What every act says: about which text, by whom, when. */
    record Head(Agreement text, String id, String party, Instant at) {
        String agreement() {
            return text.id();
        }

        String digest() {
            return text.digest();
        }
    }

    /** The act that is to be signed. */
    abstract Instrument make(Head head);

    /** The file that is handed in. */
    byte[] signed(OfficerKey officer, Head head, Instrument act) {
        return officer.sign(act, head.at());
    }

    @Override
    public final Integer call() {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
        Head head = new Head(read(file), "urn:uuid:" + UUID.randomUUID(), party, now);
        Instrument act = make(head);
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println(CanonicalJson.parseStrict(CanonicalJson.encode(act)).toPrettyString());
        CommandFiles.write(out, signed(key.open(), head, act));
        terminal.println("Signed: " + act.word() + " " + act.id() + " into " + out);
        terminal.flush();
        return 0;
    }

    /** Wrong usage, exit code 2. */
    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** A text that officers sign. */
    static Agreement read(Path file) {
        try {
            return Agreement.parse(CommandFiles.read(file));
        } catch (InvalidAgreementException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE, "The file " + file + " is no agreement: " + e.getMessage(), e);
        }
    }
}
