package dev.foldlog.expressions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the value of a source must be, where the compiler could not tell. */
final class Values {
    private Values() {}

    static boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw wrong("bool");
    }

    /** A text, or the texts of a list, none twice. */
    static List<String> texts(Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (!(value instanceof List<?> list)) {
            throw wrong("string or list of strings");
        }
        Budget budget = Budget.current();
        budget.requireElements(list.size());
        budget.goThroughElements(list.size());
        Set<String> texts = new LinkedHashSet<>();
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw wrong("string or list of strings");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    static Map<?, ?> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong("map");
    }

    private static IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("the value is of another type (expected: " + expected + ')');
    }
}
