package dev.mortise.cli.client;

import dev.mortise.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which hosts are trusted to be who they say they are. */
final class HostTrust {

    private HostTrust() {}

    static SSLContext context(HostAddress address) {
        try {
            if (address.certificate().isPresent()) {
                return context(new OnlyCertificate(read(address.certificate().get())));
            }
            // Reading the JDK's many trusted certificates takes longer than a command without TLS altogether.
            return "https".equals(address.url().getScheme()) ? SSLContext.getDefault() : context();
        } catch (GeneralSecurityException | IOException e) {
            throw CommandFailure.of("cannot set up TLS for " + address.url() + ": " + e.getMessage());
        }
    }

    private static SSLContext context(TrustManager... trusted) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted, null);
        return context;
    }

    private static Certificate read(Path file) throws IOException, CertificateException {
        try (InputStream stream = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(stream);
        }
    }

    /** Trusts one certificate, whatever name it bears: it was read from the disk of the host itself. */
    private static final class OnlyCertificate extends X509ExtendedTrustManager {

        private final Certificate trusted;

        OnlyCertificate(Certificate trusted) {
            this.trusted = trusted;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0 || !chain[0].equals(trusted)) {
                throw new CertificateException("it shows another certificate than the one that is expected");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
