package dev.foldlog.expressions;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import dev.foldlog.core.event.CodePointOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes values of CEL as canonical JSON: keys sorted by code point at every level, no white space, only what must
 * be escaped is, integers as their digits, and each double as the shortest digits that mean it, with a point or an
 * exponent, so that it is read as a double again. One value has one text.
 */
final class JsonWriting {
    /** Doubles from here on, and below its inverse, have an exponent. */
    private static final double PLAIN_MAX = 1e15;

    private static final double PLAIN_MIN = 1e-6;

    private final StringBuilder text = new StringBuilder();
    private final int charsMax;

    private JsonWriting(int charsMax) {
        this.charsMax = charsMax;
    }

    /**
     * The text of an object.
     *
     * @throws BudgetExhausted when it would be longer
     * @throws IllegalArgumentException when something in it is no JSON
     */
    static String object(Map<?, ?> object, int charsMax) {
        JsonWriting writing = new JsonWriting(charsMax);
        writing.map(object, 1);
        return writing.text.toString();
    }

    private void map(Map<?, ?> object, int level) {
        requireLevel(level);
        TreeMap<String, Object> sorted = new TreeMap<>(CodePointOrder.INSTANCE);
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException("a key is no text (expected: texts, use string())");
            }
            sorted.put(key, entry.getValue());
        }
        char separator = '{';
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            put(separator);
            separator = ',';
            text(entry.getKey());
            put(':');
            value(entry.getValue(), level);
        }
        if (separator == '{') {
            put('{');
        }
        put('}');
    }

    private void array(List<?> array, int level) {
        requireLevel(level);
        put('[');
        boolean isFirst = true;
        for (Object element : array) {
            if (!isFirst) {
                put(',');
            }
            isFirst = false;
            value(element, level);
        }
        put(']');
    }

    private void value(Object value, int level) {
        switch (value) {
            case String it -> text(it);
            case Boolean it -> put(it.toString());
            case Long it -> put(it.toString());
            case Double it -> put(number(it));
            case UnsignedLong it -> put(it.toString());
            case LongInteger it -> put(it.digits());
            case NullValue _ -> put("null");
            case Instant it -> text(it.toString());
            case Map<?, ?> it -> map(it, level + 1);
            case List<?> it -> array(it, level + 1);
            default ->
                throw new IllegalArgumentException(
                        "a value is no JSON (expected: texts, numbers, truths, null, times, lists and maps)");
        }
    }

    private static String number(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("a number is " + number + " (expected: a finite one)");
        }
        if (number == 0) {
            return "0.0";
        }
        double size = Math.abs(number);
        BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (size >= PLAIN_MIN && size < PLAIN_MAX) {
            return digits.scale() <= 0 ? digits.toPlainString() + ".0" : digits.toPlainString();
        }
        String unscaled = digits.unscaledValue().abs().toString();
        int exponent = unscaled.length() - 1 - digits.scale();
        String fraction = unscaled.length() == 1 ? "" : '.' + unscaled.substring(1);
        return (number < 0 ? "-" : "") + unscaled.charAt(0) + fraction + 'e' + exponent;
    }

    private void text(String value) {
        put('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> put("\\\"");
                case '\\' -> put("\\\\");
                case '\b' -> put("\\b");
                case '\f' -> put("\\f");
                case '\n' -> put("\\n");
                case '\r' -> put("\\r");
                case '\t' -> put("\\t");
                default -> {
                    if (c < 0x20 || isHalf(value, i)) {
                        put("\\u" + Integer.toHexString(0x10000 | c).substring(1));
                    } else {
                        put(c);
                    }
                }
            }
        }
        put('"');
    }

    /** Whether this is half a surrogate pair without the other half, which no UTF-8 can say. */
    private static boolean isHalf(String value, int index) {
        char c = value.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
    }

    private static void requireLevel(int level) {
        if (level > JsonReading.LEVELS_MAX) {
            throw new IllegalArgumentException(
                    "more levels of lists and maps than a payload may have (expected: at most " + JsonReading.LEVELS_MAX
                            + ')');
        }
    }

    private void put(char c) {
        requireRoom(1);
        text.append(c);
    }

    private void put(String token) {
        requireRoom(token.length());
        text.append(token);
    }

    private void requireRoom(int chars) {
        if (text.length() + chars > charsMax) {
            throw new BudgetExhausted("the result is longer than " + charsMax + " characters");
        }
    }
}
