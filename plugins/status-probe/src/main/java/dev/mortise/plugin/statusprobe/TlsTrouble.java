package dev.mortise.plugin.statusprobe;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a server's TLS in words that somebody can act on. */
final class TlsTrouble {

    private TlsTrouble() {}

    /** @return nothing if the failure is no failure of TLS */
    static Optional<String> of(Throwable failure) {
        if (!(failure instanceof SSLException)) {
            return Optional.empty();
        }
        String named = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String words = name(cause);
            named = words == null ? named : words;
        }
        return Optional.of(named == null ? "TLS fails: " + failure.getMessage() : named);
    }

    private static @Nullable String name(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException _ -> "its TLS certificate has expired";
            case CertificateNotYetValidException _ -> "its TLS certificate is not valid yet";
            case CertPathBuilderException _ -> "its TLS certificate is from nobody who is trusted here";
            case CertificateException e
            when String.valueOf(e.getMessage()).startsWith("No ") -> "its TLS certificate is for another host";
            default -> null;
        };
    }
}
