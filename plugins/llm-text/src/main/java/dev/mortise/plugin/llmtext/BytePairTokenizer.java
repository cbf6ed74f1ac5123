package dev.mortise.plugin.llmtext;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** Counts exactly, by the byte pair encoding that the models of OpenAI use. */
final class BytePairTokenizer implements Tokenizer {

    private final Encoding encoding;

    private BytePairTokenizer(Encoding encoding) {
        this.encoding = encoding;
    }

    /** Reads the vocabulary, which takes a good part of a second. */
    static BytePairTokenizer of(EncodingType type) {
        return new BytePairTokenizer(Encodings.newLazyEncodingRegistry().getEncoding(type));
    }

    /** Marks such as {@code <|endoftext|>} count as the text that they are, since a message may well hold them. */
    @Override
    public int count(String text) {
        return encoding.countTokensOrdinary(text);
    }
}
