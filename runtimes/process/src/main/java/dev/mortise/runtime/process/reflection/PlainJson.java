package dev.mortise.runtime.process.reflection;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;

/** Which messages are written as an object of their fields; all others have a form of their own. */
final class PlainJson {

    /** Beyond these the text's own limits decide. */
    static final int DEEPEST = 40;

    static final int MOST_VALUES = 100_000;

    private PlainJson() {}

    static boolean isPlain(Descriptor message) {
        return !message.getFullName().startsWith("google.protobuf.");
    }

    static boolean isPlain(EnumDescriptor type) {
        return !type.getFullName().equals("google.protobuf.NullValue");
    }
}
