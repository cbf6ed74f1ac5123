package dev.mortise.server.listen;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.ProblemException;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.nio.file.Path;

/** TLS from the two files that certificate authorities and their tools leave behind. */
final class PemFiles {

    private PemFiles() {}

    /**
     * @param chain certificates, the server's own first
     * @param key PKCS#8 without a password, or RSA in PKCS#1
     * @throws ProblemException if that is not what the files hold
     */
    static Tls read(Path chain, Path key) {
        try {
            Keys keys = Keys.builder()
                    .pem(pem -> pem.certChain(Resource.create(chain)).key(Resource.create(key)))
                    .build();
            return Tls.builder()
                    .privateKey(keys.privateKey().orElseThrow(() -> new IllegalArgumentException("no private key")))
                    .privateKeyCertChain(keys.certChain())
                    .build();
        } catch (RuntimeException e) {
            throw new ProblemException(Problem.of(
                    ProblemCode.INVALID_REQUEST,
                    "TLS cannot be set up with the certificate chain " + chain + " and the key " + key
                            + ": both must be readable PEM files, the key PKCS#8 without a password"));
        }
    }
}
