package dev.foldlog.expressions;

/** Whether a text contains another, at a cost linear in both: the JDK's search is linear for short ones only. */
final class TextSearch {
    /** Up to here the JDK's search looks at each character so often at most. */
    private static final int SHORT_MAX = 16;

    private TextSearch() {}

    static boolean contains(String text, String part) {
        if (part.length() > text.length()) {
            return false;
        }
        return part.length() <= SHORT_MAX ? text.contains(part) : containsLong(text, part);
    }

    /** The search of Knuth, Morris and Pratt. */
    private static boolean containsLong(String text, String part) {
        int[] borders = borders(part);
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
                matched = borders[matched - 1];
            }
            if (text.charAt(i) == part.charAt(matched) && ++matched == part.length()) {
                return true;
            }
        }
        return false;
    }

    /** For each prefix the length of its longest proper prefix that is also its end. */
    private static int[] borders(String part) {
        int[] borders = new int[part.length()];
        int border = 0;
        for (int i = 1; i < part.length(); i++) {
            while (border > 0 && part.charAt(i) != part.charAt(border)) {
                border = borders[border - 1];
            }
            if (part.charAt(i) == part.charAt(border)) {
                border++;
            }
            borders[i] = border;
        }
        return borders;
    }
}
