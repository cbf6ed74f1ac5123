package dev.mortise.plugin.notifiersmtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of authorities that an operator trusts instead of those that the JDK trusts. */
final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * What connects to servers whose certificates lead to one of those in a file, and to no others.
     *
     * @param file one or more certificates, as PEM or DER
     * @throws IllegalArgumentException naming the key {@code ca_file}, if there is no certificate in it
     */
    static SSLSocketFactory in(String file) {
        try (InputStream content = Files.newInputStream(Path.of(file))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(content);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("ca_file: there is no certificate in " + file);
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("ca_file: " + file + " cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "ca_file: " + file + " is no file of certificates: " + e.getMessage(), e);
        }
    }
}
