package dev.mortise.runtime.process.spawn;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells which files the kernel runs when it runs a program: the program itself, the interpreters that its first line names, the
 * loader of dynamically linked ones.
 */
final class ProgramImages {

    private static final int HEAD = 4096;
    private static final int DEEPEST = 5;
    private static final int ELF_MAGIC = 0x464C457F;
    private static final int ELF_64_LITTLE_ENDIAN = 0x0102;
    private static final int PROGRAM_INTERPRETER = 3;

    private ProgramImages() {}

    /** The program first; all exist. */
    static List<Path> of(Path program) throws IOException {
        List<Path> images = new ArrayList<>();
        collect(program, images, new ArrayList<>(), 0);
        return images;
    }

    /** Those that it takes and that do not exist. */
    static List<Path> missing(Path program) throws IOException {
        List<Path> missing = new ArrayList<>();
        collect(program, new ArrayList<>(), missing, 0);
        return missing;
    }

    private static void collect(Path program, List<Path> images, List<Path> missing, int depth) throws IOException {
        if (depth == DEEPEST || images.contains(program)) {
            return;
        }
        if (!Files.isRegularFile(program)) {
            missing.add(program);
            return;
        }
        images.add(program);
        byte[] head;
        try (InputStream in = Files.newInputStream(program)) {
            head = in.readNBytes(HEAD);
        }
        if (head.length > 2 && head[0] == '#' && head[1] == '!') {
            for (Path next : interpreters(head)) {
                collect(next, images, missing, depth + 1);
            }
        } else {
            Optional<Path> loader = loader(head);
            if (loader.isPresent()) {
                collect(loader.get(), images, missing, depth + 1);
            }
        }
    }

    /** {@code #!/usr/bin/env python3} means both env and python3. */
    private static List<Path> interpreters(byte[] head) {
        String line = new String(head, 2, head.length - 2, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
        List<String> words = List.of(line.strip().split("[ \t]+"));
        List<Path> found = new ArrayList<>();
        if (words.getFirst().startsWith("/")) {
            Path interpreter = Path.of(words.getFirst());
            found.add(interpreter);
            if (interpreter.endsWith("env")) {
                words.stream()
                        .skip(1)
                        .filter(word -> !word.startsWith("-") && !word.contains("="))
                        .findFirst()
                        .flatMap(SystemPrograms::find)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** The {@code PT_INTERP} segment of a 64-bit ELF file. */
    private static Optional<Path> loader(byte[] head) {
        ByteBuffer elf = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (head.length < 64 || elf.getInt(0) != ELF_MAGIC || elf.getShort(4) != ELF_64_LITTLE_ENDIAN) {
            return Optional.empty();
        }
        long table = elf.getLong(32);
        int size = Short.toUnsignedInt(elf.getShort(54));
        int count = Short.toUnsignedInt(elf.getShort(56));
        for (int i = 0; i < count; i++) {
            long at = table + (long) i * size;
            if (at < 0 || at + 56 > head.length) {
                return Optional.empty();
            }
            if (elf.getInt((int) at) == PROGRAM_INTERPRETER) {
                long offset = elf.getLong((int) at + 8);
                long length = elf.getLong((int) at + 32);
                if (offset < 0 || length < 2 || offset + length > head.length) {
                    return Optional.empty();
                }
                return Optional.of(Path.of(new String(head, (int) offset, (int) length - 1, StandardCharsets.UTF_8)));
            }
        }
        return Optional.empty();
    }
}
