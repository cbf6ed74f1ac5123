package dev.mortise.plugin.promptcompressor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompressionTest {

    private static final Settings SAFE = settings("safe");
    private static final Settings AUTO = settings("auto");

    @Test
    void countsIdenticalLines() {
        assertThat(compress(SAFE, Collections.nCopies(12, "exactly the same")))
                .containsExactly("exactly the same (\u00d712)");
    }

    @Test
    void keepsTheChangesOfADiff() {
        List<String> diff = new ArrayList<>(List.of("diff --git a/x b/x", "@@ -1,40 +1,40 @@ void main()"));
        IntStream.range(0, 15).forEach(i -> diff.add(" before " + i));
        diff.addAll(List.of("-removed", "+added"));
        IntStream.range(0, 8).forEach(i -> diff.add(" after " + i));
        List<String> expected = new ArrayList<>(List.of(
                "diff --git a/x b/x",
                "@@ -1,40 +1,40 @@ void main()",
                " before 0",
                " before 1",
                " before 2",
                " ... (9 unchanged diff lines) ...",
                " before 12",
                " before 13",
                " before 14",
                "-removed",
                "+added"));
        IntStream.range(0, 8).forEach(i -> expected.add(" after " + i));
        assertThat(compress(SAFE, diff)).isEqualTo(expected);
    }

    @Test
    void indentedTextIsNoDiff() {
        List<String> text =
                IntStream.range(0, 20).mapToObj(i -> "    indented line " + i).toList();
        assertThat(compress(SAFE, text)).isEqualTo(text);
    }

    @Test
    void stripsColoursAndCursorMovements() {
        assertThat(compress(
                        SAFE, List.of("\u001b[1;31mred\u001b[0m text", "\u001b[2K\u001bMplain", "\u001b", "\u001b[12")))
                .containsExactly("red text", "plain", "\u001b", "\u001b[12");
    }

    @Test
    void squeezesBlankLines() {
        assertThat(compress(SAFE, List.of("a", "", " ", "", "b", ""))).containsExactly("a", "", "b", "");
    }

    @Test
    void noErrorDisappearsInARunOfOtherLines() {
        List<String> log = new ArrayList<>();
        IntStream.range(0, 10).forEach(i -> log.add("[app] request " + i + " served"));
        log.add("[app] request 10 failed: out of memory");
        IntStream.range(11, 20).forEach(i -> log.add("[app] request " + i + " served"));
        assertThat(compress(AUTO, log))
                .containsExactly(
                        "[app] ... (\u00d710)", "[app] request 10 failed: out of memory", "[app] ... (\u00d79)");
    }

    @Test
    void keepsMoreOfTheEndOfALogWithErrors() {
        List<String> log = new ArrayList<>();
        IntStream.range(0, 300).forEach(i -> log.add("{" + i + "} line"));
        assertThat(compress(AUTO, log)).hasSize(61);
        log.set(250, "{250} ERROR");
        assertThat(compress(AUTO, log)).hasSize(151).contains("{250} ERROR");
    }

    @Test
    void knowsLogsByTheirTimes() {
        assertThat(LogLikeness.of(Collections.nCopies(8, "Oct 12 10:30:00 host sshd[1]: bye")))
                .isTrue();
        assertThat(LogLikeness.of(Collections.nCopies(8, "10:30:00.123 done"))).isTrue();
        assertThat(LogLikeness.of(Collections.nCopies(8, "2026/01/31 10:30 done")))
                .isTrue();
        assertThat(LogLikeness.of(Collections.nCopies(8, "12 monkeys and 3 errors")))
                .isFalse();
        assertThat(LogLikeness.of(Collections.nCopies(7, "[INFO] too few lines")))
                .isFalse();
        assertThat(LogLikeness.of(Collections.nCopies(20, ""))).isFalse();
    }

    private static List<String> compress(Settings settings, List<String> lines) {
        return List.of(new Compression(settings).of(String.join("\n", lines)).split("\n", -1));
    }

    private static Settings settings(String mode) {
        return new Settings(mode, 1, 30, 30, 120, 100);
    }
}
