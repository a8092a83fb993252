package org.entente.gateway.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What leaves the office: the protected table, the specification and a manifest that holds the digests of both, the method,
 * what the audit proved and the approver; signed or, if no key was given, sealed by its digest only. A ZIP file whose bytes
 * depend on nothing but its content.
 *
 * @param table the protected table as CSV
 * @param specification the specification as YAML
 * @param files the files that the specification names (hierarchies, tables that are public), by name
 * @param manifest the manifest in canonical JSON (RFC 8785)
 * @param signature the manifest signed as JWS, or null
 */
public record SealedPackage(
        byte[] table,
        byte[] specification,
        SortedMap<String, byte[]> files,
        byte[] manifest,
        byte @Nullable [] signature) {

    /** What the manifest's member {@code format} says. */
    public static final String FORMAT = "entente-protected/1";

    private static final String TABLE = "table.csv";
    private static final String SPECIFICATION = "specification.yaml";
    private static final String MANIFEST = "manifest.json";
    private static final String SIGNATURE = "manifest.jws.json";
    private static final String FILES = "files/";
    private static final int LARGEST = 512 << 20;
    private static final int MOST_PARTS = 100;

    /** Signs the canonical manifest. */
    @FunctionalInterface
    public interface Signer {
        /** The manifest as a signed document in JSON. */
        byte[] sign(byte[] manifest);
    }

    /**
     * Seals a protected table.
     *
     * @param files what the specification names
     * @param signer signs it, or null
     */
    public static SealedPackage seal(
            ProtectedTable result,
            byte[] table,
            byte[] specification,
            SortedMap<String, byte[]> files,
            @Nullable Signer signer) {
        byte[] manifest = CanonicalJson.encode(manifest(result, table, specification, files));
        return new SealedPackage(table, specification, files, manifest, signer == null ? null : signer.sign(manifest));
    }

    private static SortedMap<String, String> digests(SortedMap<String, byte[]> files) {
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach((name, content) -> digests.put(name, hex(content)));
        return digests;
    }

    private static Map<String, Object> manifest(
            ProtectedTable result, byte[] table, byte[] specification, SortedMap<String, byte[]> files) {
        ProtectedTable.Report report = result.report();
        Rules rules = result.spec().rules();
        Map<String, Object> audit = new TreeMap<>();
        audit.put("safe", report.safe());
        audit.put("solver", report.solver());
        audit.put("linearPrograms", report.programs());
        audit.put("integerPrograms", report.integerPrograms());
        Map<String, Object> manifest = new TreeMap<>();
        manifest.put("format", FORMAT);
        manifest.put("table", hex(table));
        manifest.put("specification", hex(specification));
        manifest.put("files", digests(files));
        manifest.put("pattern", result.patternDigest());
        manifest.put(
                "method",
                result.spec()
                        .method()
                        .kind()
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', '-'));
        manifest.put("base", result.spec().method().base());
        manifest.put("threshold", rules.threshold());
        manifest.put("zeros", rules.zeros().name().toLowerCase(java.util.Locale.ROOT));
        manifest.put("width", rules.width());
        manifest.put("insiders", rules.insiders());
        manifest.put("exactOnly", rules.exactOnly());
        manifest.put("additive", report.additive());
        manifest.put("cells", report.cells());
        manifest.put("withheld", report.withheld());
        manifest.put("alreadyPublic", report.alreadyPublic().size());
        manifest.put("approver", result.spec().approver());
        manifest.put("audit", audit);
        Survey survey = result.spec().survey();
        if (survey != null) {
            manifest.put("leastSample", survey.minimum());
            BigDecimal limit = survey.limit();
            if (limit != null) {
                manifest.put("cvLimit", limit.toPlainString());
            }
        }
        return manifest;
    }

    private static String hex(byte[] content) {
        return HexFormat.of().formatHex(Digests.sha256(content));
    }

    /** The manifest's members. */
    public JsonNode members() {
        return CanonicalJson.parseStrict(manifest);
    }

    /** SHA-256 of the manifest, which names the package. */
    public String digest() {
        return hex(manifest);
    }

    /**
     * Holds the parts against the manifest and the manifest against its signature.
     *
     * @throws EntenteException {@code package-damaged}
     */
    public void verify() {
        JsonNode members = members();
        if (!FORMAT.equals(members.path("format").asText())) {
            throw damaged("the manifest is of no known format");
        }
        if (!hex(table).equals(members.path("table").asText())) {
            throw damaged("the table is not the one that was sealed");
        }
        if (!hex(specification).equals(members.path("specification").asText())) {
            throw damaged("the specification is not the one that was sealed");
        }
        Map<String, String> named = new TreeMap<>();
        members.path("files")
                .properties()
                .forEach(file -> named.put(file.getKey(), file.getValue().asText()));
        if (!named.equals(digests(files))) {
            throw damaged("the files beside the specification are not those that were sealed");
        }
        if (signature != null) {
            try {
                SignedDocument signed = SignedDocument.parse(signature);
                signed.verify();
                if (!java.util.Arrays.equals(signed.payload(), manifest)) {
                    throw damaged("the signature is of another manifest");
                }
            } catch (VerificationException e) {
                throw new EntenteException(
                        ErrorCode.PACKAGE_DAMAGED, "The package's signature does not hold: " + e.getMessage() + ".", e);
            }
        }
    }

    private static EntenteException damaged(String what) {
        return new EntenteException(ErrorCode.PACKAGE_DAMAGED, "In the package, " + what + ".");
    }

    /** The package as one file. */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(MANIFEST, manifest);
        if (signature != null) {
            parts.put(SIGNATURE, signature);
        }
        parts.put(SPECIFICATION, specification);
        parts.put(TABLE, table);
        files.forEach((name, content) -> parts.put(FILES + name, content));
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Whether the bytes look like a package rather than a table. */
    public static boolean is(byte[] bytes) {
        return bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
    }

    /**
     * Opens a package and verifies it.
     *
     * @throws EntenteException {@code package-damaged}
     */
    public static SealedPackage open(byte[] bytes) {
        Map<String, byte[]> parts = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes(LARGEST);
                if (zip.read() >= 0 || parts.put(entry.getName(), content) != null || parts.size() > MOST_PARTS) {
                    throw damaged("a part is too large, stands there twice or is none of those expected");
                }
            }
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.PACKAGE_DAMAGED, "The package cannot be read.", e);
        }
        byte[] signature = parts.remove(SIGNATURE);
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String name : List.copyOf(parts.keySet())) {
            byte[] content = name.startsWith(FILES) ? parts.remove(name) : null;
            if (content != null) {
                files.put(name.substring(FILES.length()), content);
            }
        }
        SealedPackage opened = new SealedPackage(
                part(parts, TABLE), part(parts, SPECIFICATION), files, part(parts, MANIFEST), signature);
        if (!parts.isEmpty()) {
            throw damaged("there is a part that does not belong there");
        }
        try {
            opened.verify();
        } catch (IllegalArgumentException e) {
            throw new EntenteException(ErrorCode.PACKAGE_DAMAGED, "The package's manifest cannot be read.", e);
        }
        return opened;
    }

    private static byte[] part(Map<String, byte[]> parts, String name) {
        byte[] part = parts.remove(name);
        if (part == null) {
            throw damaged("the part " + name + " is missing");
        }
        return part;
    }
}
