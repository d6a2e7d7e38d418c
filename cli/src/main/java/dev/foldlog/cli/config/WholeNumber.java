package dev.foldlog.cli.config;

/** Whole numbers as options have them. */
public final class WholeNumber {
    private WholeNumber() {}

    public static int int32(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " (expected: a whole number up to " + Integer.MAX_VALUE + ')', e);
        }
    }

    public static long int64(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " (expected: a whole number)", e);
        }
    }
}
