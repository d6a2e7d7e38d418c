package dev.foldlog.server.grpc.codec;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads stored JSON text as a Struct, as far as one can hold it: not over 1 MiB encoded, not so deep that
 * a client's parser would refuse it (protobuf allows 100 messages inside each other, and a level takes up
 * to three), and no number beyond a double.
 */
final class StructReading {
    static final int BYTES_MAX = 1 << 20;
    static final int LEVELS_MAX = 30;

    // Each value takes a tag, a length and at least a tag and a byte.
    private static final int VALUE_BYTES_MIN = 4;

    private final JsonParser parser;
    private long bytesMin;

    private StructReading(JsonParser parser) {
        this.parser = parser;
    }

    /** The Struct; null when the text must stay text. */
    static @Nullable Struct read(byte[] json) {
        try (JsonParser parser = JsonText.parser(new String(json, StandardCharsets.UTF_8))) {
            parser.nextToken();
            Struct struct = new StructReading(parser).object(1);
            return struct == null || struct.getSerializedSize() > BYTES_MAX ? null : struct;
        }
    }

    private @Nullable Struct object(int level) {
        if (level > LEVELS_MAX) {
            return null;
        }
        Struct.Builder object = Struct.newBuilder();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            Value value = value(level);
            if (value == null || isOver(key.length())) {
                return null;
            }
            object.putFields(key, value);
        }
        return object.build();
    }

    private @Nullable ListValue array(int level) {
        if (level > LEVELS_MAX) {
            return null;
        }
        ListValue.Builder array = ListValue.newBuilder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Value value = value(level);
            if (value == null || isOver(0)) {
                return null;
            }
            array.addValues(value);
        }
        return array.build();
    }

    private @Nullable Value value(int level) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Struct object = object(level + 1);
                yield object == null
                        ? null
                        : Value.newBuilder().setStructValue(object).build();
            }
            case START_ARRAY -> {
                ListValue array = array(level + 1);
                yield array == null
                        ? null
                        : Value.newBuilder().setListValue(array).build();
            }
            case VALUE_STRING -> text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(Double.parseDouble(parser.getString()));
            case VALUE_TRUE -> Value.newBuilder().setBoolValue(true).build();
            case VALUE_FALSE -> Value.newBuilder().setBoolValue(false).build();
            case VALUE_NULL ->
                Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("stored JSON is sound");
        };
    }

    private @Nullable Value text(String text) {
        return isOver(text.length())
                ? null
                : Value.newBuilder().setStringValue(text).build();
    }

    private static @Nullable Value number(double number) {
        return Double.isFinite(number)
                ? Value.newBuilder().setNumberValue(number).build()
                : null;
    }

    /** Counts a value or its key; true when the encoded form is over its limit already. */
    private boolean isOver(int chars) {
        bytesMin += VALUE_BYTES_MIN + chars;
        return bytesMin > BYTES_MAX;
    }
}
