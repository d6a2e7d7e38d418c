package dev.foldlog.client.scenarios;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON as the scenarios have it. */
final class Json {
    private static final Set<String> DEFAULTS = Set.of("", "0", "false");

    private Json() {}

    static JsonObject object(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static JsonObject parse(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    /** A message from its JSON mapping. */
    @SuppressWarnings("unchecked") // a builder makes what it is the builder of
    static <M extends Message> M message(JsonElement json, M like) {
        Message.Builder builder = like.newBuilderForType();
        try {
            JsonFormat.parser().merge(json.toString(), builder);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(json.toString(), e);
        }
        return (M) builder.build();
    }

    /** The JSON mapping of a message, under the names of the protos. */
    static JsonObject of(MessageOrBuilder message) {
        try {
            return parse(JsonFormat.printer().preservingProtoFieldNames().print(message));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    static JsonObject of(String key, JsonElement value) {
        JsonObject object = new JsonObject();
        object.add(key, value);
        return object;
    }

    /** What is wrong with an answer, as a text; null: it matches. */
    static @Nullable String mismatch(String path, JsonElement wanted, @Nullable JsonElement actual) {
        if (wanted.isJsonNull()) {
            return isAbsent(actual) ? null : path + ": " + actual + " (expected: nothing)";
        }
        if (wanted.equals(new JsonPrimitive("*"))) {
            return isAbsent(actual) ? path + ": nothing (expected: something)" : null;
        }
        if (wanted.isJsonObject() && actual != null && actual.isJsonObject()) {
            for (Map.Entry<String, JsonElement> field : wanted.getAsJsonObject().entrySet()) {
                String wrong = mismatch(
                        path + '.' + field.getKey(),
                        field.getValue(),
                        actual.getAsJsonObject().get(field.getKey()));
                if (wrong != null) {
                    return wrong;
                }
            }
            return null;
        }
        if (wanted.isJsonArray() && actual != null && actual.isJsonArray()) {
            return mismatchOfLists(path, wanted, actual);
        }
        if (actual != null && isNumber(wanted) && isNumber(actual)) {
            // Gson itself compares numbers that it has read as doubles.
            return wanted.getAsBigDecimal().compareTo(actual.getAsBigDecimal()) == 0
                    ? null
                    : path + ": " + actual + " (expected: " + wanted + ')';
        }
        return wanted.equals(actual) ? null : path + ": " + actual + " (expected: " + wanted + ')';
    }

    private static @Nullable String mismatchOfLists(String path, JsonElement wanted, JsonElement actual) {
        int size = wanted.getAsJsonArray().size();
        if (size != actual.getAsJsonArray().size()) {
            return path + ": " + actual + " (expected: " + size + " elements)";
        }
        for (int i = 0; i < size; i++) {
            String wrong = mismatch(
                    path + '[' + i + ']',
                    wanted.getAsJsonArray().get(i),
                    actual.getAsJsonArray().get(i));
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static boolean isNumber(@Nullable JsonElement json) {
        return json != null
                && json.isJsonPrimitive()
                && json.getAsJsonPrimitive().isNumber();
    }

    private static boolean isAbsent(@Nullable JsonElement actual) {
        if (actual == null || actual.isJsonNull()) {
            return true;
        }
        if (actual.isJsonArray()) {
            return actual.getAsJsonArray().isEmpty();
        }
        return actual.isJsonPrimitive() && DEFAULTS.contains(actual.getAsString());
    }
}
