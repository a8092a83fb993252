package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.gateway.exchange.notices.Notices;
import picocli.CommandLine.Command;

/** Notices about releases. */
@Command(
        name = "notice",
        description = "Notices about releases: partners' ones, own ones, and what is out of date here.",
        subcommands = {NoticeCommand.Received.class, NoticeCommand.Sent.class, NoticeCommand.Outdated.class})
final class NoticeCommand extends CommandGroup {
    private static final int MOST = 1000;

    @Command(
            name = "list",
            description = "Lists what partners have told, newest first: when, partner, event, leg, release, periods.")
    static final class Received extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            node.getBean(Notices.class)
                    .received(MOST)
                    .forEach(notice -> out().println(String.join(
                            "\t",
                            notice.at().toString(),
                            notice.partner(),
                            notice.event(),
                            notice.leg(),
                            notice.release(),
                            notice.number() + "." + notice.edition() + " " + notice.status(),
                            notice.from() == null ? "" : notice.from() + " to " + notice.to())));
            return 0;
        }
    }

    @Command(
            name = "sent",
            description =
                    "Lists what this node has told, newest first: when, partner, event, leg, release, state, why.")
    static final class Sent extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            node.getBean(Notices.class)
                    .sent(MOST)
                    .forEach(notice -> out().println(String.join(
                            "\t",
                            notice.made().toString(),
                            notice.partner(),
                            notice.event(),
                            notice.leg(),
                            notice.release(),
                            notice.state(),
                            notice.problem() == null ? "" : notice.problem())));
            return 0;
        }
    }

    @Command(
            name = "outdated",
            description = "Lists what is held although the partner has published a newer release, or has recalled it:"
                    + " exchange, partner, leg, event, newer release, since when.")
    static final class Outdated extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            node.getBean(Notices.class)
                    .outdated()
                    .forEach(held -> out().println(String.join(
                            "\t",
                            held.exchange(),
                            held.partner(),
                            held.leg(),
                            held.event(),
                            held.newer() == null ? "" : held.newer(),
                            held.since().toString())));
            return 0;
        }
    }
}
