package dev.foldlog.server.grpc.validation;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The page tokens of one listing: the key after which the next page starts, bound to the listing and its
 * parameters. Opaque to clients, not secret: a checksum tells tokens of other lists from this one's.
 */
public final class PageTokens {
    private static final int CHECKSUM_BYTES = 8;

    private final String listing;
    private final String parameters;

    /** Tokens of a listing with these parameters, such as its prefix. */
    public PageTokens(String listing, String parameters) {
        this.listing = requireNonNull(listing, "listing");
        this.parameters = requireNonNull(parameters, "parameters");
    }

    /** The token of the page after this key. */
    public String after(String lastKey) {
        byte[] key = lastKey.getBytes(StandardCharsets.UTF_8);
        byte[] token = Arrays.copyOf(checksum(key), CHECKSUM_BYTES + key.length);
        System.arraycopy(key, 0, token, CHECKSUM_BYTES, key.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The key of the token; empty, for the first page, without a token or with a violation. */
    public String lastKey(String token, FieldPath field, Violations violations) {
        if (token.isEmpty()) {
            return "";
        }
        byte[] bytes = decoded(token);
        if (bytes.length > CHECKSUM_BYTES) {
            byte[] key = Arrays.copyOfRange(bytes, CHECKSUM_BYTES, bytes.length);
            if (Arrays.equals(checksum(key), Arrays.copyOf(bytes, CHECKSUM_BYTES))) {
                return new String(key, StandardCharsets.UTF_8);
            }
        }
        violations.malformedText(field, token, "a next_page_token of the same list");
        return "";
    }

    private static byte[] decoded(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private byte[] checksum(byte[] key) {
        MessageDigest digest = sha256();
        digest.update(listing.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(parameters.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return Arrays.copyOf(digest.digest(key), CHECKSUM_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
