package dev.mortise.host.packages;

import dev.mortise.host.model.Text;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads a gzip-compressed tar file in the forms that GNU tar, BSD tar, Python and Go write. General tar libraries
 * quietly mend what is to be refused here, such as a slash before a long name, and keep headers of any length in memory.
 */
final class TarGzipReader {

    private static final int MAX_EXTENDED_HEADER_BYTES = 64 << 10;
    private static final int MAX_HEADERS_OF_AN_ENTRY = 8;

    private final TarBlocks blocks;
    private final EntryGate gate;

    private TarGzipReader(TarBlocks blocks, EntryGate gate) {
        this.blocks = blocks;
        this.gate = gate;
    }

    static void read(Path archive, EntryGate gate) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                InputStream unzipped = decompress(file)) {
            new TarGzipReader(new TarBlocks(unzipped), gate).readEntries();
        }
    }

    private static InputStream decompress(InputStream file) throws RefusalException {
        try {
            return new GZIPInputStream(file, 16 << 10);
        } catch (IOException e) {
            throw RefusalException.garbled("it cannot be decompressed");
        }
    }

    private void readEntries() throws IOException {
        while (readEntry()) {
            // One entry at a time, until the end mark.
        }
        blocks.expectEnd();
    }

    /** @return whether there was one */
    private boolean readEntry() throws IOException {
        Optional<String> longName = Optional.empty();
        Optional<Long> longSize = Optional.empty();
        for (int headers = 1; headers <= MAX_HEADERS_OF_AN_ENTRY; headers++) {
            Optional<byte[]> block = blocks.nextHeader();
            if (block.isEmpty()) {
                return false;
            }
            TarHeader header = TarHeader.parse(block.get());
            switch (header.type()) {
                case 'x' -> {
                    PaxRecords pax = readPax(header);
                    longName = pax.path();
                    longSize = pax.size();
                }
                case 'g' -> ignoreGlobalHeader(readPax(header));
                case 'L' -> longName = Optional.of(readLongName(header));
                case 'K' -> readExtended(header); // a long target of a link, which comes next and is refused
                default -> {
                    pass(header, longName.orElse(header.name()), longSize.orElse(header.size()));
                    return true;
                }
            }
        }
        throw RefusalException.garbled("an entry has more than " + MAX_HEADERS_OF_AN_ENTRY + " headers");
    }

    private void pass(TarHeader header, String storedName, long size) throws IOException {
        switch (header.type()) {
            case '0', '\0', '7' -> {
                if (storedName.endsWith("/")) {
                    throw RefusalException.unsafe("The archive's entry '" + Text.abbreviate(storedName)
                            + "' is a folder by its name but not by its type. Pack it again with a common tool.");
                }
                gate.file(withoutDot(storedName), header.isExecutable(), new TarContent(blocks, size));
                blocks.skipPadding(size);
            }
            case '5' -> {
                if (size != 0) {
                    throw RefusalException.unsafe(
                            "The archive's entry '" + Text.abbreviate(storedName) + "' is a folder with content.");
                }
                if (!isTop(storedName)) {
                    gate.folder(withoutDot(storedName));
                }
            }
            case '1', '2' ->
                throw RefusalException.unsafe("The archive's entry '" + Text.abbreviate(storedName)
                        + "' is a link. Pack what it refers to instead (tar: --dereference --hard-dereference).");
            case '3', '4', '6' ->
                throw RefusalException.unsafe("The archive's entry '" + Text.abbreviate(storedName)
                        + "' is a device or a pipe. Leave it out.");
            case 'S' -> throw sparse(storedName);
            default ->
                throw RefusalException.invalid("The archive's entry '" + Text.abbreviate(storedName)
                        + "' is of a type that packages do not have. Pack files and folders only.");
        }
    }

    private PaxRecords readPax(TarHeader header) throws RefusalException {
        PaxRecords pax = PaxRecords.parse(readExtended(header));
        if (pax.describesSparseFile()) {
            throw sparse(header.name());
        }
        return pax;
    }

    /** Git writes one to name the commit. One that renames or resizes all entries has no honest use. */
    private static void ignoreGlobalHeader(PaxRecords pax) throws RefusalException {
        if (pax.path().isPresent() || pax.size().isPresent()) {
            throw RefusalException.unsafe("The archive has a header that gives all entries one name or one size.");
        }
    }

    private String readLongName(TarHeader header) throws RefusalException {
        byte[] name = readExtended(header);
        int length = name.length > 0 && name[name.length - 1] == 0 ? name.length - 1 : name.length;
        return EntryName.decode(Arrays.copyOf(name, length));
    }

    private byte[] readExtended(TarHeader header) throws RefusalException {
        if (header.size() > MAX_EXTENDED_HEADER_BYTES) {
            throw RefusalException.tooLarge(
                    "The archive has a header of more than " + MAX_EXTENDED_HEADER_BYTES + " bytes.");
        }
        byte[] content = blocks.readExactly((int) header.size());
        blocks.skipPadding(header.size());
        return content;
    }

    private static boolean isTop(String name) {
        return name.equals(".") || name.equals("./");
    }

    /** {@code tar -C folder .} puts this before every name. */
    private static String withoutDot(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    private static RefusalException sparse(String name) {
        return RefusalException.invalid("The archive's entry '" + Text.abbreviate(name)
                + "' is stored as a sparse file. Pack it without tar's --sparse.");
    }
}
