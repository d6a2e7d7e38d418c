package dev.foldlog.client.scenarios;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.foldlog.client.error.FoldlogException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an exception offers, under the names of the scenarios. */
final class ErrorFacts {
    private static final String CLASS_END = "Exception";
    private static final String RETRY_DELAY = "retry_delay_millis";

    private ErrorFacts() {}

    /** Its type, code and message, and those typed facts that are asked for. */
    static JsonObject of(FoldlogException failure, JsonObject wanted) {
        JsonObject facts = new JsonObject();
        facts.addProperty("type", type(failure));
        facts.addProperty("reason", failure.reasonName());
        facts.addProperty("code", failure.statusCode().name());
        facts.addProperty("message", failure.getMessage());
        facts.addProperty("transient", failure.isTransient());
        facts.addProperty("without_effect", failure.isWithoutEffect());
        JsonObject typed = new JsonObject();
        if (wanted.has("typed")) {
            for (String name : wanted.getAsJsonObject("typed").keySet()) {
                typed.add(name, name.equals(RETRY_DELAY) ? retryDelay(failure) : fact(failure, name));
            }
        }
        facts.add("typed", typed);
        return facts;
    }

    private static String type(FoldlogException failure) {
        String name = failure.getClass().getSimpleName();
        String stem = name.substring(0, name.length() - CLASS_END.length());
        return stem.equals("InternalError") ? "Internal" : stem;
    }

    private static JsonElement retryDelay(FoldlogException failure) {
        Optional<Duration> delay = failure.retryDelay();
        return delay.<JsonElement>map(it -> new JsonPrimitive(it.toMillis())).orElse(JsonNull.INSTANCE);
    }

    private static JsonElement fact(Object owner, String name) {
        try {
            return json(owner.getClass().getMethod(camelCase(name)).invoke(owner));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(owner.getClass() + " offers no " + name, e);
        }
    }

    private static JsonElement json(Object value) {
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(it -> array.add(json(it)));
            return array;
        }
        if (value instanceof Record entry) {
            JsonObject object = new JsonObject();
            for (RecordComponent component : entry.getClass().getRecordComponents()) {
                object.add(snakeCase(component.getName()), fact(entry, snakeCase(component.getName())));
            }
            return object;
        }
        return new JsonPrimitive(String.valueOf(value));
    }

    private static String camelCase(String name) {
        return Pattern.compile("_(.)")
                .matcher(name)
                .replaceAll(it -> it.group(1).toUpperCase(Locale.ROOT));
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
