package org.entente.gateway.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.DataProblems;
import org.entente.gateway.sdmx.DataReader;
import org.entente.gateway.sdmx.ReadLimits;
import org.entente.gateway.sdmx.StructureReader;
import org.entente.gateway.sdmx.TableMapping;
import org.entente.gateway.sdmx.TableReader;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read a file of figures without a node. */
final class FigureFiles {

    @Option(
            names = "--structure",
            paramLabel = "FILE",
            description =
                    "The structure of the figures, SDMX-JSON or SDMX-ML with its code lists. Default: ENTENTE:DF_DIASPORA(1.0.0).")
    private @Nullable Path structure;

    @Option(
            names = "--dataflow",
            paramLabel = "ID",
            description = "Which dataflow of the structure file, AGENCY:ID(VERSION); needed if it has several.")
    private @Nullable String dataflow;

    @Option(
            names = "--role",
            paramLabel = "COMPONENT=ROLE",
            description = "What a component is for, where the file does not say, for example COUNTRY=REPORTING_AREA.")
    private Map<String, String> roles = new TreeMap<>();

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "How an office's own table, CSV or XLSX, becomes figures.")
    private @Nullable Path mapping;

    /** The dataflow whose figures are read. */
    Dataflow dataflow() {
        if (structure == null) {
            return DiasporaStructure.load();
        }
        List<Dataflow> flows;
        try (InputStream in = Files.newInputStream(structure)) {
            flows = StructureReader.read(in, roles);
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.FILE_UNUSABLE, "The file " + structure + " cannot be read.", e);
        }
        List<Dataflow> wanted = flows.stream()
                .filter(flow -> dataflow == null || flow.id().toString().equals(dataflow))
                .toList();
        if (wanted.size() != 1) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE,
                    "The file " + structure + " holds "
                            + (flows.isEmpty()
                                    ? "no dataflow"
                                    : String.join(
                                            ", ",
                                            flows.stream()
                                                    .map(flow -> flow.id().toString())
                                                    .toList()))
                            + "; name one with --dataflow.");
        }
        return wanted.getFirst();
    }

    /**
     * The figures of a file.
     *
     * @param rowCheck what must hold in every row besides its codes
     * @throws EntenteException with every problem by row and column
     */
    Cube read(Path file, Dataflow flow, Consumer<CubeBuilder> rowCheck) {
        try (InputStream in = Files.newInputStream(file)) {
            return mapping == null
                    ? DataReader.read(in, flow, ReadLimits.DEFAULT, rowCheck)
                    : TableReader.read(
                            in, TableMapping.parse(CommandFiles.read(mapping)), flow, ReadLimits.DEFAULT, rowCheck);
        } catch (CubeException e) {
            throw DataProblems.refusal(e);
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.FILE_UNUSABLE, "The file " + file + " cannot be read.", e);
        }
    }
}
