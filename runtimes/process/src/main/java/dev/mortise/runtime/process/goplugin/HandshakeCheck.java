package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.goplugin.LaunchFailure.Reason;
import dev.mortise.runtime.process.wire.GoBoolean;
import dev.mortise.runtime.process.wire.HandshakeLine;
import dev.mortise.runtime.process.wire.PeerIdentity;
import dev.mortise.runtime.process.wire.PluginAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Judges a plugin's handshake line by what the host asked for. */
final class HandshakeCheck {

    /**
     * What a good line says.
     *
     * @param certificate present exactly if AutoMTLS was asked for
     */
    record Agreed(int version, PluginAddress address, Optional<X509Certificate> certificate) {}

    /** A line that will not do, and why. */
    static final class Refusal extends Exception {

        private static final long serialVersionUID = 1;

        private final Reason reason;

        Refusal(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        LaunchFailure failure() {
            return new LaunchFailure(reason, String.valueOf(getMessage()));
        }
    }

    private final PluginLaunch launch;

    HandshakeCheck(PluginLaunch launch) {
        this.launch = launch;
    }

    Agreed check(String text) throws Refusal {
        Optional<HandshakeLine> split = HandshakeLine.split(text);
        if (split.isEmpty()) {
            throw refusal(
                    Reason.UNRECOGNIZED_HANDSHAKE,
                    "Unrecognized remote plugin message: '" + shortened(text) + "'; a handshake has the fields "
                            + "core version, application version, network and address, separated by |. Is this a go-plugin executable?"
                            + FileDiagnosis.of(launch.executable()));
        }
        HandshakeLine line = split.get();
        if (!line.core().equals(Integer.toString(HandshakeLine.CORE_VERSION))) {
            throw refusal(
                    Reason.CORE_VERSION,
                    "it speaks version '" + shortened(line.core()) + "' of the handshake, and this host speaks version "
                            + HandshakeLine.CORE_VERSION + "; rebuild it with a current go-plugin");
        }
        int version = version(line);
        PluginAddress address = address(line);
        if (!line.protocol().equals(HandshakeLine.GRPC)) {
            throw refusal(
                    Reason.PROTOCOL,
                    "unsupported plugin protocol '" + shortened(line.protocol())
                            + "'; this host speaks grpc. Let the plugin serve a GRPCServer");
        }
        checkMultiplexing(line);
        return new Agreed(version, address, certificate(line));
    }

    private int version(HandshakeLine line) throws Refusal {
        try {
            int version = Integer.parseInt(line.app());
            if (launch.handshake().versions().contains(version)) {
                return version;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw refusal(
                Reason.APP_VERSION,
                "Incompatible API version with plugin: it serves version '" + shortened(line.app())
                        + "', and this host speaks " + launch.handshake().versions()
                        + "; install a version of the plugin that is made for this host, or correct the protocol versions");
    }

    private PluginAddress address(HandshakeLine line) throws Refusal {
        try {
            return PluginAddress.of(line.network(), line.address());
        } catch (IllegalArgumentException e) {
            throw refusal(
                    Reason.ADDRESS,
                    "the address that it names is of no use: " + shortened(String.valueOf(e.getMessage())));
        }
    }

    private void checkMultiplexing(HandshakeLine line) throws Refusal {
        if (!launch.multiplexing()) {
            return;
        }
        Optional<Boolean> answer = line.multiplex().flatMap(GoBoolean::parse);
        if (line.multiplex().isPresent() && answer.isEmpty()) {
            throw refusal(
                    Reason.MULTIPLEXING_UNSUPPORTED,
                    "it was asked whether it supports broker multiplexing, and its answer '"
                            + shortened(line.multiplex().get()) + "' is neither true nor false");
        }
        if (!answer.orElse(false)) {
            throw refusal(
                    Reason.MULTIPLEXING_UNSUPPORTED,
                    "the plugin does not support broker multiplexing, which was asked for; it came with go-plugin 1.6.0. "
                            + "Rebuild the plugin, or set multiplex to false for it");
        }
    }

    private Optional<X509Certificate> certificate(HandshakeLine line) throws Refusal {
        Optional<String> text = line.certificate();
        if (!launch.autoMtls()) {
            if (text.isPresent()) {
                throw refusal(
                        Reason.CERTIFICATE_UNEXPECTED,
                        "it wants TLS, which this host did not ask for; switch AutoMTLS on, or let the plugin serve without TLS");
            }
            return Optional.empty();
        }
        if (text.isEmpty()) {
            throw refusal(
                    Reason.CERTIFICATE_MISSING,
                    "it names no certificate although AutoMTLS was asked for; rebuild it with a go-plugin that knows AutoMTLS, "
                            + "or switch AutoMTLS off for it");
        }
        try {
            return Optional.of(PeerIdentity.fromHandshakeText(text.get()));
        } catch (CertificateException e) {
            throw refusal(
                    Reason.CERTIFICATE_MALFORMED,
                    "its certificate cannot be read: " + shortened(String.valueOf(e.getMessage())));
        }
    }

    private Refusal refusal(Reason reason, String why) {
        return new Refusal(reason, "plugin " + launch.plugin() + " cannot be used: " + why);
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
