package dev.mortise.runtime.process.wire;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * One end's key and certificate for one connection. Each end makes its own and trusts exactly the other's: an ECDSA key
 * on P-256, and a certificate signed by itself for {@code localhost}, which serves for both roles of TLS. Peers in Go make
 * theirs on P-521 and take any; P-256 costs Java a fiftieth of the time, and TLS libraries without P-521 know it.
 */
public record PeerIdentity(PrivateKey key, X509Certificate certificate) {

    private static final String CURVE = "secp256r1";
    private static final int SERIAL_BITS = 128;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    /** Outlives every process; connections through the broker are checked again and again. */
    private static final Duration LIFE = Duration.ofDays(3650);

    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.objectId(1, 2, 840, 10045, 4, 3, 2));

    /** A fresh identity, which takes a millisecond to make. */
    public static PeerIdentity create(Clock clock) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            KeyPair pair = generator.generateKeyPair();
            return new PeerIdentity(pair.getPrivate(), certificate(pair, clock.instant()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "this Java runtime cannot make a certificate on the curve " + CURVE
                            + ", which AutoMTLS needs; look for " + CURVE
                            + " in jdk.disabled.namedCurves of its security policy",
                    e);
        }
    }

    private static X509Certificate certificate(KeyPair pair, Instant now) throws GeneralSecurityException {
        byte[] name = Der.sequence(
                attribute(Der.objectId(2, 5, 4, 10), "Mortise"), attribute(Der.objectId(2, 5, 4, 3), "localhost"));
        byte[] content = Der.sequence(
                Der.tagged(0, true, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0)),
                ECDSA_SHA256,
                name,
                Der.sequence(Der.time(now.minus(CLOCK_SKEW)), Der.time(now.plus(LIFE))),
                name,
                pair.getPublic().getEncoded(),
                Der.tagged(3, true, extensions()));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(content);
        return decode(Der.sequence(content, ECDSA_SHA256, Der.bits(0, signature.sign())));
    }

    private static byte[] attribute(byte[] type, String value) {
        return Der.set(Der.sequence(type, Der.text(value)));
    }

    private static byte[] extensions() {
        // digitalSignature, keyEncipherment, keyAgreement, keyCertSign: bits 0, 2, 4 and 5 of six.
        byte[] usage = Der.bits(2, new byte[] {(byte) 0b1010_1100});
        byte[] purposes = Der.sequence(
                Der.objectId(1, 3, 6, 1, 5, 5, 7, 3, 2), // clientAuth
                Der.objectId(1, 3, 6, 1, 5, 5, 7, 3, 1)); // serverAuth
        byte[] names = Der.sequence(Der.tagged(2, false, "localhost".getBytes(StandardCharsets.US_ASCII)));
        return Der.sequence(
                extension(Der.objectId(2, 5, 29, 15), true, usage),
                extension(Der.objectId(2, 5, 29, 37), false, purposes),
                extension(Der.objectId(2, 5, 29, 19), true, Der.sequence(Der.bool(true))),
                extension(Der.objectId(2, 5, 29, 17), false, names));
    }

    private static byte[] extension(byte[] id, boolean critical, byte[] value) {
        return critical ? Der.sequence(id, Der.bool(true), Der.octets(value)) : Der.sequence(id, Der.octets(value));
    }

    /** The certificate as it travels in the environment. */
    public String pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded());
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /** The certificate as it travels in the handshake line: base64 without padding. */
    public String handshakeText() {
        return Base64.getEncoder().withoutPadding().encodeToString(encoded());
    }

    private byte[] encoded() {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was made here cannot be encoded", e);
        }
    }

    /** @throws CertificateException if the text holds no certificate */
    public static X509Certificate fromPem(String pem) throws CertificateException {
        return decode(pem.strip().getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws CertificateException if the text holds no certificate */
    public static X509Certificate fromHandshakeText(String text) throws CertificateException {
        try {
            return decode(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("it is not base64: " + e.getMessage(), e);
        }
    }

    private static X509Certificate decode(byte[] encoded) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }
}
