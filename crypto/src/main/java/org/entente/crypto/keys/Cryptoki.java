package org.entente.crypto.keys;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Finds the slot of a token by the token's label. The JDK's provider is told a slot and not a label, and slots change with every token
 * that is plugged in; and trying a PIN on a token that is not its own may lock that one. Asks the library itself (PKCS #11 v2.40,
 * sections 5.4 and 5.5); everything else is left to the provider.
 */
final class Cryptoki {
    private static final int GET_SLOT_LIST = 4;
    private static final int GET_TOKEN_INFO = 6;
    private static final long OK = 0;
    private static final long ALREADY_INITIALISED = 0x191;
    private static final int LABEL_BYTES = 32;
    /** CK_TOKEN_INFO has at most 208 bytes; room is cheaper than a mistake. */
    private static final int TOKEN_INFO_ROOM = 512;

    private final Linker linker = Linker.nativeLinker();
    private final MemoryLayout ulong = ulong(linker);
    private final MemorySegment functions;

    private Cryptoki(MemorySegment functions) {
        this.functions = functions;
    }

    /** CK_ULONG is the platform's long. */
    private static MemoryLayout ulong(Linker linker) {
        return Objects.requireNonNull(linker.canonicalLayouts().get("long"));
    }

    /**
     * The place of the token's slot in the library's list of all slots.
     *
     * @throws IOException if the library cannot be used, or no token or several have the label
     */
    static int slotOf(Path module, String label) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup(module.toAbsolutePath(), arena);
            MemorySegment entry = library.find("C_GetFunctionList")
                    .orElseThrow(() -> new IOException(module + " is no PKCS#11 library"));
            Linker linker = Linker.nativeLinker();
            MethodHandle list = linker.downcallHandle(entry, FunctionDescriptor.of(ulong(linker), ValueLayout.ADDRESS));
            MemorySegment pointer = arena.allocate(ValueLayout.ADDRESS);
            if (number(list.invoke(pointer)) != OK) {
                throw new IOException(module + " does not list its functions");
            }
            MemorySegment functions = pointer.get(ValueLayout.ADDRESS, 0).reinterpret(1024, arena, null);
            return new Cryptoki(functions).find(arena, module, label);
        } catch (IOException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(module + " cannot be used: " + e.getMessage(), e);
        }
    }

    private int find(Arena arena, Path module, String label) throws Throwable {
        long begun = number(function(0, ValueLayout.ADDRESS).invoke(MemorySegment.NULL));
        if (begun != OK && begun != ALREADY_INITIALISED) {
            throw new IOException(module + " does not start: CK_RV 0x" + Long.toHexString(begun));
        }
        try {
            List<Integer> found = new ArrayList<>();
            List<String> seen = new ArrayList<>();
            List<MemorySegment> slots = slots(arena, module);
            for (int i = 0; i < slots.size(); i++) {
                String present = label(arena, slots.get(i));
                if (!present.isEmpty()) {
                    seen.add(present);
                }
                if (present.equals(label)) {
                    found.add(i);
                }
            }
            if (found.size() != 1) {
                throw new IOException(
                        found.size() + " tokens have the label " + label + "; " + module + " sees " + seen);
            }
            return found.getFirst();
        } finally {
            // The provider starts the library again, and would be stopped by us if it had started it before.
            if (begun == OK) {
                function(1, ValueLayout.ADDRESS).invoke(MemorySegment.NULL);
            }
        }
    }

    /** The slots with and without a token, as the provider counts them; each as the memory that holds its id. */
    private List<MemorySegment> slots(Arena arena, Path module) throws Throwable {
        MethodHandle list = function(GET_SLOT_LIST, ValueLayout.JAVA_BYTE, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        MemorySegment count = arena.allocate(ulong);
        if (number(list.invoke((byte) 0, MemorySegment.NULL, count)) != OK) {
            throw new IOException(module + " does not list its slots");
        }
        long size = read(count);
        MemorySegment ids = arena.allocate(MemoryLayout.sequenceLayout(Math.max(1, size), ulong));
        if (number(list.invoke((byte) 0, ids, count)) != OK) {
            throw new IOException(module + " does not list its slots");
        }
        List<MemorySegment> slots = new ArrayList<>();
        for (long i = 0; i < Math.min(size, read(count)); i++) {
            slots.add(ids.asSlice(i * ulong.byteSize(), ulong.byteSize()));
        }
        return slots;
    }

    /** The label of the token in a slot; empty where there is no token, or none that can be asked. */
    private String label(Arena arena, MemorySegment slot) throws Throwable {
        MethodHandle ask = function(GET_TOKEN_INFO, ulong, ValueLayout.ADDRESS);
        MemorySegment info = arena.allocate(TOKEN_INFO_ROOM);
        Object id = ulong.byteSize() == Integer.BYTES ? (Object) (int) read(slot) : (Object) read(slot);
        if (number(ask.invoke(id, info)) != OK) {
            return "";
        }
        byte[] label = info.asSlice(0, LABEL_BYTES).toArray(ValueLayout.JAVA_BYTE);
        return new String(label, StandardCharsets.UTF_8).strip();
    }

    /** CK_FUNCTION_LIST: a version of two bytes, then the functions; packed without a gap where long has four bytes (Windows). */
    private MethodHandle function(int position, MemoryLayout... parameters) {
        AddressLayout address = ValueLayout.ADDRESS_UNALIGNED;
        long first = ulong.byteSize() == Integer.BYTES ? 2 : address.byteSize();
        MemorySegment target = functions.get(address, first + position * address.byteSize());
        return linker.downcallHandle(target, FunctionDescriptor.of(ulong, parameters));
    }

    private long read(MemorySegment value) {
        return ulong.byteSize() == Integer.BYTES
                ? value.get(ValueLayout.JAVA_INT_UNALIGNED, 0)
                : value.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
