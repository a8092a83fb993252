package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.gateway.operations.reminders.Reminders;
import picocli.CommandLine.Command;

/** Reminders. */
@Command(
        name = "reminder",
        description = "What is due, or has not come.",
        subcommands = {ReminderCommand.Overview.class})
final class ReminderCommand extends CommandGroup {

    @Command(name = "list", description = "Lists what is not done, the earliest due first: due, kind, party, in words.")
    static final class Overview extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            node.getBean(Reminders.class)
                    .open()
                    .forEach(one -> out().println(
                                    String.join("\t", one.due(), one.kind().name(), one.party(), one.sentence())));
            return 0;
        }
    }
}
