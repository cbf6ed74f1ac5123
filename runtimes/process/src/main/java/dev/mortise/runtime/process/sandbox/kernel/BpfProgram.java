package dev.mortise.runtime.process.sandbox.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A classic BPF program over {@code struct seccomp_data}: number at 0, architecture at 4, six 64-bit arguments from 16. Of an
 * argument the low half is loaded, which is all that the calls in question look at. Both architectures are little-endian.
 */
final class BpfProgram {

    static final int ALLOW = 0x7FFF0000;
    static final int KILL_PROCESS = 0x80000000;
    private static final int ERROR = 0x00050000;

    private static final int LOAD_WORD = 0x20;
    private static final int AND = 0x54;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_AT_LEAST = 0x35;
    private static final int JUMP_IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    /** @param ifTrue instructions to skip if a jump's condition holds */
    record Instruction(int code, int ifTrue, int ifFalse, int constant) {}

    private final List<Instruction> instructions = new ArrayList<>();

    static int error(int errno) {
        return ERROR | errno;
    }

    List<Instruction> instructions() {
        return List.copyOf(instructions);
    }

    void loadNumber() {
        add(LOAD_WORD, 0, 0, 0);
    }

    void loadArchitecture() {
        add(LOAD_WORD, 0, 0, 4);
    }

    void loadArgument(int index) {
        add(LOAD_WORD, 0, 0, 16 + 8 * index);
    }

    void and(int mask) {
        add(AND, 0, 0, mask);
    }

    void give(int verdict) {
        add(RETURN, 0, 0, verdict);
    }

    void allow() {
        give(ALLOW);
    }

    void ifEqual(int value, int verdict) {
        add(JUMP_IF_EQUAL, 0, 1, value);
        give(verdict);
    }

    void unlessEqual(int value, int verdict) {
        add(JUMP_IF_EQUAL, 1, 0, value);
        give(verdict);
    }

    void ifAtLeast(int value, int verdict) {
        add(JUMP_IF_AT_LEAST, 0, 1, value);
        give(verdict);
    }

    void ifAnyBit(int mask, int verdict) {
        add(JUMP_IF_ANY_BIT, 0, 1, mask);
        give(verdict);
    }

    /** @param body which gives a verdict in any case */
    void ifEqual(int value, BpfProgram body) {
        if (body.instructions.size() > 255) {
            throw new IllegalArgumentException("a jump reaches no further than 255 instructions");
        }
        add(JUMP_IF_EQUAL, 0, body.instructions.size(), value);
        instructions.addAll(body.instructions);
    }

    private void add(int code, int ifTrue, int ifFalse, int constant) {
        instructions.add(new Instruction(code, ifTrue, ifFalse, constant));
    }
}
