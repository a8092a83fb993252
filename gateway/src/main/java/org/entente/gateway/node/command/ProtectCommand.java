package org.entente.gateway.node.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.CountTable;
import org.entente.gateway.disclosure.DisclosureControl;
import org.entente.gateway.disclosure.ProtectedTable;
import org.entente.gateway.disclosure.SealedPackage;
import org.entente.gateway.disclosure.TableFile;
import org.entente.gateway.treaties.OfficerKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Protects a table in the office. */
@Command(
        name = "protect",
        mixinStandardHelpOptions = true,
        description =
                "Protects a table of counts as a specification says, proves the protection and seals the result. Needs no"
                        + " node and no database; the true counts stay where the command runs.",
        footer = {
            "",
            "docs/disclosure.md describes the specification.",
            "Exit codes: 0 protected and proved, 1 refused or not proved, 2 wrong usage."
        })
final class ProtectCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Parameters(paramLabel = "TABLE.csv", description = "The true table: columns are dimensions and one count.")
    private Path table = Path.of("table.csv");

    @Option(names = "--spec", required = true, paramLabel = "SPEC.yaml", description = "How it is protected.")
    private Path spec = Path.of("specification.yaml");

    @Option(names = "--out", required = true, paramLabel = "PACKAGE", description = "The sealed package to write.")
    private Path out = Path.of("protected.zip");

    @Option(names = "--explain", description = "Also says what each rule and each set of sums costs.")
    private boolean explain;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The key of the office that signs the package: a PKCS#12 file or a key on a token, as for sign."
                            + " Without it the package is sealed by its digest only.")
    private @Nullable String key;

    @Mixin
    private PasswordOption password = new PasswordOption();

    @Override
    public Integer call() {
        ProtectionFiles files = ProtectionFiles.read(spec);
        TableFile input = ProtectionFiles.named(
                table.toString(), () -> TableFile.read(CommandFiles.read(table), files.specification()));
        List<CountTable> known = files.known();
        DisclosureControl control = DisclosureControl.create();
        ProtectedTable result = ProtectionFiles.named(
                table.toString(), () -> control.protect(input.table(), files.specification(), known));
        PrintWriter to = command.commandLine().getOut();
        report(to, result);
        if (explain) {
            for (DisclosureControl.Cost cost : control.explain(input.table(), files.specification(), known)) {
                to.println("without " + cost.without() + "\t" + cost.withheld() + " cells\t" + cost.peopleWithheld()
                        + " people withheld");
            }
        }
        if (!result.report().safe()) {
            throw new EntenteException(
                    ErrorCode.PROTECTION_UNPROVED,
                    "Nothing was written; not proved: " + shown(result.report().beyondHelp()));
        }
        OfficerKey officer = key == null ? null : OfficerKeyOption.open(key, password);
        SealedPackage sealed = SealedPackage.seal(
                result,
                input.write(result),
                files.bytes(),
                files.besides(),
                officer == null
                        ? null
                        : manifest -> officer.sign(manifest, Clock.systemUTC().instant()));
        CommandFiles.write(out, sealed.toBytes());
        to.println((officer == null ? "Sealed by its digest only, without a signature: " : "Signed and sealed: ") + out
                + ", digest " + sealed.digest());
        to.flush();
        return 0;
    }

    private static void report(PrintWriter to, ProtectedTable result) {
        ProtectedTable.Report report = result.report();
        to.println(report.cells() + " cells, " + report.withheld() + " withheld with "
                + report.peopleWithheld() + " of " + report.people()
                + " people, totals counted like any other cell; pattern " + result.patternDigest());
        if (!report.additive()) {
            to.println("The figures shown do not add up everywhere.");
        }
        if (!report.alreadyPublic().isEmpty()) {
            to.println(report.alreadyPublic().size() + " small cells are public already and cannot be protected: "
                    + shown(report.alreadyPublic()));
        }
        if (!report.knownDiffers().isEmpty()) {
            to.println(report.knownDiffers().size() + " cells are public elsewhere with another figure: "
                    + shown(report.knownDiffers()));
        }
        to.println((report.safe() ? "Proved" : "NOT proved") + " by " + report.solver() + " with " + report.programs()
                + " linear and " + report.integerPrograms() + " integer programs.");
    }

    private static String shown(List<List<String>> cells) {
        String first = String.join(
                "; ",
                cells.stream().limit(5).map(codes -> String.join(" ", codes)).toList());
        return cells.size() > 5 ? first + " and " + (cells.size() - 5) + " more" : first;
    }
}
