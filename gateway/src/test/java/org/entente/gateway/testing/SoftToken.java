package org.entente.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.entente.crypto.keys.Certificates;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * PKCS#11 tokens in software (SoftHSM 2): one with an officer's key on it, one for each of two nodes. Made once per test process: the
 * library reads its tokens when it is loaded. Where SoftHSM is not installed the running test is skipped saying so, and fails in continuous integration.
 */
public final class SoftToken {
    /** The token's label. */
    public static final String LABEL = "Officers of Italy";
    /** The label of the key. */
    public static final String KEY = "rossi";
    /** The user's PIN. */
    public static final String PIN = "271828";

    /** How long after the tokens were made the nodes' next keys begin. */
    public static final Duration ANNOUNCED = Duration.ofDays(14);

    private static final List<String> NODES = List.of("ITA", "PHL");
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
            Path.of("/usr/local/lib/softhsm/libsofthsm2.so"),
            Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));

    private final Path library;
    private final X509Certificate certificate;

    private final String slot;

    private SoftToken(Path library, String slot, X509Certificate certificate) {
        this.library = library;
        this.slot = slot;
        this.certificate = certificate;
    }

    private static final class Holder {
        private static final SoftToken ONE = make();
    }

    /** The token of this process. */
    public static SoftToken get() {
        if (LIBRARIES.stream().noneMatch(Files::exists)) {
            String reason = "SoftHSM 2 (package softhsm2) is not installed";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(reason);
            }
            Assumptions.abort(reason);
        }
        return Holder.ONE;
    }

    /** The token's PKCS#11 library. */
    public Path library() {
        return library;
    }

    /** The number of the token's slot. */
    public String slot() {
        return slot;
    }

    /** The certificate beside the key. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The key's address, without a PIN. */
    public String address() {
        return "pkcs11:token=" + LABEL.replace(" ", "%20") + ";object=" + KEY + "?module-path=" + library;
    }

    /** The address of a node's key, without a PIN: {@code signing}, {@code tls}, or {@code next-} and one of these. */
    public String address(String party, String key) {
        return "pkcs11:token=" + label(party).replace(" ", "%20") + ";object=" + key + "?module-path=" + library;
    }

    private static String label(String party) {
        return "Node of " + party;
    }

    private static SoftToken make() {
        try {
            Path library = LIBRARIES.stream().filter(Files::exists).findFirst().orElseThrow();
            Path configuration = Path.of(Objects.requireNonNull(
                    System.getenv("SOFTHSM2_CONF"), "the build sets SOFTHSM2_CONF for every test process"));
            Path tokens = Files.createTempDirectory(configuration.getParent(), "tokens");
            Files.writeString(
                    configuration,
                    "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
            initialise("Another token", "314159");
            Map<String, String> slots = new TreeMap<>();
            for (String party : NODES) {
                slots.put(party, initialise(label(party), PIN));
            }
            String slot = initialise(LABEL, PIN);
            for (Map.Entry<String, String> node : slots.entrySet()) {
                Path provider = configuration(library, node.getValue());
                putNodeKeys(provider, node.getKey());
                Files.delete(provider);
            }
            Path provider = configuration(library, slot);
            X509Certificate officer =
                    put(provider, KEY, "CN=Anna Rossi", Certificates.Use.SIGNING, Instant.now(), Duration.ofDays(30));
            Files.delete(provider);
            return new SoftToken(library, slot, officer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a token; the number of its slot. */
    private static String initialise(String label, String pin) throws IOException {
        Process process = new ProcessBuilder(
                        "softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "161803", "--pin", pin)
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            Assertions.assertEquals(0, process.waitFor(), said);
            return said.strip().replaceFirst("(?s).*slot ", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a node has on its token: keys for signing and TLS, and those that follow two weeks later. */
    private static void putNodeKeys(Path provider, String party) throws IOException, GeneralSecurityException {
        Instant now = Instant.now();
        Duration validity = Duration.ofDays(900);
        put(provider, "signing", "CN=" + party + " signing", Certificates.Use.SIGNING, now, validity);
        put(provider, "tls", "CN=" + party + " node", Certificates.Use.TLS, now, validity);
        Instant next = now.plus(ANNOUNCED);
        put(provider, "next-signing", "CN=" + party + " signing", Certificates.Use.SIGNING, next, validity);
        put(provider, "next-tls", "CN=" + party + " node", Certificates.Use.TLS, next, validity);
    }

    private static Path configuration(Path library, String slot) throws IOException {
        return Files.writeString(
                Files.createTempFile("softhsm", ".cfg"),
                "name = preparing" + slot + "\nlibrary = " + library + "\nslot = " + slot
                        + "\nattributes(*,CKO_PRIVATE_KEY,*) = {"
                        + " CKA_SENSITIVE = true\n CKA_EXTRACTABLE = false\n}\n");
    }

    /** As a card office would: makes a key, and puts it on the token with its certificate. */
    private static X509Certificate put(
            Path provider, String alias, String name, Certificates.Use use, Instant begins, Duration validity)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        X509Certificate certificate = Certificates.selfSigned(
                keys,
                name,
                use,
                use == Certificates.Use.TLS ? List.of("localhost", "127.0.0.1") : List.of(),
                begins.minusSeconds(3600),
                validity,
                new SecureRandom());
        Provider token = Security.getProvider("SunPKCS11").configure(provider.toString());
        KeyStore store = KeyStore.getInstance("PKCS11", token);
        store.load(null, PIN.toCharArray());
        store.setKeyEntry(alias, keys.getPrivate(), null, new X509Certificate[] {certificate});
        store.store(null, null);
        return certificate;
    }
}
