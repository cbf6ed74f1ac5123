package dev.mortise.runtime.process.wire;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * TLS in which each end proves who it is, and trusts exactly the certificate that the other one announced.
 *
 * <p>The JDK's TLS is named because BoringSSL, which gRPC would pick where it is on the class path, refuses the P-521
 * certificates of peers in Go.
 */
public final class MutualTls {

    private final PeerIdentity identity;
    private final List<X509Certificate> trusted;

    private MutualTls(PeerIdentity identity, List<X509Certificate> trusted) {
        this.identity = identity;
        this.trusted = trusted;
    }

    public static MutualTls with(PeerIdentity identity, X509Certificate other) {
        return new MutualTls(identity, List.of(other));
    }

    /** For an end that could not read the other's certificate: every handshake fails. */
    public static MutualTls trustingNobody(PeerIdentity identity) {
        return new MutualTls(identity, List.of());
    }

    SslContext client() {
        return build(SslContextBuilder.forClient().keyManager(identity.key(), identity.certificate()));
    }

    SslContext server() {
        return build(SslContextBuilder.forServer(identity.key(), identity.certificate())
                .clientAuth(ClientAuth.REQUIRE));
    }

    private SslContext build(SslContextBuilder builder) {
        try {
            return GrpcSslContexts.configure(builder.trustManager(new PinnedTrust(trusted)), SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("this Java runtime has no TLS that the protocol could use", e);
        }
    }
}
