package dev.mortise.runtime.process.reflection;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The .proto files of a server, asked for as they are needed, within bounds. */
final class DescriptorFiles {

    private static final int MOST_FILES = 1_000;
    private static final int MOST_BYTES = 16 << 20;

    private final ServerReflection server;
    private final Map<String, FileDescriptorProto> sent = new HashMap<>();
    private final Map<String, FileDescriptor> built = new HashMap<>();
    private int bytes;

    DescriptorFiles(ServerReflection server) {
        this.server = server;
    }

    ServiceDescriptor service(String name) throws ReflectionException, InterruptedException {
        String file = "";
        for (FileDescriptorProto received : receive(server.filesFor(name))) {
            String prefix = received.getPackage().isEmpty() ? "" : received.getPackage() + ".";
            if (received.getServiceList().stream().anyMatch(one -> name.equals(prefix + one.getName()))) {
                file = received.getName();
            }
        }
        if (file.isEmpty()) {
            throw new ReflectionException("it lists the service " + name + " and does not describe it");
        }
        for (ServiceDescriptor service : build(file, new HashSet<>()).getServices()) {
            if (service.getFullName().equals(name)) {
                return service;
            }
        }
        throw new ReflectionException("it lists the service " + name + " and does not describe it");
    }

    private List<FileDescriptorProto> receive(List<ByteString> files) throws ReflectionException {
        List<FileDescriptorProto> received = new ArrayList<>();
        for (ByteString file : files) {
            bytes += file.size();
            if (bytes > MOST_BYTES || sent.size() >= MOST_FILES) {
                throw new ReflectionException(
                        "it describes itself with more than " + MOST_FILES + " files or " + MOST_BYTES / 1024 + " KiB");
            }
            try {
                FileDescriptorProto proto = FileDescriptorProto.parseFrom(file);
                sent.putIfAbsent(proto.getName(), proto);
                received.add(proto);
            } catch (InvalidProtocolBufferException e) {
                throw new ReflectionException("it sends a description that cannot be read: " + e.getMessage());
            }
        }
        return received;
    }

    private FileDescriptor build(String name, Set<String> open) throws ReflectionException, InterruptedException {
        FileDescriptor present = built.get(name);
        if (present != null) {
            return present;
        }
        if (!open.add(name)) {
            throw new ReflectionException("its file " + name + " imports itself");
        }
        if (!sent.containsKey(name)) {
            receive(server.file(name));
        }
        FileDescriptorProto proto = sent.get(name);
        if (proto == null) {
            throw new ReflectionException("it does not send its file " + name);
        }
        List<FileDescriptor> imports = new ArrayList<>();
        for (String needed : proto.getDependencyList()) {
            imports.add(build(needed, open));
        }
        try {
            FileDescriptor descriptor = FileDescriptor.buildFrom(proto, imports.toArray(FileDescriptor[]::new), true);
            built.put(name, descriptor);
            open.remove(name);
            return descriptor;
        } catch (DescriptorValidationException e) {
            throw new ReflectionException("its file " + name + " makes no sense: " + e.getMessage());
        }
    }
}
