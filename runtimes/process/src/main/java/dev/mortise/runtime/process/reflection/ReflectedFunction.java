package dev.mortise.runtime.process.reflection;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import io.grpc.MethodDescriptor.MethodType;

/** A method of a plugin's own service as a function: JSON in, JSON out. Safe for use by several threads. */
public final class ReflectedFunction {

    /** A larger response may be more as JSON than a text may have. */
    private static final int LARGEST_PLAIN = 1 << 20;

    private final String name;
    private final MethodDescriptor method;
    private final io.grpc.MethodDescriptor<byte[], ReceivedMessage> call;
    private final JsonFormat.Parser parser;
    private final JsonFormat.Printer printer;

    ReflectedFunction(String name, MethodDescriptor method) {
        this.name = name;
        this.method = method;
        this.call = io.grpc.MethodDescriptor.<byte[], ReceivedMessage>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setRequestMarshaller(new EncodedMessage())
                .setResponseMarshaller(ReceivedMessage.marshaller(method.getOutputType()))
                .build();
        TypeRegistry types = TypeRegistry.newBuilder()
                .add(method.getInputType())
                .add(method.getOutputType())
                .build();
        this.parser = JsonFormat.parser().usingTypeRegistry(types);
        this.printer = JsonFormat.printer()
                .usingTypeRegistry(types)
                .preservingProtoFieldNames()
                .alwaysPrintFieldsWithNoPresence()
                .omittingInsignificantWhitespace();
    }

    /** In snake case: of the service and of the method. */
    public String name() {
        return name;
    }

    public String description() {
        return "Calls " + method.getFullName();
    }

    public boolean isIdempotent() {
        return method.getOptions().getIdempotencyLevel() != IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
    }

    public JsonObject params() {
        return MessageSchema.of(method.getInputType());
    }

    public JsonObject result() {
        return MessageSchema.of(method.getOutputType());
    }

    public io.grpc.MethodDescriptor<byte[], ReceivedMessage> method() {
        return call;
    }

    /**
     * The parameters as a message, in the form in which it travels.
     *
     * @throws InvalidProtocolBufferException if the parameters are none of the request's
     */
    public byte[] request(JsonObject params) throws InvalidProtocolBufferException {
        byte[] plain = PlainJsonEncoder.message(method.getInputType(), params);
        return plain == null ? requestFromText(params).toByteArray() : plain;
    }

    DynamicMessage requestFromText(JsonObject params) throws InvalidProtocolBufferException {
        DynamicMessage.Builder request = DynamicMessage.newBuilder(method.getInputType());
        parser.merge(params.toString(), request);
        return request.build();
    }

    /**
     * The response as JSON, within the standard limits of JSON.
     *
     * @throws InvalidProtocolBufferException if the response holds what JSON cannot
     */
    public Result<JsonValue> response(ReceivedMessage response) throws InvalidProtocolBufferException {
        if (response.size() <= LARGEST_PLAIN) {
            JsonObject plain = PlainJsonWriter.object(response.message());
            if (plain != null) {
                return Result.ok(plain);
            }
        }
        return responseByText(response.message());
    }

    Result<JsonValue> responseByText(DynamicMessage response) throws InvalidProtocolBufferException {
        return JsonCodec.STANDARD.parse(printer.print(response));
    }
}
