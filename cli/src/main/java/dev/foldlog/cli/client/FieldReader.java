package dev.foldlog.cli.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;

/** Walks over the fields of one JSON object and reads each value as what it must be. */
final class FieldReader {
    private final JsonParser parser;
    private final char[] chars;

    /** {@code parser} stands at the object's start and reads from {@code chars}. */
    FieldReader(JsonParser parser, char[] chars) {
        this.parser = parser;
        this.chars = chars;
    }

    /** Steps to the next field's value; null at the object's end. */
    @Nullable
    String nextName() {
        String name = parser.nextName();
        if (name != null) {
            parser.nextToken();
        }
        return name;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    void skip() {
        parser.skipChildren();
    }

    String text(String name) throws EventSyntaxException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(name, "a text");
        }
        return valid(name, parser.getString());
    }

    /** JSON can say half of a character, which nothing else could carry on. */
    private static String valid(String name, String text) throws EventSyntaxException {
        for (int i = 0; i < text.length(); i++) {
            int point = text.codePointAt(i);
            if (Character.isSupplementaryCodePoint(point)) {
                i++;
            } else if (Character.isSurrogate((char) point)) {
                throw new EventSyntaxException(name + ": half of a surrogate pair (expected: valid Unicode)");
            }
        }
        return text;
    }

    int int32(String name) throws EventSyntaxException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrong(name, "a whole number");
        }
        try {
            return parser.getIntValue();
        } catch (InputCoercionException e) {
            throw wrong(name, "a whole number up to " + Integer.MAX_VALUE);
        }
    }

    Timestamp timestamp(String name) throws EventSyntaxException {
        String text = text(name);
        try {
            Instant time = Instant.parse(text);
            return Timestamp.newBuilder()
                    .setSeconds(time.getEpochSecond())
                    .setNanos(time.getNano())
                    .build();
        } catch (DateTimeException e) {
            throw new EventSyntaxException(name + ": " + text + " (expected: RFC 3339, such as 2026-01-31T12:00:00Z)");
        }
    }

    ByteString base64(String name) throws EventSyntaxException {
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(text(name)));
        } catch (IllegalArgumentException e) {
            throw new EventSyntaxException(name + ": no valid base64");
        }
    }

    List<String> texts(String name) throws EventSyntaxException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(name, "an array of texts");
        }
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text(name + '[' + texts.size() + ']'));
        }
        return texts;
    }

    Map<String, String> textsByName(String name) throws EventSyntaxException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(name, "an object of texts");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key = nextName(); key != null; key = nextName()) {
            texts.put(valid(name, key), text(name + '.' + key));
        }
        return texts;
    }

    /** The text of an object exactly as it is written. */
    String objectText(String name) throws EventSyntaxException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(name, "an object; payload_data is for opaque bytes");
        }
        int start = offset();
        parser.skipChildren();
        return new String(chars, start, offset() + 1 - start);
    }

    private int offset() {
        return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    }

    private EventSyntaxException wrong(String name, String expected) {
        String found = switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + abbreviated(parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> parser.getString();
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT -> "something else";
        };
        return new EventSyntaxException(name + ": " + found + " (expected: " + expected + ')');
    }

    private static String abbreviated(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
