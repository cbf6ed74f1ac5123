package dev.mortise.plugin.llmtext;

import com.knuddels.jtokkit.api.EncodingType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How an operator may have tokens counted: the values of a plugin's {@code tokenizer} key. */
public enum TokenizerChoice {
    /** Four characters to a token. */
    HEURISTIC("heuristic") {
        @Override
        public Tokenizer load() {
            return new HeuristicTokenizer();
        }
    },
    /** The encoding of GPT-4 and GPT-3.5. */
    CL100K_BASE("cl100k_base") {
        @Override
        public Tokenizer load() {
            return BytePairTokenizer.of(EncodingType.CL100K_BASE);
        }
    },
    /** The encoding of GPT-4o, GPT-4.1 and the o series. */
    O200K_BASE("o200k_base") {
        @Override
        public Tokenizer load() {
            return BytePairTokenizer.of(EncodingType.O200K_BASE);
        }
    };

    private final String name;

    TokenizerChoice(String name) {
        this.name = name;
    }

    /** @throws IllegalArgumentException naming what there is, for anything else */
    public static TokenizerChoice named(String name) {
        return Arrays.stream(values())
                .filter(choice -> choice.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("tokenizer must be one of "
                        + Arrays.stream(values()).map(choice -> choice.name).collect(Collectors.joining(", "))));
    }

    /**
     * Loads the tokenizer, with its vocabulary if it has one: for {@code onLoad}, not for a hook.
     *
     * @throws LinkageError if the plugin has not bundled the library for byte pair encodings
     */
    public abstract Tokenizer load();
}
