package dev.mortise.runtime.process.sandbox.kernel;

import java.util.List;

/** Runs a classic BPF program over the data of one system call, as the kernel does. */
final class BpfMachine {

    private BpfMachine() {}

    static int run(List<BpfProgram.Instruction> program, int architecture, int number, long... arguments) {
        int accumulator = 0;
        int at = 0;
        while (true) {
            BpfProgram.Instruction one = program.get(at++);
            switch (one.code()) {
                case 0x20 -> accumulator = load(one.constant(), architecture, number, arguments);
                case 0x54 -> accumulator &= one.constant();
                case 0x15 -> at += accumulator == one.constant() ? one.ifTrue() : one.ifFalse();
                case 0x35 ->
                    at += Integer.compareUnsigned(accumulator, one.constant()) >= 0 ? one.ifTrue() : one.ifFalse();
                case 0x45 -> at += (accumulator & one.constant()) != 0 ? one.ifTrue() : one.ifFalse();
                case 0x06 -> {
                    return one.constant();
                }
                default -> throw new AssertionError("not an instruction: " + one);
            }
        }
    }

    private static int load(int offset, int architecture, int number, long[] arguments) {
        return switch (offset) {
            case 0 -> number;
            case 4 -> architecture;
            default -> {
                int index = (offset - 16) / 8;
                long value = index < arguments.length ? arguments[index] : 0;
                yield (int) (offset % 8 == 0 ? value : value >>> 32);
            }
        };
    }
}
