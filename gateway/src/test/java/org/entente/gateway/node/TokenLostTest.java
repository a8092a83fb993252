package org.entente.gateway.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.Objects;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.SoftToken;
import org.junit.jupiter.api.Test;

/** A token with the signing key is taken out of a running node, and put back. */
class TokenLostTest {
    /** CKF_OS_LOCKING_OK of PKCS #11 v2.40 section 3.7: the library is used by many threads. */
    private static final long OS_LOCKING = 2;

    private static void ask(Corridor corridor) {
        corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(Corridor.FILIPINOS).asFresh());
    }

    private static boolean asks(Corridor corridor) {
        try {
            ask(corridor);
            return true;
        } catch (EntenteException e) {
            return false;
        }
    }

    @Test
    void aTokenThatWasTakenOutIsNamedAndTheNodeGoesOnWhenItIsBack() throws Throwable {
        SoftToken token = SoftToken.get();
        try (Corridor corridor = Corridor.open(
                plan -> "PHL".equals(plan.properties().get("entente.party"))
                        ? plan.property("entente.keys.signing", token.address("PHL", "signing"))
                                .property("entente.keys.pin", SoftToken.PIN)
                        : plan,
                Map.of())) {
            ask(corridor);
            Path tokens = folder();
            Path away = tokens.resolveSibling(tokens.getFileName() + "-away");
            Files.move(tokens, away);
            EntenteException gone = assertThrows(EntenteException.class, () -> ask(corridor));
            assertEquals(ErrorCode.TOKEN_UNAVAILABLE, gone.code(), gone.detail());
            assertTrue(gone.detail().contains("entente.keys.signing"), gone.detail());
            // What needs no signature of that key goes on.
            corridor.phl().bean(Journal.class).append(new Draft("tested", Map.of("kind", "tested")));
            Files.move(away, tokens);
            startLibraryAgain();
            Corridor.await(() -> asks(corridor));
        } finally {
            // Those that TLS keys of other tests have left belong to sessions before.
            for (Provider provider : Security.getProviders()) {
                if (provider.getName().startsWith("SunPKCS11-")) {
                    Security.removeProvider(provider.getName());
                }
            }
        }
    }

    private static Path folder() throws java.io.IOException {
        Path configuration = Path.of(Objects.requireNonNull(System.getenv("SOFTHSM2_CONF")));
        return Path.of(Files.readAllLines(configuration).stream()
                .filter(line -> line.startsWith("directories.tokendir"))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*= *", ""));
    }

    /** A token in software looks for its files again only when its library starts; a card reader notices the card by itself. */
    private static void startLibraryAgain() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup(SoftToken.get().library(), arena);
            Linker linker = Linker.nativeLinker();
            FunctionDescriptor shape = FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
            MemorySegment arguments = arena.allocate(6 * ValueLayout.ADDRESS.byteSize());
            arguments.set(ValueLayout.JAVA_LONG, 4 * ValueLayout.ADDRESS.byteSize(), OS_LOCKING);
            assertEquals(
                    0L, (long) linker.downcallHandle(library.find("C_Finalize").orElseThrow(), shape)
                            .invokeExact(MemorySegment.NULL));
            assertEquals(0L, (long)
                    linker.downcallHandle(library.find("C_Initialize").orElseThrow(), shape)
                            .invokeExact(arguments));
        }
    }
}
