package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.CountTable;
import org.entente.gateway.disclosure.Specification;
import org.entente.gateway.disclosure.SpecificationFile;
import org.entente.gateway.disclosure.TableFile;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Problem;

/** The files with which an office protects and audits a table. */
final class ProtectionFiles {

    private static final int SHOWN = 20;

    private final Path specificationFile;
    private final byte[] bytes;
    private final Specification specification;
    private final SortedMap<String, byte[]> beside = new TreeMap<>();

    private ProtectionFiles(Path file) {
        specificationFile = file;
        bytes = CommandFiles.read(file);
        specification = SpecificationFile.read(bytes, this::beside);
    }

    /** Reads a specification with the hierarchies that it names. */
    static ProtectionFiles read(Path specification) {
        return new ProtectionFiles(specification);
    }

    private byte[] beside(String name) {
        return beside.computeIfAbsent(
                name, n -> CommandFiles.read(specificationFile.toAbsolutePath().resolveSibling(n)));
    }

    /** The files that were read beside the specification, by the names that it gives them. */
    SortedMap<String, byte[]> besides() {
        specification.known().forEach(this::beside);
        return beside;
    }

    Specification specification() {
        return specification;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The tables that are public elsewhere, in the order of the specification. */
    List<CountTable> known() {
        List<CountTable> known = new ArrayList<>();
        for (String name : specification.known()) {
            byte[] csv = beside(name);
            known.add(named(name, () -> TableFile.readProtected(csv, specification))
                    .table());
        }
        return known;
    }

    /** Runs what reads or relates a table; its problems are one refusal that names rows and columns. */
    static <T> T named(String table, java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (CubeException e) {
            String shown =
                    e.problems().stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n  "));
            long more = e.total() - Math.min(SHOWN, e.problems().size());
            throw new EntenteException(
                    ErrorCode.TABLE_INVALID,
                    table + ":\n  " + shown + (more > 0 ? "\n  and " + more + " more" : ""),
                    e);
        }
    }
}
