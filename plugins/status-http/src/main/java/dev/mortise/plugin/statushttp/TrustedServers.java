package dev.mortise.plugin.statushttp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Makes connections safe, if the server proves to be the one that is meant. */
public final class TrustedServers {

    private final SSLSocketFactory sockets;

    private TrustedServers(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    /**
     * Servers that prove who they are by certificates.
     *
     * @param pem the certificates that are trusted; the JDK's where there are none
     * @throws IllegalArgumentException if it holds something else
     */
    public static TrustedServers by(String pem) {
        try {
            if (pem.isBlank()) {
                return new TrustedServers(SSLContext.getDefault().getSocketFactory());
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                trusted.setCertificateEntry("trusted-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return new TrustedServers(context.getSocketFactory());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("ca_certificates: these are no certificates in PEM", e);
        }
    }

    /** @throws IOException if the server is not the one that is meant, or does not speak TLS */
    Socket secure(Socket connection, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) sockets.createSocket(connection, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        checkValidity(socket);
        return socket;
    }

    /** The JDK does not ask how old a certificate is that is trusted by itself; clients of the server may. */
    private static void checkValidity(SSLSocket socket) throws SSLException {
        for (Certificate certificate : socket.getSession().getPeerCertificates()) {
            try {
                if (certificate instanceof X509Certificate dated) {
                    dated.checkValidity();
                }
            } catch (CertificateException e) {
                throw new SSLException("the certificate is out of date", e);
            }
        }
    }
}
