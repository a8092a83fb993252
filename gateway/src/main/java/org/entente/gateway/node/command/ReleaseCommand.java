package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.SensitiveGroup;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Releases: approving what was imported, and letting it answer questions. */
@Command(
        name = "release",
        description = "Releases of this node's datasets.",
        subcommands = {ReleaseCommand.Show.class, ReleaseCommand.Approve.class, ReleaseCommand.Publish.class})
final class ReleaseCommand extends CommandGroup {

    @Command(name = "list", description = "Lists the releases.")
    static final class Show extends NodeCommand {

        @Option(names = "--dataset", paramLabel = "ID", description = "Only those of this dataset.")
        private @Nullable String dataset;

        @Override
        int run(ApplicationContext node) {
            node.getBean(ReleaseDesk.class).list(dataset).forEach(release -> out().println(describe(release)));
            return 0;
        }
    }

    @Command(
            name = "approve",
            description = "Approves an imported release; never the person who imported it.",
            footer = {"", "Exit codes: 0 approved, 1 refused, 2 wrong usage."})
    static final class Approve extends NodeCommand {

        @Parameters(paramLabel = "RELEASE", description = "The release's id.")
        private UUID id = new UUID(0, 0);

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                description = "Why the listed differences are accepted; needed exactly when there are some.")
        private @Nullable String reason;

        @Option(
                names = "--let-out",
                paramLabel = "GROUP",
                split = ",",
                description =
                        "Sensitive groups in the figures that are let out all the same: ${COMPLETION-CANDIDATES}.")
        private SortedSet<SensitiveGroup> groups = new TreeSet<>();

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            ReleaseApproval approval = new ReleaseApproval(reason, groups);
            out().println(describe(node.getBean(ReleaseDesk.class).approve(id, approval, by.signIn(node))));
            return 0;
        }
    }

    @Command(
            name = "publish",
            description = "Lets an approved release answer questions from now on.",
            footer = {"", "Exit codes: 0 published, 1 refused, 2 wrong usage."})
    static final class Publish extends NodeCommand {

        @Parameters(paramLabel = "RELEASE", description = "The release's id.")
        private UUID id = new UUID(0, 0);

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println(describe(node.getBean(ReleaseDesk.class).publish(id, by.signIn(node))));
            return 0;
        }
    }

    static String describe(Release release) {
        return release.id() + "\t" + release.dataset() + " " + release.number() + "." + release.edition() + "\t"
                + release.status() + "\t" + release.state() + "\t" + release.observations() + " observations\t"
                + release.differences().size() + " differences";
    }
}
