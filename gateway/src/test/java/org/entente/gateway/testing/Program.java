package org.entente.gateway.testing;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another program, as an office would run it, and what it wrote. */
public final class Program {
    private static final int PATIENCE_SECONDS = 120;

    private Program() {}

    /**
     * How a program ended.
     *
     * @param status its exit code
     * @param lines what it wrote to standard output
     * @param errors what it wrote beside that
     */
    public record Result(int status, List<String> lines, String errors) {
        public Result {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param folder where it runs and where its output is kept
     */
    public static Result run(List<String> command, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "program", ".out");
        Path errors = Files.createTempFile(folder, "program", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end: " + Files.readString(errors));
        }
        return new Result(
                process.exitValue(), Files.readAllLines(out, StandardCharsets.UTF_8), Files.readString(errors));
    }

    /** Runs a class in a Java of its own whose class path is where these classes come from, and which trusts one certificate. */
    public static Result java(
            Class<?> main, List<Class<?>> libraries, X509Certificate trusted, List<String> arguments, Path folder)
            throws IOException, InterruptedException {
        String classPath = Stream.concat(Stream.of(main), libraries.stream())
                .map(Program::origin)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djavax.net.ssl.trustStore=" + trustStore(trusted, folder),
                "-Djavax.net.ssl.trustStorePassword=changeit",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(arguments);
        return run(command, Map.of(), folder);
    }

    private static String origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path trustStore(X509Certificate trusted, Path folder) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("node", trusted);
            Path file = Files.createTempFile(folder, "trust", ".store");
            try (var out = Files.newOutputStream(file)) {
                store.store(out, "changeit".toCharArray());
            }
            return file;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate as a PEM file, the form in which most tools take whom to trust. */
    public static Path pem(X509Certificate certificate, Path folder) throws IOException {
        try {
            return Files.writeString(
                    Files.createTempFile(folder, "trust", ".pem"),
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
