package dev.mortise.runtime.process.wire;

import java.util.Optional;

/**
 * What a plugin prints first on its standard output: {@code CORE|APP|NETWORK|ADDRESS|PROTOCOL|CERTIFICATE|MULTIPLEX}.
 * Four fields are enough; the rest came with later versions of the protocol.
 *
 * @param core version of the handshake itself, always 1
 * @param app version of what plugin and host say to each other
 * @param network {@code unix} or {@code tcp}
 * @param protocol {@code netrpc} where the line does not say
 * @param certificate the plugin's own, in base64; older plugins put other, shorter text there, which is left out
 * @param multiplex whether broker connections may share the socket, where the line says something about it
 */
public record HandshakeLine(
        String core,
        String app,
        String network,
        String address,
        String protocol,
        Optional<String> certificate,
        Optional<String> multiplex) {

    public static final int CORE_VERSION = 1;
    public static final String GRPC = "grpc";

    private static final int FEWEST_FIELDS = 4;
    private static final int LONGEST_OTHER_TEXT = 50;

    /** The line of a plugin that speaks gRPC. */
    public static HandshakeLine grpc(
            int app, PluginAddress address, Optional<String> certificate, Optional<Boolean> multiplex) {
        return new HandshakeLine(
                Integer.toString(CORE_VERSION),
                Integer.toString(app),
                address.network(),
                address.address(),
                GRPC,
                certificate,
                multiplex.map(String::valueOf));
    }

    /** Takes a line apart; empty if it has fewer than four fields. What the fields say is not judged here. */
    public static Optional<HandshakeLine> split(String line) {
        String[] fields = line.strip().split("\\|", -1);
        if (fields.length < FEWEST_FIELDS) {
            return Optional.empty();
        }
        return Optional.of(new HandshakeLine(
                fields[0],
                fields[1],
                fields[2],
                fields[3],
                field(fields, 4).orElse("netrpc"),
                field(fields, 5).filter(text -> text.length() > LONGEST_OTHER_TEXT),
                field(fields, 6)));
    }

    private static Optional<String> field(String[] fields, int index) {
        return index < fields.length && !fields[index].isEmpty() ? Optional.of(fields[index]) : Optional.empty();
    }

    /** The line as it is printed, without its end. The seventh field is there only if it was asked for. */
    public String text() {
        return String.join("|", core, app, network, address, protocol, certificate.orElse(""))
                + multiplex.map(flag -> "|" + flag).orElse("");
    }
}
