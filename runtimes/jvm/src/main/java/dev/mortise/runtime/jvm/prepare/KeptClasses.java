package dev.mortise.runtime.jvm.prepare;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Prepared classes of one package whose bytes are known, and whether its hooks can be stopped at any time. Written as that,
 * the number of classes, and of each its name, how many bytes there are, and these; {@link #UNCHANGED} of a class that is
 * defined as it is. Safe for use by several threads.
 */
final class KeptClasses {

    private static final int UNCHANGED = -1;
    private static final byte[] AS_IT_IS = {};

    private final boolean stoppableHooks;
    private final Map<String, byte[]> classes = new ConcurrentHashMap<>();
    private volatile boolean news;

    KeptClasses(boolean stoppableHooks) {
        this.stoppableHooks = stoppableHooks;
    }

    /** What was written before; empty if it makes no sense. */
    static Optional<KeptClasses> read(byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            KeptClasses kept = new KeptClasses(in.readBoolean());
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                int length = in.readInt();
                if (length < UNCHANGED) {
                    return Optional.empty();
                }
                byte[] prepared = length == UNCHANGED ? AS_IT_IS : in.readNBytes(length);
                kept.classes.put(name, prepared);
                if (length > prepared.length) {
                    return Optional.empty();
                }
            }
            return Optional.of(kept);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    byte[] write() {
        // What is added meanwhile is written the next time.
        news = false;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(body)) {
            Map<String, byte[]> now = new TreeMap<>(classes);
            out.writeBoolean(stoppableHooks);
            out.writeInt(now.size());
            for (Map.Entry<String, byte[]> entry : now.entrySet()) {
                out.writeUTF(entry.getKey());
                byte[] prepared = entry.getValue();
                out.writeInt(prepared == AS_IT_IS ? UNCHANGED : prepared.length);
                out.write(prepared);
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return body.toByteArray();
    }

    /** What to define of a class; null if that is not known yet. */
    byte @Nullable [] find(String name, byte[] classFile) {
        byte[] prepared = classes.get(name);
        return prepared == AS_IT_IS ? classFile : prepared;
    }

    void add(String name, byte[] classFile, byte[] prepared) {
        classes.put(name, Arrays.equals(classFile, prepared) ? AS_IT_IS : prepared);
        news = true;
    }

    boolean stoppableHooks() {
        return stoppableHooks;
    }

    boolean hasNews() {
        return news;
    }
}
