package dev.foldlog.projections;

import dev.foldlog.core.event.CodePointOrder;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * Brings the JSON text of a state into its one form: keys sorted by code point, no white space, integers as they
 * are, other numbers in the shortest form of their double. Confined to one thread.
 */
final class CanonicalState {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int LEVELS_MAX = 100;

    private final JsonParser parser;

    private CanonicalState(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The one form of an object.
     *
     * @throws IllegalArgumentException when the text is no JSON object, or holds what has no one form
     */
    static String of(String json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("state: no JSON object (expected: one)");
            }
            String form = new CanonicalState(parser).object(1);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("state: more than one JSON value (expected: one)");
            }
            return form;
        } catch (StreamReadException e) {
            throw new IllegalArgumentException("state: " + e.getOriginalMessage() + " (expected: JSON)", e);
        }
    }

    private String object(int level) {
        requireLevel(level);
        Map<String, String> fields = new TreeMap<>(CodePointOrder.INSTANCE);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            fields.put(key, value(level));
        }
        StringBuilder text = new StringBuilder("{");
        fields.forEach((key, value) -> {
            text.append(text.length() == 1 ? "" : ",");
            quote(key, text);
            text.append(':').append(value);
        });
        return text.append('}').toString();
    }

    private String array(int level) {
        requireLevel(level);
        StringBuilder text = new StringBuilder("[");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            text.append(text.length() == 1 ? "" : ",").append(value(level));
        }
        return text.append(']').toString();
    }

    private String value(int level) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(level + 1);
            case START_ARRAY -> array(level + 1);
            case VALUE_STRING -> {
                StringBuilder text = new StringBuilder();
                quote(parser.getString(), text);
                yield text.toString();
            }
            case VALUE_NUMBER_INT -> integer(parser.getString());
            case VALUE_NUMBER_FLOAT -> number(Double.parseDouble(parser.getString()));
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalArgumentException("state: no value (expected: JSON)");
        };
    }

    private static String integer(String digits) {
        return digits.equals("-0") ? "0" : digits;
    }

    private static String number(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("state: " + number + " (expected: numbers that fit a double)");
        }
        String text = new BigDecimal(Double.toString(number)).toString();
        return text.contains(".") || text.contains("E") ? text : text + ".0";
    }

    private static void quote(String value, StringBuilder text) {
        requireWhole(value);
        text.append('"')
                .append(JsonStringEncoder.getInstance().quoteAsCharArray(value))
                .append('"');
    }

    /** UTF-8 has no half of a surrogate pair: what is read back would not be what was kept. */
    private static void requireWhole(String value) {
        boolean isHalved =
                value.codePoints().anyMatch(it -> it >= Character.MIN_SURROGATE && it <= Character.MAX_SURROGATE);
        if (isHalved) {
            throw new IllegalArgumentException("state: half a surrogate pair (expected: whole characters)");
        }
    }

    private static void requireLevel(int level) {
        if (level > LEVELS_MAX) {
            throw new IllegalArgumentException("state: deeper than " + LEVELS_MAX + " levels (expected: at most)");
        }
    }
}
