package dev.mortise.plugin.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of the Standard Webhooks specification, version 1: the header {@code webhook-signature} holds {@code v1,} and
 * the HMAC-SHA256 of id, time and body. Safe for use by several threads.
 */
public final class HookSignature {

    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    /** How far the sender's clock may be off, which is also for how long a message could be sent again by a listener. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final SecretKeySpec key;

    private HookSignature(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * Signatures with a shared secret.
     *
     * @param secret {@code whsec_} and Base64, as the specification has it, or any other text, which is then the key
     * @throws IllegalArgumentException if it is too short, without showing it
     */
    public static HookSignature with(String secret) {
        byte[] bytes;
        try {
            bytes = secret.startsWith(PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                    : secret.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what follows whsec_ is no Base64");
        }
        if (bytes.length < 16) {
            throw new IllegalArgumentException("a secret has at least 16 bytes");
        }
        return new HookSignature(new SecretKeySpec(bytes, ALGORITHM));
    }

    /** The value of the header {@code webhook-signature}. */
    public String sign(String id, Instant at, byte[] body) {
        return "v1," + Base64.getEncoder().encodeToString(mac(id, Long.toString(at.getEpochSecond()), body));
    }

    /**
     * Whether a message is from somebody who knows the secret, and was sent about now.
     *
     * @param timestamp the header, in seconds since the epoch
     * @param signatures the header; it may hold several, of which one must fit
     */
    public boolean isRight(String id, String timestamp, String signatures, byte[] body, Instant now) {
        if (!timestamp.matches("\\d{1,12}") || id.isEmpty()) {
            return false;
        }
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs();
        if (off.compareTo(TOLERANCE) > 0) {
            return false;
        }
        byte[] right = Base64.getEncoder().encode(mac(id, timestamp, body));
        boolean found = false;
        for (String signature : signatures.split(" ", 10)) {
            if (signature.startsWith("v1,")) {
                found |= MessageDigest.isEqual(right, signature.substring(3).getBytes(StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private byte[] mac(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
