package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.kernel.SeccompFilter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Puts a filter where the kernel can read it, behind its header ({@code struct sock_fprog}). */
final class FilterMemory {

    private static final int INSTRUCTION_SIZE = 8;
    private static final int HEADER_SIZE = 16;
    private static final int POINTER_OFFSET = 8;

    private FilterMemory() {}

    static MemorySegment program(Arena arena, SeccompFilter filter) {
        byte[] bytes = filter.bytes();
        MemorySegment instructions = arena.allocate(bytes.length, INSTRUCTION_SIZE);
        MemorySegment.copy(bytes, 0, instructions, ValueLayout.JAVA_BYTE, 0, bytes.length);
        MemorySegment header = arena.allocate(HEADER_SIZE, POINTER_OFFSET);
        header.set(ValueLayout.JAVA_SHORT, 0, (short) (bytes.length / INSTRUCTION_SIZE));
        header.set(ValueLayout.ADDRESS, POINTER_OFFSET, instructions);
        return header;
    }
}
