package dev.foldlog.expressions;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** An array of a JSON text. Says little as text, as {@link JsonObject}. Not to be changed once it is read. */
final class JsonArray extends AbstractList<Object> implements Sized {
    private final List<Object> elements = new ArrayList<>();
    private long jsonChars = JsonSize.BRACKETS;

    void append(Object value) {
        elements.add(value);
        jsonChars += JsonSize.SEPARATOR + JsonSize.ofRead(value);
    }

    @Override
    public long jsonChars() {
        return jsonChars;
    }

    @Override
    public Object get(int index) {
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public String toString() {
        return "a list of " + elements.size() + " elements";
    }
}
