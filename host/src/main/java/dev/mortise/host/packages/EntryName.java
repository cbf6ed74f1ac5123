package dev.mortise.host.packages;

import dev.mortise.host.model.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The path of a file or folder within a package: segments separated by {@code /}, none of which leads elsewhere on any
 * operating system. Names from outside become one by {@link #of} alone.
 */
record EntryName(String path) {

    /** What common file systems take; a longer segment would only fail later, on the disk. */
    private static final int SEGMENT_BYTES = 255;

    /** @param raw as the archive or the folder has it; a folder's without the slash at its end */
    static EntryName of(String raw, PackageLimits limits) throws RefusalException {
        if (raw.getBytes(StandardCharsets.UTF_8).length > limits.pathBytes()) {
            throw unsafe(raw, "is longer than " + limits.pathBytes() + " bytes");
        }
        if (raw.startsWith("/")) {
            throw unsafe(raw, "is absolute");
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (Character.isISOControl(c)) {
                throw unsafe(raw, "has a control character");
            }
            if (c == '\\' || c == ':') {
                throw unsafe(raw, "has a '" + c + "', which means something else on other systems");
            }
            if (c == '\uFFFD' || isLoneSurrogate(raw, i)) {
                throw unsafe(raw, "is not valid Unicode");
            }
        }
        String[] segments = raw.split("/", -1);
        if (segments.length > limits.depth()) {
            throw unsafe(raw, "is more than " + limits.depth() + " folders deep");
        }
        for (String segment : segments) {
            switch (segment) {
                case "" -> throw unsafe(raw, "has an empty part");
                case "." -> throw unsafe(raw, "has a part '.'");
                case ".." -> throw unsafe(raw, "leads out of the package");
                default -> {
                    if (segment.getBytes(StandardCharsets.UTF_8).length > SEGMENT_BYTES) {
                        throw unsafe(raw, "has a part of more than " + SEGMENT_BYTES + " bytes");
                    }
                }
            }
        }
        return new EntryName(raw);
    }

    /** The name as text, in UTF-8 whether marked as such or not, which is how the JDK reads jars too. */
    static String decode(byte[] name) throws RefusalException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            throw RefusalException.unsafe(
                    "The archive has a name that is not UTF-8. Pack it again with names in UTF-8.");
        }
    }

    private static boolean isLoneSurrogate(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    private static RefusalException unsafe(String raw, String why) {
        return RefusalException.unsafe("The package has an entry '" + Text.abbreviate(raw) + "' whose name " + why
                + ". Rename the entry and pack again.");
    }

    /** The path, for messages. */
    String shown() {
        return Text.abbreviate(path);
    }
}
