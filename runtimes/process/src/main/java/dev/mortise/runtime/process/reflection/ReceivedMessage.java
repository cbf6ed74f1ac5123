package dev.mortise.runtime.process.reflection;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.protobuf.ProtoUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A message that has come in.
 *
 * @param size in bytes, as it travelled. A message that is asked for it counts its texts character by character
 */
public record ReceivedMessage(DynamicMessage message, int size) {

    static ReceivedMessage of(DynamicMessage message) {
        return new ReceivedMessage(message, message.getSerializedSize());
    }

    static Marshaller<ReceivedMessage> marshaller(Descriptor type) {
        return new Reading(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type)));
    }

    private record Reading(Marshaller<DynamicMessage> messages) implements Marshaller<ReceivedMessage> {

        @Override
        public InputStream stream(ReceivedMessage message) {
            return messages.stream(message.message());
        }

        @Override
        public ReceivedMessage parse(InputStream stream) {
            if (!(stream instanceof KnownLength)) {
                return of(messages.parse(stream));
            }
            try {
                int size = stream.available();
                return new ReceivedMessage(messages.parse(stream), size);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
