package dev.foldlog.expressions;

import com.google.common.primitives.UnsignedLong;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CEL's equality: numbers by their values whatever their types, lists and maps element by element, anything else only
 * with its own type; what cannot be equal is different, never an error. Pays for each element that it looks at.
 */
final class ValueEquality {
    private ValueEquality() {}

    static boolean areEqual(Object a, Object b) {
        return areEqual(a, b, Budget.current());
    }

    static boolean isIn(Object value, List<?> list) {
        Budget budget = Budget.current();
        for (Object element : list) {
            if (areEqual(value, element, budget)) {
                return true;
            }
        }
        return false;
    }

    /** The value under a key, which has to be a scalar: hashing anything else could take for ever. */
    static @Nullable Object find(Map<?, ?> map, Object key) {
        return switch (key) {
            case String _, Boolean _ -> map.get(key);
            case Long _, Double _, UnsignedLong _ -> findNumber(map, (Number) key);
            default -> null;
        };
    }

    private static @Nullable Object findNumber(Map<?, ?> map, Number key) {
        Object exact = map.get(key);
        if (exact != null || map instanceof Sized) {
            return exact;
        }
        Budget budget = Budget.current();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() instanceof Number && areEqual(key, entry.getKey(), budget)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static boolean areEqual(Object a, Object b, Budget budget) {
        budget.goThroughElements(1);
        return switch (a) {
            case String text -> {
                budget.goThroughCharacters(text.length());
                yield text.equals(b);
            }
            case Number number -> b instanceof Number other && areEqualNumbers(number, other);
            case List<?> list -> b instanceof List<?> other && areEqualLists(list, other, budget);
            case Map<?, ?> map -> b instanceof Map<?, ?> other && areEqualMaps(map, other, budget);
            default -> a.equals(b);
        };
    }

    private static boolean areEqualNumbers(Number a, Number b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x.doubleValue() == y.doubleValue();
        }
        if (a instanceof Long x && b instanceof Long y) {
            return x.longValue() == y.longValue();
        }
        if (isNotFinite(a) || isNotFinite(b)) {
            return false;
        }
        return exact(a).compareTo(exact(b)) == 0;
    }

    private static boolean isNotFinite(Number number) {
        return number instanceof Double it && !Double.isFinite(it);
    }

    private static BigDecimal exact(Number number) {
        return switch (number) {
            case Double it -> new BigDecimal(it);
            case UnsignedLong it -> new BigDecimal(it.bigIntegerValue());
            default -> BigDecimal.valueOf(number.longValue());
        };
    }

    private static boolean areEqualLists(List<?> a, List<?> b, Budget budget) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> others = b.iterator();
        for (Object element : a) {
            if (!areEqual(element, others.next(), budget)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areEqualMaps(Map<?, ?> a, Map<?, ?> b, Budget budget) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Object other = find(b, entry.getKey());
            if (other == null || !areEqual(entry.getValue(), other, budget)) {
                return false;
            }
        }
        return true;
    }
}
