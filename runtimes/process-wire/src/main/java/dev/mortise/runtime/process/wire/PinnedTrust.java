package dev.mortise.runtime.process.wire;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts exactly the given certificates, or nobody. From when to when they say that they hold is not asked: they were made
 * for this connection, and a clock that is set back meanwhile must not end it.
 */
final class PinnedTrust extends X509ExtendedTrustManager {

    private final List<X509Certificate> trusted;

    PinnedTrust(List<X509Certificate> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !trusted.contains(chain[0])) {
            throw new CertificateException("the other end's certificate is not the one that it announced");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trusted.toArray(X509Certificate[]::new);
    }
}
