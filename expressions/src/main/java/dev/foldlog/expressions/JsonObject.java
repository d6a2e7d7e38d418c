package dev.foldlog.expressions;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON text, its keys in the text's order. Says little as text, since messages of CEL quote values
 * whole. Not to be changed once it is read.
 */
final class JsonObject extends AbstractMap<String, Object> implements Sized {
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private long jsonChars = JsonSize.BRACKETS;

    void add(String key, Object value) {
        fields.put(key, value);
        jsonChars += JsonSize.ofText(key) + JsonSize.SEPARATOR + JsonSize.ofRead(value);
    }

    @Override
    public long jsonChars() {
        return jsonChars;
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return fields.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return fields.containsKey(key);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return fields.entrySet();
    }

    @Override
    public String toString() {
        return "an object of " + fields.size() + " entries";
    }
}
