package dev.foldlog.expressions;

/** How many characters values take as JSON text, about: escapes are not counted, numbers are as long as they can be. */
final class JsonSize {
    static final int BRACKETS = 2;
    static final int SEPARATOR = 1;
    private static final int SCALAR = 8;

    private JsonSize() {}

    static long ofText(String text) {
        return text.length() + 2L;
    }

    /** Of a value that a JSON text was read as. */
    static long ofRead(Object value) {
        return switch (value) {
            case String text -> ofText(text);
            case Sized sized -> sized.jsonChars();
            default -> SCALAR;
        };
    }
}
