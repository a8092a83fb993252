package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.Askers;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.exchange.Duties;
import org.entente.gateway.exchange.Exports;
import org.entente.gateway.exchange.FigureNotes;
import org.entente.gateway.exchange.Question;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.exchange.SealedFiles;
import org.entente.gateway.exchange.StaffData;
import org.entente.gateway.exchange.WorkbookNotes;
import org.entente.gateway.exchange.notices.Notices;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.Negotiation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for figures as the staff listener does: own releases, holdings, partners. */
@Command(
        name = "ask",
        description = "Asks for figures: by the reporting area of the key from own releases, from what partners have"
                + " answered before, or from the partner. Figures go to standard output, where they came from to"
                + " standard error.",
        footer = {
            "",
            "Example: entente ask A5.IT._T.PH._T.CB --as anna",
            "Exit codes: 0 answered, 1 refused (the clause is named) or failed, 2 wrong usage, 3 a person of the"
                    + " partner decides; ask again later, or with --exchange."
        })
final class AskCommand extends NodeCommand {

    private static final int WAITS = 3;

    @Parameters(paramLabel = "QUERY", description = "An SDMX key, or an SDMX REST 2 query from /data on.")
    private String query = "";

    @Option(
            names = "--flow",
            paramLabel = "ID",
            description =
                    "The dataflow of the key, AGENCY:ID(VERSION) or its id; needed when the legs under which this node"
                            + " may ask are of several.")
    private @Nullable String dataflow;

    @Option(names = "--agreement", paramLabel = "ID", description = "Under this agreement.")
    private @Nullable String agreement;

    @Option(names = "--leg", paramLabel = "ID", description = "Under this leg; needed when several fit.")
    private @Nullable String leg;

    @Option(names = "--purpose", paramLabel = "CODE", description = "What for, as the agreement lists it.")
    private @Nullable String purpose;

    @Option(
            names = "--exchange",
            paramLabel = "ID",
            description =
                    "Repeats this exchange: same id, same answer. With --sealed the request is signed anew under the same id,"
                            + " for a file that was lost.")
    private @Nullable String exchange;

    @Option(names = "--fresh", description = "Asks the partner although an earlier answer is at hand.")
    private boolean fresh;

    @Option(names = "--ask-anyway", description = "Sends the request although this node itself would refuse it.")
    private boolean askAnyway;

    @Option(
            names = "--format",
            defaultValue = "csv",
            description = "csv, excelcsv, json, xml, genericdata or xlsx (default: ${DEFAULT-VALUE}).")
    private String format = "csv";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Writes the figures into a file; the copy is recorded as yours until you attest what became of it.")
    private @Nullable Path file;

    @Option(
            names = "--sealed",
            paramLabel = "FILE",
            description =
                    "Writes the signed request into a sealed file instead of sending it; the partner runs `answer`.")
    private @Nullable Path sealed;

    @Mixin
    private ActingUser by = new ActingUser();

    @Override
    int run(ApplicationContext node) throws IOException {
        StaffUser user = by.signIn(node);
        Question.Asker asker = node.getBean(Askers.class).of(user, Roles.STATISTICIAN);
        StaffData data = node.getBean(StaffData.class);
        DataQuery parsed = parse(data);
        if (sealed != null) {
            SealedFiles files = node.getBean(SealedFiles.class);
            SealedFile request = files.ask(parsed, asker);
            CommandFiles.write(sealed, files.close(request));
            out().println(sealed + "\tfor " + request.to() + "\texchange "
                    + request.letters()
                            .getFirst()
                            .request()
                            .field("entente-exchange")
                            .orElse(""));
            return 0;
        }
        DataFormat chosen = Negotiation.choose(DataFormat.offered(), null, parsed.extensions());
        if (file == null && !chosen.isText()) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "A workbook needs --out FILE.");
        }
        StaffData.Found found;
        try {
            found = data.find(parsed, asker);
        } catch (EntenteException e) {
            if (e.code() != ErrorCode.ANSWER_WAITS) {
                throw e;
            }
            err().println(e.members().get("partner") + "\texchange "
                    + e.members().get("exchange") + "\twaits: " + e.detail());
            return WAITS;
        }
        Clock clock = node.getBean(Clock.class);
        DataMessage message = found.message(new MessageHeader(
                node.getBean(Uuids.class).next().toString(),
                clock.instant(),
                node.getBean(NodeIdentity.class).party()));
        if (chosen == DataFormat.XLSX) {
            message = message.withWorkbook(node.getBean(WorkbookNotes.class).of(found));
        }
        ByteArrayOutputStream figures = new ByteArrayOutputStream();
        chosen.write(message, figures);
        if (file == null) {
            out().print(figures.toString(StandardCharsets.UTF_8));
            out().flush();
        } else {
            node.getBean(Exports.class).record(found.figures(), user).forEach(id -> err().println("export\t" + id));
            CommandFiles.write(file, figures.toByteArray());
        }
        FigureNotes notes = node.getBean(FigureNotes.class);
        for (Asking.Figures origin : found.figures()) {
            err().println(origin.provider() + "\texchange " + origin.exchange() + "\tleg " + origin.leg() + "\t"
                    + (origin.held()
                            ? "held for " + age(Duration.between(origin.received(), clock.instant()))
                            : "asked now"));
            node.getBean(Notices.class)
                    .outdated(origin.exchange())
                    .ifPresent(newer -> err().println("outdated\t" + newer.field()));
            Duties duties = origin.duties();
            if (duties != null) {
                err().println("obligations\t" + duties.keepUntil() + "\t"
                        + (duties.citation() == null ? "" : duties.citation()) + "\tonward "
                        + (duties.onward().isEmpty() ? "to nobody" : String.join(", ", duties.onward()))
                        + (duties.embargoUntil() == null ? "" : "\tembargo until " + duties.embargoUntil()));
            }
            notes.beside(origin).forEach(note -> err().println(note.act() + "\t" + note.sentence()));
        }
        return 0;
    }

    private DataQuery parse(StaffData data) {
        String whole = query;
        if (query.startsWith("/") && dataflow != null) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "A query from /data on names its dataflow itself; --flow is for a key.");
        }
        if (!query.startsWith("/")) {
            var flow = data.dataflow(dataflow, agreement, leg).id();
            whole = "/data/dataflow/" + flow.agency() + "/" + flow.id() + "/" + flow.version() + "/" + query;
        }
        int mark = whole.indexOf('?');
        String path = mark < 0 ? whole : whole.substring(0, mark);
        List<String> parameters = new ArrayList<>();
        if (mark >= 0) {
            parameters.add(whole.substring(mark + 1));
        }
        add(parameters, "agreement", agreement);
        add(parameters, "leg", leg);
        add(parameters, "purpose", purpose);
        add(parameters, "exchange", exchange);
        add(parameters, "fresh", fresh ? "true" : null);
        add(parameters, "askAnyway", askAnyway ? "true" : null);
        add(parameters, "format", format);
        return DataQuery.parse(path, String.join("&", parameters), StaffData.PARAMETERS);
    }

    private static void add(List<String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    /** An age as people say it, in whole minutes, hours or days. */
    static String age(Duration held) {
        if (held.toMinutes() < 1) {
            return "less than a minute";
        }
        if (held.toHours() < 2) {
            return held.toMinutes() + " min";
        }
        return held.toDays() < 2 ? held.toHours() + " h" : held.toDays() + " days";
    }
}
