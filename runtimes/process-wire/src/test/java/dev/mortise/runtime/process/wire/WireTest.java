package dev.mortise.runtime.process.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

    @Test
    void aHandshakeLineIsReadAsItWasWritten() {
        PluginAddress address = new PluginAddress.Unix(Path.of("/tmp/p/plugin1"));
        String certificate = "M".repeat(800);

        assertThat(HandshakeLine.grpc(3, address, Optional.empty(), Optional.empty())
                        .text())
                .isEqualTo("1|3|unix|/tmp/p/plugin1|grpc|");
        assertThat(HandshakeLine.grpc(3, address, Optional.empty(), Optional.of(false))
                        .text())
                .isEqualTo("1|3|unix|/tmp/p/plugin1|grpc||false");
        HandshakeLine line = HandshakeLine.grpc(3, address, Optional.of(certificate), Optional.of(true));
        assertThat(HandshakeLine.split(line.text() + "\n")).contains(line);
    }

    @Test
    void olderLinesHaveFewerFieldsAndOtherTextInTheSixth() {
        assertThat(HandshakeLine.split("1|1|tcp|:1234").orElseThrow())
                .isEqualTo(new HandshakeLine("1", "1", "tcp", ":1234", "netrpc", Optional.empty(), Optional.empty()));
        assertThat(HandshakeLine.split("1|1|tcp|127.0.0.1:1234|grpc|short")
                        .orElseThrow()
                        .certificate())
                .isEmpty();
        assertThat(HandshakeLine.split("1|1|tcp")).isEmpty();
    }

    @Test
    void addressesOfBothNetworks() {
        assertThat(PluginAddress.of("tcp", "127.0.0.1:1234")).isEqualTo(new PluginAddress.Tcp("127.0.0.1", 1234));
        assertThat(PluginAddress.of("tcp", "[::1]:1")).isEqualTo(new PluginAddress.Tcp("::1", 1));
        assertThat(PluginAddress.of("tcp", "[::]:1")).isEqualTo(new PluginAddress.Tcp("::", 1));
        assertThat(PluginAddress.of("tcp", ":1234")).isEqualTo(new PluginAddress.Tcp("", 1234));
        assertThat(new PluginAddress.Tcp("::1", 1).address()).isEqualTo("[::1]:1");
        assertThat(PluginAddress.Unix.fits(Path.of("/" + "x".repeat(102)))).isTrue();
        assertThat(PluginAddress.Unix.fits(Path.of("/" + "x".repeat(103)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nowhere", "host:", "host:0", "host:65536", "host:x"})
    void refusesWhatIsNoPort(String address) {
        assertThatThrownBy(() -> PluginAddress.of("tcp", address)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1:1", "[2001:db8::1]:1", "[::ffff:192.0.2.1]:1", "secret.example.com:1"})
    void refusesWhatIsNotOnThisMachine(String address) {
        assertThatThrownBy(() -> PluginAddress.of("tcp", address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an address of this machine's loopback interface");
    }

    @Test
    void aCertificateIsOneThatPeersAccept() throws Exception {
        Instant now = Instant.parse("2026-03-04T05:06:07Z");
        PeerIdentity identity = PeerIdentity.create(Clock.fixed(now, ZoneOffset.UTC));

        identity.certificate().verify(identity.certificate().getPublicKey());
        assertThat(((ECPublicKey) identity.certificate().getPublicKey())
                        .getParams()
                        .getCurve()
                        .getField()
                        .getFieldSize())
                .isEqualTo(256);
        assertThat(identity.certificate().getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(identity.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=localhost,O=Mortise");
        assertThat(identity.certificate().getSubjectAlternativeNames()).containsExactly(List.of(2, "localhost"));
        assertThat(identity.certificate().getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(identity.certificate().getKeyUsage())
                .containsExactly(true, false, true, false, true, true, false, false, false);
        assertThat(identity.certificate().getExtendedKeyUsage())
                .containsExactly("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1");
        assertThat(identity.certificate().getNotBefore()).isEqualTo(Date.from(now.minusSeconds(30)));
        assertThat(identity.certificate().getNotAfter()).isAfter(Date.from(now.plusSeconds(86_400)));
    }

    @Test
    void aCertificateTravelsInBothForms() throws Exception {
        // After 2049 the form of times in a certificate is another one.
        for (String time : List.of("2026-01-01T00:00:00Z", "2045-01-01T00:00:00Z")) {
            PeerIdentity identity = PeerIdentity.create(Clock.fixed(Instant.parse(time), ZoneOffset.UTC));

            assertThat(PeerIdentity.fromPem(identity.pem())).isEqualTo(identity.certificate());
            assertThat(PeerIdentity.fromHandshakeText(identity.handshakeText())).isEqualTo(identity.certificate());
            assertThat(identity.handshakeText()).doesNotContain("=");
        }
    }

    @Test
    void trustsTheOtherEndAlsoWhenTheClockIsSetBack() throws Exception {
        Clock before = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        X509Certificate pinned = PeerIdentity.create(before).certificate();
        X509Certificate other = PeerIdentity.create(before).certificate();
        PinnedTrust trust = new PinnedTrust(List.of(pinned));

        trust.checkServerTrusted(new X509Certificate[] {pinned}, "ECDHE_ECDSA");
        trust.checkClientTrusted(new X509Certificate[] {pinned}, "ECDHE_ECDSA");

        assertThatThrownBy(() -> trust.checkServerTrusted(new X509Certificate[] {other}, "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class);
    }
}
