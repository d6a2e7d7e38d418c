package dev.foldlog.expressions;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import dev.foldlog.core.expression.ExpressionLimits;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may still take: CEL tells it of each node that it has evaluated, and functions ask it before
 * they go through much or make something large. Once it is spent, {@link BudgetExhausted} ends the evaluation.
 *
 * <p>A node is a step; going through 1,000 characters or 100 elements is one more. So a step is a bounded amount of
 * work, whatever the input. Sizes are bounded for what an evaluation makes; what it is given it may look at, whatever
 * its size, but not copy. Confined to one evaluation; functions find theirs by {@link #current}.
 */
@SuppressWarnings("ThreadSafe") // each evaluation has its own
final class Budget implements CelEvaluationListener {
    private static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

    /** Parts of a step. */
    private static final long NODE = 1_000;

    private static final long ELEMENT = 10;
    private static final long CHARACTER = 1;

    /** Characters of a made list or map that its mention counts as one. */
    private static final long MADE_CHARACTERS = 10;

    private final ExpressionLimits limits;
    private final long partsMax;
    private final IdentityHashMap<Object, Long> madeSizes = new IdentityHashMap<>(0);
    private long parts;
    private long greatestText;
    private long greatestCount;
    private long greatestSize;

    Budget(ExpressionLimits limits) {
        this.limits = limits;
        this.partsMax = limits.stepsMax() * NODE;
    }

    /** The budget of the evaluation under way on this thread. */
    static Budget current() {
        return CURRENT.get();
    }

    /** Runs an evaluation with this budget. */
    <T extends @Nullable Object> T during(ScopedValue.CallableOp<T, RuntimeException> evaluation) {
        return ScopedValue.where(CURRENT, this).call(evaluation);
    }

    /** Steps taken, the last one in full. */
    long steps() {
        return Math.ceilDiv(parts, NODE);
    }

    /** Characters of the longest text made so far. */
    long greatestText() {
        return greatestText;
    }

    /** Elements of the longest list or map made so far. */
    long greatestCount() {
        return greatestCount;
    }

    /** Characters of the largest list or map made so far, as JSON, with all that is in it. */
    long greatestSize() {
        return greatestSize;
    }

    @Override
    public void callback(CelExpr node, Object value) {
        spend(NODE);
        switch (value) {
            case String text -> mention(node, text.length());
            case CelByteString bytes -> mention(node, bytes.size());
            case Sized _ -> {}
            case List<?> list -> spend(madeSize(list) / MADE_CHARACTERS);
            case Map<?, ?> map -> spend(madeSize(map) / MADE_CHARACTERS);
            default -> {}
        }
    }

    /** Whoever asked for the text will go through it. */
    private void mention(CelExpr node, int length) {
        if (node.exprKind().getKind() == Kind.CALL) {
            requireText(length);
        }
        spend(length * CHARACTER);
    }

    void goThroughElements(long count) {
        spend(count * ELEMENT);
    }

    void goThroughCharacters(long count) {
        spend(count * CHARACTER);
    }

    /** Before a text or bytes of this length are made. */
    void requireText(long length) {
        if (length > limits.textCharsMax()) {
            throw new BudgetExhausted("a text is longer than " + limits.textCharsMax() + " characters");
        }
        greatestText = Math.max(greatestText, length);
    }

    /** Before a list or a map of so many elements is made. */
    void requireElements(long count) {
        if (count > limits.elementsMax()) {
            throw new BudgetExhausted("a list or map has more than " + limits.elementsMax() + " elements");
        }
        greatestCount = Math.max(greatestCount, count);
    }

    /** A list grew by the elements of another. */
    void grew(List<?> list, List<?> by) {
        long known = madeSizes.getOrDefault(list, (long) JsonSize.BRACKETS);
        madeSizes.put(list, requireSize(known + sizeOf(by)));
    }

    private long sizeOf(Object value) {
        return switch (value) {
            case List<?> list when !(value instanceof Sized) -> madeSize(list);
            case Map<?, ?> map when !(value instanceof Sized) -> madeSize(map);
            default -> JsonSize.ofRead(value);
        };
    }

    private long madeSize(List<?> list) {
        Long known = madeSizes.get(list);
        if (known != null) {
            return known;
        }
        requireElements(list.size());
        goThroughElements(list.size());
        long size = JsonSize.BRACKETS;
        for (Object element : list) {
            size += JsonSize.SEPARATOR + sizeOf(element);
        }
        madeSizes.put(list, requireSize(size));
        return size;
    }

    private long madeSize(Map<?, ?> map) {
        Long known = madeSizes.get(map);
        if (known != null) {
            return known;
        }
        requireElements(map.size());
        goThroughElements(map.size());
        long size = JsonSize.BRACKETS;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            size += 2 * JsonSize.SEPARATOR + sizeOf(entry.getKey()) + sizeOf(entry.getValue());
        }
        madeSizes.put(map, requireSize(size));
        return size;
    }

    private long requireSize(long size) {
        if (size > limits.textCharsMax()) {
            throw new BudgetExhausted(
                    "a list or map with all that is in it takes more than " + limits.textCharsMax() + " characters");
        }
        greatestSize = Math.max(greatestSize, size);
        return size;
    }

    private void spend(long cost) {
        if (cost > partsMax - parts) {
            parts = partsMax;
            throw new BudgetExhausted("more than " + limits.stepsMax() + " steps");
        }
        parts += cost;
    }
}
