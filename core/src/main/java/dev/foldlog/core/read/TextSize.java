package dev.foldlog.core.read;

/** How much memory a text takes, about, in what waits or is kept: what bounds it by bytes counts so. */
public final class TextSize {
    /** The objects around the characters, and a place in a set. */
    private static final int OBJECT_BYTES = 64;

    private TextSize() {}

    public static long bytes(String text) {
        return OBJECT_BYTES + (long) text.length();
    }
}
