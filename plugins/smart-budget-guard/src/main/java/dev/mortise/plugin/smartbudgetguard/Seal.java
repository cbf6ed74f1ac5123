package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.StateStore;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs texts that go through other hands, with a key of this installation. Safe for use by several threads. */
final class Seal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final char SEPARATOR = ':';

    private final SecretKeySpec key;

    private Seal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The seal whose key is in the state store; it is made on first use, and outlives swaps and restarts. */
    static Seal keptIn(StateStore state, String entry) {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        state.compareAndSet(entry, null, Base64.getEncoder().encodeToString(fresh));
        String kept = state.get(entry).orElseThrow();
        return new Seal(Base64.getDecoder().decode(kept));
    }

    String close(String text) {
        return text + SEPARATOR + signature(text);
    }

    /** @return the text as it was before it was sealed; empty if it has not been, or has been changed since */
    Optional<String> open(String sealed) {
        int end = sealed.lastIndexOf(SEPARATOR);
        if (end < 0) {
            return Optional.empty();
        }
        String text = sealed.substring(0, end);
        byte[] claimed = sealed.substring(end + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(signature(text).getBytes(StandardCharsets.UTF_8), claimed)
                ? Optional.of(text)
                : Optional.empty();
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
