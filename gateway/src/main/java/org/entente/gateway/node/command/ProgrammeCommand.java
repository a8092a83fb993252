package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.region.indicator.ReferenceIndicators;
import org.entente.gateway.region.profile.Reconciled;
import org.entente.gateway.region.profile.ReconciliationConsents;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.ReconciliationRule;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.sdmx.StructureMessage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a secretariat collects regularly. */
@Command(
        name = "programme",
        description = "The programmes of a regional process: declares and lists them.",
        subcommands = {
            ProgrammeCommand.Declare.class,
            ProgrammeCommand.Overview.class,
            ProgrammeCommand.ReferenceStructure.class,
            ProgrammeCommand.Reconciliation.class
        })
final class ProgrammeCommand extends CommandGroup {

    @Command(
            name = "declare",
            description = "Declares a programme, or its next version, against the framework that it names.",
            footer = {
                "",
                "docs/secretariat.md shows a programme with every member explained.",
                "Exit codes: 0 declared, 1 refused (every fault is named), 2 wrong usage."
            })
    static final class Declare extends NodeCommand {

        @Parameters(index = "0", paramLabel = "FILE", description = "The programme, JSON or YAML.")
        private Path file = Path.of("programme.yaml");

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Programmes.Declared declared =
                    node.getBean(Programmes.class).declare(CommandFiles.read(file), by.signIn(node));
            out().println(declared.programme().id() + " version "
                    + declared.programme().version() + " declared, digest " + declared.digest());
            return 0;
        }
    }

    @Command(
            name = "reference-structure",
            description =
                    "Writes the structure of reference indicators, for 'structure import' on the node that publishes them.",
            footer = {"", "Exit codes: 0 written, 1 refused, 2 wrong usage."})
    static final class ReferenceStructure extends NodeCommand {

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write (SDMX-JSON).")
        private Path file = Path.of("reference-structure.json");

        @Override
        int run(ApplicationContext node) {
            MessageHeader header = new MessageHeader(
                    "REFERENCE",
                    node.getBean(Clock.class).instant(),
                    node.getBean(NodeIdentity.class).party());
            byte[] message = StructureFormat.JSON_2_0.bytes(
                    StructureMessage.all(ReferenceIndicators.load()), header, Languages.ANY);
            try {
                Files.write(file, message);
            } catch (IOException e) {
                throw new EntenteException(
                        ErrorCode.FILE_UNUSABLE, "The file " + file + " cannot be written: " + e.getMessage(), e);
            }
            out().println("written: " + file);
            return 0;
        }
    }

    @Command(
            name = "reconciliation",
            description = "Lists the rules by which mirror pairs are also shown reconciled, with the members' consents;"
                    + " writes one of them for an officer to consent to.",
            footer = {"", "Exit codes: 0 listed or written, 1 refused, 2 wrong usage."})
    static final class Reconciliation extends NodeCommand {

        @Parameters(index = "0", paramLabel = "PROGRAMME", description = "Its id.")
        private String programme = "";

        @Option(names = "--rule", paramLabel = "ID", description = "The rule to write.")
        private @Nullable String rule;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "The file to write (${DEFAULT-VALUE}).",
                defaultValue = "rule.json")
        private Path file = Path.of("rule.json");

        @Override
        int run(ApplicationContext node) {
            Programme declared = node.getBean(Programmes.class).get(programme).programme();
            if (rule != null) {
                write(declared, rule);
                return 0;
            }
            Map<String, List<Reconciled.Consent>> consents =
                    node.getBean(ReconciliationConsents.class).of(declared);
            for (ReconciliationRule one : declared.reconciliation()) {
                out().println(one.id() + "\t" + one.method() + "\t" + one.table() + "\t" + one.origin() + " to "
                        + one.destination() + "\t" + one.of(declared.id()).digest());
                List<Reconciled.Consent> given = consents.getOrDefault(one.id(), List.of());
                one.parties().forEach(party -> out().println("\t" + party + "\t" + said(party, given)));
            }
            return 0;
        }

        private void write(Programme declared, String id) {
            ReconciliationRule.Document document = declared.reconciliation().stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new EntenteException(
                            ErrorCode.NOT_FOUND,
                            "The programme " + programme + " has no rule of reconciliation " + id + "."))
                    .of(declared.id());
            CommandFiles.write(file, document.encode());
            out().println("written: " + file + "\tdigest " + document.digest());
        }

        private static String said(String party, List<Reconciled.Consent> consents) {
            return consents.stream()
                    .filter(consent -> consent.party().equals(party))
                    .findFirst()
                    .map(consent -> consent.withdrawn() == null
                            ? "consented on " + consent.at() + "\t" + consent.act()
                            : "withdrawn on " + consent.withdrawn() + "\t" + consent.withdrawal())
                    .orElse("not consented");
        }
    }

    @Command(
            name = "list",
            description = "Lists the newest version of every programme with its tables.",
            footer = {"", "Exit codes: 0 listed, 2 wrong usage."})
    static final class Overview extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            for (Programmes.Declared declared : node.getBean(Programmes.class).all()) {
                Programme programme = declared.programme();
                out().println(programme.id() + "\tversion " + programme.version() + "\t" + programme.agreement() + "\t"
                        + Programme.in(programme.title(), "en"));
                programme
                        .tables()
                        .forEach(table -> out().println("\t" + table.id() + "\t" + table.leg() + "\t" + table.publish()
                                + "\t" + Programme.in(table.title(), "en")));
            }
            return 0;
        }
    }
}
