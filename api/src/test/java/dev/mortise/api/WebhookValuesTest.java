package dev.mortise.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests and replies of webhooks can be, and what they cannot. */
class WebhookValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\0b", "\u007f", "\u0085", "snow ☃"})
    void aHeadersValueCannotBeginAnotherOne(String value) {
        assertThatThrownBy(() -> WebhookReply.of(200).withHeader("X-Note", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Note")
                .hasMessageNotContaining("Set-Cookie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "ä", "a\0"})
    void aHeadersNameIsAToken(String name) {
        assertThatThrownBy(() -> WebhookReply.of(200).withHeader(name, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no name of a header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding", "content-length", "CONNECTION", "Upgrade", "Set-Cookie", "Alt-Svc"})
    void headersOfTheConnectionAndOfTheServerAreNotThePlugins(String name) {
        assertThatThrownBy(() -> WebhookReply.of(200).withHeader(name, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("host's to set");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 101, 199, 600, 1000})
    void aReplyHasAStatusThatEndsARequest(int status) {
        assertThatThrownBy(() -> WebhookReply.of(status))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 200 to 599");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void someStatusesHaveNoBody(int status) {
        assertThat(WebhookReply.of(status).body()).isEmpty();
        assertThatThrownBy(() -> WebhookReply.text(status, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bodiesAreBounded() {
        assertThatThrownBy(() -> new WebhookReply(200, WebhookHeaders.NONE, new byte[WebhookReply.LARGEST_BODY + 1]))
                .hasMessageContaining("at most " + WebhookReply.LARGEST_BODY);
        assertThatThrownBy(() -> new WebhookRequest(
                        "POST", "/", "", WebhookHeaders.NONE, new byte[WebhookRequest.LARGEST_BODY + 1], "::1"))
                .hasMessageContaining("at most " + WebhookRequest.LARGEST_BODY);
        assertThatThrownBy(() -> WebhookHeaders.of(Map.of("X", java.util.Collections.nCopies(101, "y"))))
                .hasMessageContaining("too many headers");
    }

    @Test
    void nobodyCanChangeARequestOrAReply() {
        byte[] body = {1, 2, 3};
        WebhookRequest request = new WebhookRequest("POST", "/", "", WebhookHeaders.NONE, body, "::1");
        WebhookReply reply = new WebhookReply(200, WebhookHeaders.NONE, body);
        body[0] = 9;
        request.body()[1] = 9;
        reply.body()[1] = 9;

        assertThat(request.body()).containsExactly(1, 2, 3);
        assertThat(reply.body()).containsExactly(1, 2, 3);
    }

    @Test
    void headersAreFoundInUpperAndInLowerCase() {
        WebhookRequest request =
                WebhookRequest.post("/", "{}").withHeader("X-Note", "a").withHeader("x-note", "b");

        assertThat(request.header("X-NOTE")).contains("a");
        assertThat(request.headers().all("x-Note")).containsExactly("a", "b");
        assertThat(request.header("other")).isEmpty();
    }

    @Test
    void theQueryIsThereAsItWasSentAndDecoded() {
        WebhookRequest request = WebhookRequest.get("/").withQuery("a=1&b=x%20y+z&a=2&c");

        assertThat(request.query()).isEqualTo("a=1&b=x%20y+z&a=2&c");
        assertThat(request.parameters())
                .isEqualTo(Map.of("a", List.of("1", "2"), "b", List.of("x y z"), "c", List.of("")));
        assertThat(request.parameter("a")).contains("1");
        assertThatThrownBy(() -> WebhookRequest.get("/").withQuery("a=%zz"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/a/", "//", "/a//b", "/..", "/a/../b", "/./a", "/a\\b", "/a\0b", "/a\nb"})
    void aPathLeadsNowhereElse(String path) {
        assertThatThrownBy(() -> WebhookRequest.get(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsWrittenToLogsHoldsNoSecret() {
        WebhookRequest request =
                WebhookRequest.post("/in", "secret").withQuery("t=secret").withHeader("X-Key", "secret");

        assertThat(request).hasToString("POST /in with 6 bytes");
        assertThat(request.headers()).hasToString("[Content-Type, X-Key]");
        assertThat(WebhookReply.text(200, "secret")).hasToString("200 with 6 bytes");
    }
}
