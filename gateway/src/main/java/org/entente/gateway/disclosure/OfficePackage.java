package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.entente.crypto.VerificationException;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A sealed package as whoever receives it reads it: nothing that the manifest says of the table is taken on trust.
 *
 * @param sealed the package
 * @param specification what it was protected by
 * @param table the protected counts; withheld ones are {@link CountTable#WITHHELD}
 * @param known the tables that the specification names as public
 */
public record OfficePackage(
        SealedPackage sealed, Specification specification, CountTable table, List<CountTable> known) {

    private static final int SHOWN = 20;

    public OfficePackage {
        known = List.copyOf(known);
    }

    /**
     * Opens a package and holds its table against its manifest.
     *
     * @throws EntenteException {@code package-damaged}, {@code specification-invalid}, {@code table-invalid}
     */
    public static OfficePackage open(byte[] bytes) {
        SealedPackage sealed = SealedPackage.open(bytes);
        Specification specification = SpecificationFile.read(sealed.specification(), name -> file(sealed, name));
        CountTable table = table("the table", sealed.table(), specification);
        List<CountTable> known = new ArrayList<>();
        for (String name : specification.known()) {
            known.add(table(name, file(sealed, name), specification));
        }
        OfficePackage opened = new OfficePackage(sealed, specification, table, known);
        opened.requireAsSaid();
        opened.figures();
        return opened;
    }

    private static byte[] file(SealedPackage sealed, String name) {
        byte[] content = sealed.files().get(name);
        if (content == null) {
            throw new EntenteException(
                    ErrorCode.PACKAGE_DAMAGED,
                    "In the package, the file " + name + " is missing, which its specification names.");
        }
        return content;
    }

    private static CountTable table(String name, byte[] csv, Specification specification) {
        return named(name, () -> TableFile.readProtected(csv, specification).table());
    }

    private static <T> T named(String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (CubeException e) {
            String shown =
                    e.problems().stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("; "));
            throw new EntenteException(ErrorCode.TABLE_INVALID, "In the package, " + name + ": " + shown, e);
        }
    }

    /**
     * The table as figures: without the rates that it carries, which whoever has the counts can compute.
     *
     * @throws EntenteException {@code table-invalid} if a rate is not that of the counts that are shown
     */
    public byte[] figures() {
        return specification.rates().isEmpty()
                ? sealed.table()
                : named(
                        "the table",
                        () -> TableFile.readProtected(sealed.table(), specification)
                                .figures(specification));
    }

    private void requireAsSaid() {
        var said = sealed.members();
        Survey survey = specification.survey();
        Rules rules = specification.rules();
        boolean holds = said.path("pattern").asText().equals(pattern())
                && said.path("withheld").asLong(-1) == withheld()
                && said.path("cells").asLong(-1) == table.rows().size()
                && said.path("threshold").asLong(-1) == rules.threshold()
                && said.path("width").asLong(-1) == rules.width()
                && said.path("zeros").asText().equals(rules.zeros().name().toLowerCase(Locale.ROOT))
                && said.path("exactOnly").asBoolean() == rules.exactOnly()
                && said.path("insiders").asBoolean() == rules.insiders()
                && said.path("leastSample").asLong(0) == (survey == null ? 0 : survey.minimum())
                && said.path("base").asInt(-1) == specification.method().base();
        if (!holds) {
            throw new EntenteException(
                    ErrorCode.PACKAGE_DAMAGED,
                    "In the package, the manifest says another pattern or other rules than the table and the specification have.");
        }
        if (!said.path("audit").path("safe").asBoolean()) {
            throw new EntenteException(
                    ErrorCode.PROTECTION_UNPROVED, "The package says itself that its protection is not proved.");
        }
    }

    /** Whether cells are withheld, rather than rounded. */
    public boolean suppresses() {
        return specification.method().kind() == Specification.Method.Kind.SUPPRESS;
    }

    private String pattern() {
        return ProtectedTable.patternDigest(table, suppresses());
    }

    /** How many cells are withheld. */
    public long withheld() {
        return table.rows().stream()
                .filter(row -> row.count() == CountTable.WITHHELD)
                .count();
    }

    /** Small counts that are shown, since a known table has them. */
    public List<List<String>> alreadyPublic() {
        return table.rows().stream()
                .filter(row -> row.count() != CountTable.WITHHELD
                        && suppresses()
                        && specification.rules().primary(row.count()))
                .map(CountTable.Row::codes)
                .toList();
    }

    /**
     * SHA-256 of the certificate of who signed the package, as 64 hexadecimal digits; null if it is sealed by its digest only.
     *
     * @throws EntenteException {@code package-damaged}
     */
    public @Nullable String signedBy() {
        byte[] signature = sealed.signature();
        if (signature == null) {
            return null;
        }
        try {
            return java.util.HexFormat.of()
                    .formatHex(Certificates.sha256(SignedDocument.parse(signature)
                            .signatures()
                            .getFirst()
                            .certificate()));
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.PACKAGE_DAMAGED, "The package's signature cannot be read.", e);
        }
    }

    /**
     * Small counts that are shown although no known table has them.
     *
     * @throws EntenteException {@code protection-unproved} if there is one
     */
    public void requireNoSmallCountShown() {
        java.util.Set<List<String>> elsewhere = known.stream()
                .flatMap(one -> one.rows().stream())
                .map(CountTable.Row::codes)
                .collect(Collectors.toSet());
        List<List<String>> open = alreadyPublic().stream()
                .filter(codes -> !elsewhere.contains(codes))
                .toList();
        if (!open.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.PROTECTION_UNPROVED,
                    open.size() + " counts under the threshold are shown and stand in no known table, the first at "
                            + String.join(" ", open.getFirst()) + ".");
        }
    }

    /**
     * The audit again, from the protected table alone.
     *
     * @throws EntenteException {@code protection-unproved} with what a reader can infer, {@code table-invalid}
     */
    public AuditReport requireSafe() {
        AuditReport report =
                named("the table", () -> DisclosureControl.create().audit(table, specification, known, null));
        if (!report.safe()) {
            AuditReport.Exposure first = report.exposures().getFirst();
            throw new EntenteException(
                    ErrorCode.PROTECTION_UNPROVED,
                    "The audit found " + report.exposures().size() + " cells that are not hidden, the first "
                            + String.join(" ", first.codes()) + ": " + first.reason());
        }
        return report;
    }
}
