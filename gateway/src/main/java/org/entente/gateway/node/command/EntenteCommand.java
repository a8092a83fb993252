package org.entente.gateway.node.command;

import picocli.CommandLine.Command;

/** The command {@code entente}, which only holds the others. */
@Command(
        name = "entente",
        description = "A gateway with which states exchange agreed aggregates on migration.",
        subcommands = {
            InitCommand.class,
            ServeCommand.class,
            CheckCommand.class,
            UserCommand.class,
            KeysCommand.class,
            CardCommand.class,
            DatasetCommand.class,
            ImportCommand.class,
            MappingCommand.class,
            StructureCommand.class,
            ProtectCommand.class,
            ConvertCommand.class,
            ValidateCommand.class,
            ReleaseCommand.class,
            RequestCommand.class,
            HoldCommand.class,
            PackCommand.class,
            InventoryCommand.class,
            RecallCommand.class,
            NotesCommand.class,
            NoticeCommand.class,
            ReminderCommand.class,
            ExportCommand.class,
            AgreementCommand.class,
            AskCommand.class,
            SubscriptionCommand.class,
            AnswerCommand.class,
            ReceiveCommand.class,
            DeskCommand.class,
            EvidenceCommand.class,
            AuditCommand.class,
            WitnessCommand.class,
            ProgrammeCommand.class,
            RoundCommand.class,
            ProfileCommand.class,
            ConsultationCommand.class,
            WebhookCommand.class,
            LibraryCommand.class,
            JournalCommand.class,
            VerifyCommand.class,
            VerifyPageCommand.class,
            ArchiveCommand.class,
            DemoCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 refused or failed, 2 wrong usage.",
            "Commands on a node take --config FILE; without it $ENTENTE_CONFIG, else node.yml is read."
        })
public final class EntenteCommand extends CommandGroup {}
