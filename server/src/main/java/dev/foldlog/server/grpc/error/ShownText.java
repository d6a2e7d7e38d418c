package dev.foldlog.server.grpc.error;

/** Text of a caller as an answer may show it: short, on one line, without control characters. */
public final class ShownText {
    private static final String CUT = "…";

    private ShownText() {}

    /** The text in double quotes, cut after so many characters. */
    public static String quoted(String text, int charsMax) {
        return '"' + cut(text, charsMax) + '"';
    }

    /** As {@link #truncated}, with '?' for each character that cannot be shown. */
    public static String cut(String text, int charsMax) {
        StringBuilder shown = new StringBuilder();
        truncated(text, charsMax)
                .codePoints()
                .forEach(codePoint -> shown.appendCodePoint(isShown(codePoint) ? codePoint : '?'));
        return shown.toString();
    }

    /** At most so many characters of the text as it is, with a mark where something was cut off. */
    public static String truncated(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        int end = charsMax > 0 && Character.isHighSurrogate(text.charAt(charsMax - 1)) ? charsMax - 1 : charsMax;
        return text.substring(0, end) + CUT;
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
