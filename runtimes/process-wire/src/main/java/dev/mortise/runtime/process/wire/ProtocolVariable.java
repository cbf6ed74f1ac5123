package dev.mortise.runtime.process.wire;

/** The environment variables in which a host of the go-plugin protocol tells a plugin how to start. */
public final class ProtocolVariable {

    /** Every variable of the protocol begins so; a host must not pass on those that it was started with. */
    public static final String PREFIX = "PLUGIN_";

    public static final String MIN_PORT = "PLUGIN_MIN_PORT";
    public static final String MAX_PORT = "PLUGIN_MAX_PORT";
    /** The versions that the host speaks, separated by commas, in no order. */
    public static final String PROTOCOL_VERSIONS = "PLUGIN_PROTOCOL_VERSIONS";
    /** The host's certificate as PEM, with AutoMTLS. */
    public static final String CLIENT_CERT = "PLUGIN_CLIENT_CERT";
    /** Not empty if broker connections shall share the one socket. */
    public static final String MULTIPLEX_GRPC = "PLUGIN_MULTIPLEX_GRPC";

    public static final String UNIX_SOCKET_DIR = "PLUGIN_UNIX_SOCKET_DIR";
    public static final String UNIX_SOCKET_GROUP = "PLUGIN_UNIX_SOCKET_GROUP";

    private ProtocolVariable() {}
}
