package dev.foldlog.server.grpc.codec;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.foldlog.core.event.CodePointOrder;
import dev.foldlog.server.grpc.codec.JsonVerdict.Malformed;
import dev.foldlog.server.grpc.codec.JsonVerdict.Sound;
import dev.foldlog.server.grpc.codec.JsonVerdict.TooDeep;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a Struct as the one JSON text that stands for its content: keys sorted by code point, no white
 * space, whole numbers below 10^21 without point or exponent, only what must be is escaped. Part of the
 * format on disk: a repeat is known by these bytes.
 */
public final class CanonicalJson {
    private static final int WHOLE_DIGITS_MAX = 21;

    private final StringBuilder text = new StringBuilder();
    /** Where the problem is, the innermost part first. */
    private final StringBuilder path = new StringBuilder();

    private String problem = "";
    private String expected = "";
    private boolean isTooDeep;

    private CanonicalJson() {}

    /** The text, or why there is none: a NaN, an infinity, a value that is not set, too many levels. */
    public static JsonVerdict write(Struct struct) {
        CanonicalJson writer = new CanonicalJson();
        if (writer.writeObject(struct.getFieldsMap(), 1)) {
            return new Sound(writer.text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return writer.isTooDeep
                ? new TooDeep(JsonVerdict.LEVELS_MAX + 1)
                : new Malformed(writer.path.toString(), writer.problem, writer.expected);
    }

    private boolean writeObject(Map<String, Value> fields, int level) {
        if (isTooDeep(level)) {
            return false;
        }
        Map<String, Value> sorted = new TreeMap<>(CodePointOrder.INSTANCE);
        sorted.putAll(fields);
        char separator = '{';
        for (Map.Entry<String, Value> field : sorted.entrySet()) {
            text.append(separator);
            separator = ',';
            if (!writeText(field.getKey()) || !writeValue(field.getValue(), level, ':')) {
                boolean isInner = path.length() > 0 && path.charAt(0) != '[';
                path.insert(0, isInner ? field.getKey() + '.' : field.getKey());
                return false;
            }
        }
        text.append(separator == '{' ? "{}" : "}");
        return true;
    }

    private boolean writeArray(List<Value> values, int level) {
        if (isTooDeep(level)) {
            return false;
        }
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (!writeValue(values.get(i), level, i == 0 ? ' ' : ',')) {
                boolean isInner = path.length() > 0 && path.charAt(0) != '[';
                path.insert(0, '[' + Integer.toString(i) + (isInner ? "]." : "]"));
                return false;
            }
        }
        text.append(']');
        return true;
    }

    private boolean isTooDeep(int level) {
        isTooDeep = level > JsonVerdict.LEVELS_MAX;
        return isTooDeep;
    }

    /** Writes the value after the separator; a blank stands for none. */
    private boolean writeValue(Value value, int level, char separator) {
        if (separator != ' ') {
            text.append(separator);
        }
        return switch (value.getKindCase()) {
            case NULL_VALUE -> written("null");
            case BOOL_VALUE -> written(Boolean.toString(value.getBoolValue()));
            case NUMBER_VALUE -> writeNumber(value.getNumberValue());
            case STRING_VALUE -> writeText(value.getStringValue());
            case STRUCT_VALUE -> writeObject(value.getStructValue().getFieldsMap(), level + 1);
            case LIST_VALUE -> writeArray(value.getListValue().getValuesList(), level + 1);
            case KIND_NOT_SET -> failed("no value", "null_value for null");
        };
    }

    private boolean writeNumber(double number) {
        if (!Double.isFinite(number)) {
            return failed(Double.toString(number), "a finite number");
        }
        BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        boolean isWhole = digits.scale() <= 0;
        boolean isPlain = isWhole && digits.precision() - digits.scale() <= WHOLE_DIGITS_MAX;
        // BigDecimal's own text has an exponent only for the very small and the very large.
        return written(
                isPlain
                        ? digits.toPlainString()
                        : digits.toString().replace("E+", "e").replace('E', 'e'));
    }

    private boolean writeText(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return failed("half a surrogate pair", "whole characters");
            }
            writeCharacter(c);
            i += Character.charCount(c);
        }
        text.append('"');
        return true;
    }

    private void writeCharacter(int c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (c < 0x20) {
                    text.append("\\u%04x".formatted(c));
                } else {
                    text.appendCodePoint(c);
                }
            }
        }
    }

    private boolean written(String token) {
        text.append(token);
        return true;
    }

    private boolean failed(String what, String instead) {
        problem = what;
        expected = instead;
        return false;
    }
}
