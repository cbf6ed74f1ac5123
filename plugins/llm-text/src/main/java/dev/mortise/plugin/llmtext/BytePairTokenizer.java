package dev.mortise.plugin.llmtext;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;

/**
 * Counts by the byte pair encoding that the models of OpenAI use. Up to 16,000 characters it counts exactly. Of more it
 * counts a sample of so many, taken evenly, and extrapolates: encoding takes microseconds a character for text that is
 * made to be hard, and a megabyte of it would outlast the deadline of any hook.
 */
final class BytePairTokenizer implements Tokenizer {

    private static final int MOST = 16_000;
    private static final int BLOCK = 1_000;

    private final Encoding encoding;

    private BytePairTokenizer(Encoding encoding) {
        this.encoding = encoding;
    }

    /** Reads the vocabulary, which takes a good part of a second. */
    static BytePairTokenizer of(EncodingType type) {
        return new BytePairTokenizer(Encodings.newLazyEncodingRegistry().getEncoding(type));
    }

    @Override
    public int count(String text) {
        return count(List.of(text));
    }

    @Override
    public int count(List<String> texts) {
        long length = texts.stream().mapToLong(String::length).sum();
        if (length <= MOST) {
            return texts.stream().mapToInt(this::exact).sum();
        }
        int stride = BLOCK * Math.ceilDiv(Math.toIntExact(length), MOST);
        long tokens = 0;
        long sampled = 0;
        for (String text : texts) {
            for (int start = 0; start < text.length(); start += stride) {
                String block = text.substring(start, Math.min(text.length(), start + BLOCK));
                tokens += exact(block);
                sampled += block.length();
            }
        }
        return Math.toIntExact(tokens * length / sampled);
    }

    /** Marks such as {@code <|endoftext|>} count as the text that they are, since a message may well hold them. */
    private int exact(String text) {
        return encoding.countTokensOrdinary(text);
    }
}
