package dev.foldlog.projections;

import dev.foldlog.core.projection.KeyState;
import dev.foldlog.core.projection.ProjectionStore;
import dev.foldlog.core.projection.StatesOfBoth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the states of two folds in key order, a page of both at a time as one snapshot shows them; folds in step
 * are so compared exactly, key by key, while they move on. Confined to one thread.
 */
final class StateComparison {
    private static final int PAGE = 1_000;

    private final List<String> samples = new ArrayList<>();
    private long added;
    private long removed;
    private long changed;

    /** What the other fold has against the first; null when it was called off. */
    static @Nullable StateDiff of(ProjectionStore store, long one, long other, BooleanSupplier isCalledOff) {
        StateComparison comparison = new StateComparison();
        String after = "";
        while (true) {
            if (isCalledOff.getAsBoolean()) {
                return null;
            }
            StatesOfBoth page = store.statesOfBoth(one, other, after, PAGE);
            String end = end(page);
            comparison.page(upTo(page.one(), end), upTo(page.other(), end));
            if (end == null) {
                return comparison.diff();
            }
            after = end;
        }
    }

    /** The last key up to which both lists are whole; null: both are whole to the end. */
    private static @Nullable String end(StatesOfBoth page) {
        String one = page.one().size() < PAGE ? null : page.one().getLast().key();
        String other =
                page.other().size() < PAGE ? null : page.other().getLast().key();
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return compare(one, other) <= 0 ? one : other;
    }

    private static List<KeyState> upTo(List<KeyState> states, @Nullable String end) {
        return end == null
                ? states
                : states.stream().takeWhile(it -> compare(it.key(), end) <= 0).toList();
    }

    private void page(List<KeyState> one, List<KeyState> other) {
        int left = 0;
        int right = 0;
        while (left < one.size() || right < other.size()) {
            int order = left == one.size()
                    ? 1
                    : right == other.size()
                            ? -1
                            : compare(one.get(left).key(), other.get(right).key());
            if (order < 0) {
                removed++;
                sample(one.get(left++).key());
            } else if (order > 0) {
                added++;
                sample(other.get(right++).key());
            } else {
                if (!one.get(left++).equals(other.get(right))) {
                    changed++;
                    sample(other.get(right).key());
                }
                right++;
            }
        }
    }

    private void sample(String key) {
        if (samples.size() < StateDiff.SAMPLES_MAX) {
            samples.add(key);
        }
    }

    private StateDiff diff() {
        return new StateDiff(added, removed, changed, samples);
    }

    static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
