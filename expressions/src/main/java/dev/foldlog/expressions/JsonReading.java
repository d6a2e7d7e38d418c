package dev.foldlog.expressions;

import dev.cel.common.values.NullValue;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON text as values of CEL. Integers are exact: a Long where they fit, else a {@link LongInteger}; numbers
 * with a point or an exponent are Doubles.
 */
final class JsonReading {
    /** Levels of objects and arrays; the text's own object is the first. */
    static final int LEVELS_MAX = 100;

    private static final int LONG_DIGITS = 18;

    // Names are not kept between texts: a table shared by all callers would be theirs to fill.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(LEVELS_MAX)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;

    private JsonReading(JsonParser parser) {
        this.parser = parser;
    }

    static JsonObject object(byte[] utf8) {
        return object(new String(utf8, StandardCharsets.UTF_8));
    }

    /**
     * The object that the text is.
     *
     * @throws IllegalArgumentException when it is none
     */
    static JsonObject object(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("json: no object (expected: an object)");
            }
            JsonObject object = new JsonReading(parser).object();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("json: text after the object (expected: one object)");
            }
            return object;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("json: malformed (expected: an object)", e);
        }
    }

    private JsonObject object() {
        JsonObject object = new JsonObject();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            object.add(key, value(parser.nextToken()));
        }
        return object;
    }

    private JsonArray array() {
        JsonArray array = new JsonArray();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.append(value(token));
        }
        return array;
    }

    private Object value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser.getString());
            case VALUE_NUMBER_FLOAT -> Double.parseDouble(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NullValue.NULL_VALUE;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value of JSON: " + token);
        };
    }

    private static Object integer(String digits) {
        if (digits.length() > LONG_DIGITS + 2) {
            return new LongInteger(digits);
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return new LongInteger(digits);
        }
    }
}
