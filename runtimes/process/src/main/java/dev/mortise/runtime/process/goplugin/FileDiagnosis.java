package dev.mortise.runtime.process.goplugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Notes about an executable that help to see why it did not run as a plugin. */
final class FileDiagnosis {

    private static final int HEADER = 4_096;
    private static final int ELF = 0x7F454C46;
    private static final int MACH_O_64 = 0xCFFAEDFE;
    private static final int MACH_O_FAT = 0xCAFEBABE;

    private FileDiagnosis() {}

    /** Sentences to be put after a message; they begin with a blank. */
    static String of(Path file) {
        List<String> notes = new ArrayList<>();
        notes.add("path: " + file);
        if (!Files.exists(file)) {
            notes.add("the file does not exist");
        } else {
            notes.addAll(attributes(file));
            notes.add(content(file));
        }
        return " Additional notes: " + String.join(", ", notes) + ".";
    }

    private static List<String> attributes(Path file) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
            return List.of(
                    "mode: " + PosixFilePermissions.toString(attributes.permissions())
                            + (Files.isExecutable(file) ? "" : " (not executable for this user)"),
                    "owner: " + attributes.owner().getName(),
                    "group: " + attributes.group().getName());
        } catch (IOException | UnsupportedOperationException e) {
            return List.of("mode and owner cannot be read");
        }
    }

    private static String content(Path file) {
        if (!Files.isRegularFile(file)) {
            return "it is not a regular file";
        }
        try (InputStream content = Files.newInputStream(file)) {
            return kind(content.readNBytes(HEADER)) + " (this machine: " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + ")";
        } catch (IOException e) {
            return "its content cannot be read";
        }
    }

    private static String kind(byte[] header) {
        ByteBuffer bytes = ByteBuffer.wrap(header);
        if (header.length >= 20 && bytes.getInt(0) == ELF) {
            bytes.order(header[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            return "architecture: ELF, " + elfMachine(bytes.getShort(18) & 0xFFFF);
        }
        if (header.length >= 8 && bytes.getInt(0) == MACH_O_64) {
            return "architecture: Mach-O, "
                    + machOCpu(bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(4));
        }
        if (header.length >= 8 && bytes.getInt(0) == MACH_O_FAT) {
            return "architecture: Mach-O, universal";
        }
        if (header.length >= 64 && header[0] == 'M' && header[1] == 'Z') {
            return "architecture: PE, " + peMachine(bytes.order(ByteOrder.LITTLE_ENDIAN));
        }
        if (header.length > 2 && header[0] == '#' && header[1] == '!') {
            String line = new String(header, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            return "a script for " + line.substring(2).strip();
        }
        return header.length == 0 ? "it is empty" : "it is neither ELF, Mach-O, PE nor a script with #!";
    }

    private static String elfMachine(int machine) {
        return switch (machine) {
            case 3 -> "x86";
            case 40 -> "arm";
            case 62 -> "x86-64";
            case 183 -> "aarch64";
            case 243 -> "riscv";
            default -> "machine " + machine;
        };
    }

    private static String machOCpu(int cpu) {
        return switch (cpu) {
            case 0x01000007 -> "x86-64";
            case 0x0100000C -> "aarch64";
            default -> "cpu " + cpu;
        };
    }

    private static String peMachine(ByteBuffer bytes) {
        int at = bytes.getInt(60);
        if (at < 0 || at + 6 > bytes.limit()) {
            return "damaged";
        }
        return switch (bytes.getShort(at + 4) & 0xFFFF) {
            case 0x14C -> "x86";
            case 0x8664 -> "x86-64";
            case 0xAA64 -> "aarch64";
            default -> "machine " + bytes.getShort(at + 4);
        };
    }
}
