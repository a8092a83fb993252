package org.entente.gateway.node.command;

import picocli.CommandLine.Command;

/** Every act but the signature itself, signed on the officer's own machine. */
@Command(
        name = "act",
        description =
                "Makes and signs an act on a text with the officer's key, on the officer's own machine and without a"
                        + " node: reads the text from a file, prints what is signed, writes it into a file for `agreement submit`.",
        subcommands = {
            ConclusionCommands.Propose.class,
            ConclusionCommands.Initial.class,
            ConclusionCommands.Complete.class,
            ConclusionCommands.Provisionally.class,
            MembershipCommands.Accede.class,
            MembershipCommands.Accept.class,
            MembershipCommands.OptOut.class,
            MembershipCommands.OptIn.class,
            MembershipCommands.Declare.class,
            MembershipCommands.Withdraw.class,
            MembershipCommands.Exclude.class,
            MembershipCommands.HandOver.class,
            TextChangeCommands.Letter.class,
            TextChangeCommands.Correct.class,
            TextChangeCommands.Consent.class,
            InterruptionCommands.Suspend.class,
            InterruptionCommands.Resume.class,
            InterruptionCommands.Hold.class,
            InterruptionCommands.Lift.class,
            InterruptionCommands.End.class,
            CrisisCommands.DeclareCrisis.class,
            CrisisCommands.Countersign.class,
            CrisisCommands.EndCrisis.class,
            CrisisCommands.Review.class,
            CrisisCommands.OpenPack.class,
            FigureCommands.Recall.class,
            FigureCommands.Destroyed.class,
            FigureCommands.NotDestroyed.class,
            FigureCommands.Deleted.class,
            FigureCommands.Report.class,
            FigureCommands.Correction.class,
            FigureCommands.Breach.class,
            FigureCommands.Ask.class,
            FigureCommands.Reply.class,
            FigureCommands.ConsentReconciliation.class,
            FigureCommands.WithdrawReconciliation.class
        },
        footer = {"", "Exit codes: 0 signed, 1 refused, 2 wrong usage."})
final class AgreementActCommand extends CommandGroup {}
