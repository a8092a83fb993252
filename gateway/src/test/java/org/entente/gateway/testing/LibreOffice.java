package org.entente.gateway.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** LibreOffice without a screen, as a second reader of workbooks. Without it a test is skipped; with CI=true it fails. */
public final class LibreOffice {

    private LibreOffice() {}

    /**
     * One sheet as comma-separated UTF-8, formulas not recalculated.
     *
     * @param sheet counted from 1
     * @param folder for the output and the program's own profile
     */
    public static String sheetAsCsv(Path workbook, int sheet, Path folder) throws IOException, InterruptedException {
        Path program = program();
        String filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false," + sheet;
        Process process = new ProcessBuilder(List.of(
                        program.toString(),
                        "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                        "--headless",
                        "--convert-to",
                        filter,
                        "--outdir",
                        folder.toString(),
                        workbook.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("soffice.log").toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            Assertions.fail("LibreOffice did not end");
        }
        String stem = workbook.getFileName().toString().replace(".xlsx", "");
        try (var files = Files.list(folder)) {
            Path csv = files.filter(file -> file.getFileName().toString().startsWith(stem)
                            && file.getFileName().toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("LibreOffice wrote nothing: " + log(folder)));
            return Files.readString(csv, StandardCharsets.UTF_8);
        }
    }

    /** The workbook as LibreOffice writes it again after having read it, formulas and protection included. */
    public static byte[] savedAgain(Path workbook, Path folder) throws IOException, InterruptedException {
        Path out = Files.createDirectories(folder.resolve("again"));
        Process process = new ProcessBuilder(List.of(
                        program().toString(),
                        "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                        "--headless",
                        "--convert-to",
                        "xlsx",
                        "--outdir",
                        out.toString(),
                        workbook.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("soffice.log").toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            Assertions.fail("LibreOffice did not end");
        }
        return Files.readAllBytes(out.resolve(workbook.getFileName().toString()));
    }

    private static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("soffice.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Path program() {
        for (String place : List.of("/usr/bin/soffice", "/usr/bin/libreoffice", "/usr/local/bin/soffice")) {
            if (Files.isExecutable(Path.of(place))) {
                return Path.of(place);
            }
        }
        String reason = "LibreOffice (soffice) is not installed";
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(reason);
        }
        Assumptions.abort(reason);
        throw new IllegalStateException(reason);
    }
}
