package dev.mortise.host.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.HostSettings;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPolicyTest {

    private static final UrlPolicy PUBLIC = UrlPolicy.PUBLIC_HTTPS;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a.zip",
                "HTTPS://EXAMPLE.com./a.zip?x=y",
                "https://example.com:8443/a.zip",
                "https://[2606:4700::1111]/a.zip"
            })
    void httpsIsAllowed(String url) {
        assertThat(PUBLIC.check(URI.create(url))).isInstanceOf(Result.Ok.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/a.zip",
                "ftp://example.com/a.zip",
                "file:///etc/passwd",
                "jar:https://example.com/a.jar!/x",
                "//example.com/a.zip",
                "a.zip",
                "https:a.zip",
                "https:///a.zip",
                "https://:443/a.zip",
                "https://exa_mple!/a.zip",
                "https://example.com:0/",
                "https://example.com:99999/",
                "https://user@example.com/a.zip",
                "https://user:hunter2@example.com/a.zip",
                "https://example.com@evil_host/a.zip",
                "https://:hunter2@example.com/"
            })
    void anythingElseIsRefused(String url) {
        assertThat(refusal(PUBLIC, url).code()).isEqualTo(ProblemCode.URL_REFUSED);
    }

    @Test
    void messagesShowNeitherCredentialsNorQueries() {
        for (String url : new String[] {
            "https://user:hunter2@example.com/a.zip",
            "https://user:hunter2@exa_mple!/a.zip",
            "http://example.com/a.zip?token=hunter2",
            "https://elsewhere.org/a.zip?token=hunter2#hunter2"
        }) {
            assertThat(refusal(PUBLIC.only("example.com"), url).message()).doesNotContain("hunter2");
        }
    }

    @Test
    void messagesKeepEncodedControlCharactersEncoded() {
        assertThat(refusal(PUBLIC, "http://example.com/a%0Aforged").message())
                .contains("a%0Aforged")
                .doesNotContain("\n");
    }

    @Test
    void onlyHostsOfTheListAreAllowed() {
        UrlPolicy policy = PUBLIC.only("packages.example.com", "*.trusted.org", "10.1.2.3", "[::1]");

        for (String allowed : List.of(
                "packages.example.com",
                "PACKAGES.Example.com.",
                "a.trusted.org",
                "a.b.trusted.org",
                "10.1.2.3",
                "[::1]")) {
            assertThat(policy.check(URI.create("https://" + allowed + "/a.zip")))
                    .as(allowed)
                    .isInstanceOf(Result.Ok.class);
        }
        for (String refused : List.of(
                "example.com",
                "evil-packages.example.com",
                "packages.example.com.evil.net",
                "trusted.org",
                "eviltrusted.org",
                "10.1.2.30")) {
            assertThat(refusal(policy, "https://" + refused + "/a.zip").message())
                    .as(refused)
                    .contains("packages.example.com");
        }
    }

    @Test
    void anEmptyListAllowsNoHost() {
        assertThat(refusal(PUBLIC.only(), "https://example.com/").code()).isEqualTo(ProblemCode.URL_REFUSED);
    }

    @Test
    void plainHttpIsAllowedWhereSaidOnly() {
        UrlPolicy policy = PUBLIC.allowingPlainHttp("localhost");

        assertThat(policy.check(URI.create("http://localhost:8080/a.zip"))).isInstanceOf(Result.Ok.class);
        assertThat(refusal(policy, "http://example.com/a.zip").message()).contains("without TLS");
    }

    @Test
    void everyAddressOfAHostMustBePublicUnlessItMayBePrivate() throws UnknownHostException {
        URI url = URI.create("https://example.com/a.zip");

        assertThat(PUBLIC.check(url, addresses("8.8.8.8", "2606:4700::1111"))).isInstanceOf(Result.Ok.class);
        assertThat(PUBLIC.check(url, addresses("8.8.8.8", "127.0.0.1"))).isInstanceOf(Result.Refused.class);
        assertThat(PUBLIC.allowingPrivateAddresses("*.example.com").check(url, addresses("127.0.0.1")))
                .isInstanceOf(Result.Refused.class);
        assertThat(PUBLIC.allowingPrivateAddresses("example.com").check(url, addresses("127.0.0.1")))
                .isInstanceOf(Result.Ok.class);
    }

    @Test
    void theSettingsOfAHostMakeAPolicy() throws UnknownHostException {
        URI url = URI.create("http://10.0.0.1/a.zip");
        UrlPolicy strict = UrlPolicy.of(HostSettings.DEFAULT);
        UrlPolicy open =
                UrlPolicy.of(new HostSettings(false, Set.of("10.0.0.1"), true, true, 1, 1, Duration.ofSeconds(1)));

        assertThat(strict).isEqualTo(PUBLIC);
        assertThat(open.check(url)).isInstanceOf(Result.Ok.class);
        assertThat(open.check(url, addresses("10.0.0.1"))).isInstanceOf(Result.Ok.class);
        assertThat(refusal(open, "https://example.com/").code()).isEqualTo(ProblemCode.URL_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://example.com",
                "example.com:443",
                "example.com/a",
                "a*.example.com",
                "*.*",
                "*.",
                "exa mple.com",
                "[::1"
            })
    void aPatternThatIsNoHostIsAnError(String pattern) {
        assertThatThrownBy(() -> new HostPattern(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("packages.example.com");
    }

    private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(InetAddress.getByName(text));
        }
        return addresses;
    }

    private static Problem refusal(UrlPolicy policy, String url) {
        return switch (policy.check(URI.create(url))) {
            case Result.Ok<URI> _ -> throw new AssertionError("allowed " + url);
            case Result.Refused<URI>(Problem problem) -> problem;
        };
    }
}
