package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.PublicListenerSettings;
import org.entente.gateway.region.deposit.DepositDraft;
import org.entente.gateway.region.deposit.Depositor;
import org.entente.gateway.region.deposit.Deposits;
import org.entente.gateway.sdmx.CollectionForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forms and deposits of members without a node; subcommands of {@code round}. */
final class DepositCommands {
    private DepositCommands() {}

    /** A member in a round. */
    abstract static class OfMember extends NodeCommand {

        @Parameters(index = "0", paramLabel = "ROUND", description = "Its id.")
        UUID round = new UUID(0, 0);

        @Parameters(index = "1", paramLabel = "PARTY", description = "The member.")
        String party = "";
    }

    /** The focal point of a member. */
    static final class FocalPoint {
        @Option(names = "--name", required = true, description = "The focal point's name; stays with the secretariat.")
        private String name = "";

        @Option(names = "--post", required = true, description = "Post and office; the profile names them.")
        private String post = "";

        @Option(names = "--contact", required = true, description = "Address or number; stays with the secretariat.")
        private String contact = "";

        Depositor depositor() {
            try {
                return new Depositor(name, post, contact);
            } catch (IllegalArgumentException e) {
                throw new EntenteException(ErrorCode.REQUEST_MALFORMED, e.getMessage() + ".", e);
            }
        }
    }

    @Command(
            name = "template",
            description =
                    "Writes the round's workbook for a member without a node: codes locked, figures to be filled in.",
            footer = {"", "Exit codes: 0 written, 1 refused, 2 wrong usage."})
    static final class Template extends OfMember {

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The workbook to write (.xlsx).")
        private Path file = Path.of("round.xlsx");

        @Override
        int run(ApplicationContext node) {
            CollectionForm form = node.getBean(Deposits.class).form(round, party);
            try (OutputStream out = Files.newOutputStream(file)) {
                form.write(out);
            } catch (IOException e) {
                throw new EntenteException(
                        ErrorCode.FILE_UNUSABLE, "The file " + file + " cannot be written: " + e.getMessage(), e);
            }
            form.sheets()
                    .forEach(sheet ->
                            out().println(sheet.id() + "\t" + sheet.keys().size() + " rows"));
            out().println("written: " + file);
            return 0;
        }
    }

    @Command(
            name = "deposit",
            description =
                    "Takes a workbook that a member has filled in, and shows the sums that its focal point has to confirm.",
            footer = {"", "Exit codes: 0 taken, 1 refused (every cell that does not hold is listed), 2 wrong usage."})
    static final class Upload extends OfMember {

        @Parameters(index = "2", paramLabel = "FILE", description = "The workbook.")
        private Path file = Path.of("round.xlsx");

        @Mixin
        private FocalPoint focalPoint = new FocalPoint();

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            byte[] workbook;
            try {
                workbook = Files.readAllBytes(file);
            } catch (IOException e) {
                throw new EntenteException(
                        ErrorCode.FILE_UNUSABLE, "The file " + file + " cannot be read: " + e.getMessage(), e);
            }
            try {
                show(
                        this,
                        node.getBean(Deposits.class)
                                .upload(round, party, workbook, focalPoint.depositor(), by.signIn(node)));
            } catch (EntenteException e) {
                if (e.members().get("findings") instanceof List<?> findings) {
                    findings.stream()
                            .map(CollectionForm.Finding.class::cast)
                            .forEach(one -> out().println(one.sheet() + "\t" + one.row() + "\t" + one.column() + "\t"
                                    + one.fault() + "\t" + one.detail()));
                }
                throw e;
            }
            return 0;
        }
    }

    private static void show(NodeCommand command, DepositDraft draft) {
        draft.tables()
                .forEach(sums -> command.out()
                        .println(sums.table() + "\t" + sums.figures() + " figures\tsum "
                                + BigDecimal.valueOf(sums.total())
                                        .stripTrailingZeros()
                                        .toPlainString() + "\t"
                                + sums.withheld() + " withheld\t" + sums.unofficial() + " not official"));
        command.out().println((draft.confirmed() == null ? "to be confirmed: " : "confirmed: ") + draft.id());
    }

    @Command(
            name = "confirm",
            description =
                    "Confirms the sums of a deposit as its focal point has said them; the figures count from then on.",
            footer = {
                "",
                "Example: entente round confirm DEPOSIT --total STOCK=48213 --as sara",
                "Exit codes: 0 confirmed, 1 refused, 2 wrong usage."
            })
    static final class Confirm extends NodeCommand {

        @Parameters(index = "0", paramLabel = "DEPOSIT", description = "Its id, as 'round deposit' shows it.")
        private UUID draft = new UUID(0, 0);

        @Option(
                names = "--total",
                required = true,
                paramLabel = "TABLE=SUM",
                description = "The sum of all figures of a table; once for each table.")
        private TreeMap<String, BigDecimal> totals = new TreeMap<>();

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            show(this, node.getBean(Deposits.class).confirm(draft, totals, by.signIn(node)));
            return 0;
        }
    }

    @Command(
            name = "link",
            description =
                    "Issues a link by which a member's focal point uploads its workbook and confirms the sums, once.",
            footer = {"", "Exit codes: 0 issued, 1 refused, 2 wrong usage."})
    static final class Link extends OfMember {

        @Option(
                names = "--hours",
                paramLabel = "HOURS",
                defaultValue = "240",
                description = "How long it is good for, at most until the round's deadline (${DEFAULT-VALUE}).")
        private int hours;

        @Option(
                names = "--although-node",
                paramLabel = "REASON",
                description =
                        "Why a member that has a node deposits its figures; journaled. Without it such a member gets no"
                                + " link.")
        private @Nullable String althoughNode;

        @Mixin
        private FocalPoint focalPoint = new FocalPoint();

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            String token = node.getBean(Deposits.class)
                    .issueLink(
                            round,
                            party,
                            focalPoint.depositor(),
                            Duration.ofHours(hours),
                            althoughNode,
                            by.signIn(node));
            PublicListenerSettings site = node.getBean(PublicListenerSettings.class);
            out().println(
                            site.open()
                                    ? site.baseUri() + "/deposits/" + token + "/form"
                                    : token + "\t(this node has no public listener; see entente.public)");
            return 0;
        }
    }
}
