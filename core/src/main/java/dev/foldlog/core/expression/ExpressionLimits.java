package dev.foldlog.core.expression;

/**
 * What a source and an evaluation may take.
 *
 * @param sourceCharsMax code points of a source
 * @param stepsMax steps of an evaluation: every node of the expression that is evaluated, each time
 * @param textCharsMax characters (UTF-16) of a text, and bytes of bytes, that an evaluation makes
 * @param elementsMax elements of a list, and entries of a map, that an evaluation makes
 */
public record ExpressionLimits(int sourceCharsMax, int stepsMax, int textCharsMax, int elementsMax) {
    public ExpressionLimits {
        requirePositive(sourceCharsMax, "sourceCharsMax");
        requirePositive(stepsMax, "stepsMax");
        requirePositive(textCharsMax, "textCharsMax");
        requirePositive(elementsMax, "elementsMax");
    }

    /** The limits of a server that was told nothing. */
    public static ExpressionLimits standard() {
        return new ExpressionLimits(8_192, 5_000, 1 << 20, 10_000);
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
