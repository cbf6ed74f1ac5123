package dev.mortise.runtime.process.reflection;

import io.grpc.Drainable;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A message that is in the form in which it travels already. */
final class EncodedMessage implements Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] message) {
        return new Bytes(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Written in one piece. */
    private static final class Bytes extends ByteArrayInputStream implements Drainable {

        Bytes(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            return (int) transferTo(target);
        }
    }
}
