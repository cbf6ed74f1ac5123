package dev.mortise.runtime.jvm.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What gets past the scan, as the project's SECURITY page says. Whoever closes a gap corrects that page. */
class KnownGapsTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a parallel stream by a value     | kept = java.util.stream.StreamSupport.stream(List.of(1).spliterator(), true).toList();
            a thread of the JDK by a timeout | kept = new CompletableFuture<Object>().orTimeout(1, TimeUnit.MILLISECONDS).handle((v, t) -> Thread.currentThread());
            the host's standard output       | System.out.close();
            the thread of its own call       | Thread.currentThread().interrupt();
            a class by way of a bundle       | kept = ResourceBundle.getBundle("com.example.Other");
            an endless loop                  | while (kept == null) { }
            memory                           | kept = new long[Integer.MAX_VALUE - 8];
            backtracking                     | kept = java.util.regex.Pattern.matches("(a+)+b", "a".repeat(1000));
            a monitor                        | synchronized (Bad.class) { kept = 1; }
            a comparator made elsewhere      | List.of(2, 1).stream().sorted((Comparator<Integer>) kept).toList(); ## public void onLoad(PluginContext c) { kept = (Comparator<Integer>) (a, b) -> { try { Thread.sleep(1); } catch (InterruptedException e) { } return 0; }; }
            """)
    void passes(String name, String code) {
        assertThat(Snippets.hook(code).violations(folder)).isEmpty();
    }
}
