package dev.foldlog.expressions;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.ConcatenatedListView;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.CelStandardOverload;
import dev.cel.runtime.standard.ContainsFunction.ContainsOverload;
import dev.cel.runtime.standard.EqualsOperator.EqualsOverload;
import dev.cel.runtime.standard.InOperator.InOverload;
import dev.cel.runtime.standard.IndexOperator.IndexOverload;
import dev.cel.runtime.standard.MatchesFunction.MatchesOverload;
import dev.cel.runtime.standard.NotEqualsOperator.NotEqualsOverload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What expressions can call: CEL's standard functions, those among them that can go through much or make something large
 * replaced by ones that ask the budget before, and two of our own, {@code merge} and {@code omit}. Nothing of CEL's
 * extensions, and nothing that depends on the machine's data about time zones.
 */
final class Functions {
    private static final Set<CelStandardOverload> REPLACED = Set.of(
            AddOverload.ADD_STRING,
            AddOverload.ADD_BYTES,
            AddOverload.ADD_LIST,
            ContainsOverload.CONTAINS_STRING,
            EqualsOverload.EQUALS,
            NotEqualsOverload.NOT_EQUALS,
            InOverload.IN_LIST,
            InOverload.IN_MAP,
            IndexOverload.INDEX_MAP,
            MatchesOverload.MATCHES,
            MatchesOverload.MATCHES_STRING);

    private Functions() {}

    /** The standard functions that are left as they are. */
    static CelStandardFunctions standard() {
        return CelStandardFunctions.newBuilder()
                .filterFunctions((function, overload) -> !REPLACED.contains(overload))
                .build();
    }

    /** Whether CEL's standard declaration of this overload holds here. */
    static boolean isDeclared(String overloadId) {
        return !overloadId.endsWith("_with_tz");
    }

    static List<CelFunctionDecl> declarations() {
        return List.of(
                CelFunctionDecl.newFunctionDeclaration(
                        "merge",
                        CelOverloadDecl.newGlobalOverload(
                                "merge_maps", EventFields.ANY_OBJECT, EventFields.ANY_OBJECT, EventFields.ANY_OBJECT)),
                CelFunctionDecl.newFunctionDeclaration(
                        "omit",
                        CelOverloadDecl.newGlobalOverload(
                                "omit_keys",
                                EventFields.ANY_OBJECT,
                                EventFields.ANY_OBJECT,
                                ListType.create(SimpleType.STRING))));
    }

    @SuppressWarnings("Immutable") // the patterns are thread-safe, and change no answer
    static List<CelFunctionBinding> bindings(Patterns patterns) {
        return ImmutableList.of(
                CelFunctionBinding.from("add_string", String.class, String.class, Functions::add),
                CelFunctionBinding.from("add_bytes", CelByteString.class, CelByteString.class, Functions::add),
                CelFunctionBinding.from("add_list", List.class, List.class, (a, b) -> add((List<?>) a, (List<?>) b)),
                CelFunctionBinding.from("contains_string", String.class, String.class, TextSearch::contains),
                CelFunctionBinding.from("equals", Object.class, Object.class, ValueEquality::areEqual),
                CelFunctionBinding.from(
                        "not_equals", Object.class, Object.class, (a, b) -> !ValueEquality.areEqual(a, b)),
                CelFunctionBinding.from(
                        "in_list", Object.class, List.class, (it, list) -> ValueEquality.isIn(it, (List<?>) list)),
                CelFunctionBinding.from(
                        "in_map",
                        Object.class,
                        Map.class,
                        (key, map) -> ValueEquality.find((Map<?, ?>) map, key) != null),
                CelFunctionBinding.from(
                        "index_map", Map.class, Object.class, (map, key) -> under((Map<?, ?>) map, key)),
                CelFunctionBinding.from("matches", String.class, String.class, patterns::find),
                CelFunctionBinding.from("matches_string", String.class, String.class, patterns::find),
                CelFunctionBinding.from(
                        "merge_maps", Map.class, Map.class, (a, b) -> merge((Map<?, ?>) a, (Map<?, ?>) b)),
                CelFunctionBinding.from(
                        "omit_keys", Map.class, List.class, (map, keys) -> omit((Map<?, ?>) map, (List<?>) keys)));
    }

    private static String add(String a, String b) {
        Budget.current().requireText((long) a.length() + b.length());
        return a + b;
    }

    private static CelByteString add(CelByteString a, CelByteString b) {
        Budget.current().requireText((long) a.size() + b.size());
        return a.concat(b);
    }

    /** A new list; but what a macro collects grows where it is, which CEL promises to nobody else. */
    @SuppressWarnings("unchecked") // lists of CEL hold anything
    private static List<?> add(List<?> a, List<?> b) {
        Budget budget = Budget.current();
        budget.requireElements((long) a.size() + b.size());
        if (a instanceof ConcatenatedListView<?> collected) {
            budget.grew(collected, b);
            ((ConcatenatedListView<Object>) collected).addAll(b);
            return collected;
        }
        budget.goThroughElements((long) a.size() + b.size());
        List<Object> both = new ArrayList<>(a.size() + b.size());
        both.addAll(a);
        both.addAll(b);
        return both;
    }

    private static Object under(Map<?, ?> map, Object key) {
        Object value = ValueEquality.find(map, key);
        if (value == null) {
            throw CelAttributeNotFoundException.forMissingMapKey(key instanceof String text ? text : "of another type");
        }
        return value;
    }

    /** The entries of both; where both have a key, the value of the second. */
    private static Map<?, ?> merge(Map<?, ?> a, Map<?, ?> b) {
        Budget budget = Budget.current();
        budget.requireElements(Math.max(a.size(), b.size()));
        budget.goThroughElements((long) a.size() + b.size());
        Map<Object, Object> merged = new LinkedHashMap<>(a);
        merged.putAll(b);
        budget.requireElements(merged.size());
        return merged;
    }

    /** The entries of a map but for some keys. */
    private static Map<?, ?> omit(Map<?, ?> map, List<?> keys) {
        Budget budget = Budget.current();
        budget.requireElements(map.size());
        budget.goThroughElements((long) map.size() + keys.size());
        Map<Object, Object> left = new LinkedHashMap<>(map);
        for (Object key : keys) {
            if (!(key instanceof String)) {
                throw CelAttributeNotFoundException.of("omit: a key is no text");
            }
            left.remove(key);
        }
        return left;
    }
}
