package dev.foldlog.expressions;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The regular expressions of the compiled sources: of RE2, so without backtracking, and small. Matching costs what the
 * text's length times the pattern's size is. Keeps a bounded number of patterns; others are compiled when they are
 * needed. Thread-safe.
 */
@ThreadSafe
final class Patterns {
    static final int CHARS_MAX = 1_000;

    /** Instructions of the compiled pattern. */
    static final int PROGRAM_MAX = 1_000;

    /** Characters of a text that is matched. */
    static final int INPUT_MAX = 10_000;

    private static final int KEPT_MAX = 500;

    @SuppressWarnings("ThreadSafe.RefersTo") // patterns are immutable
    private final ConcurrentMap<String, Pattern> kept = new ConcurrentHashMap<>();

    boolean find(String text, String pattern) {
        if (text.length() > INPUT_MAX) {
            throw new BudgetExhausted("a text of more than " + INPUT_MAX + " characters is matched");
        }
        Pattern compiled = compile(pattern);
        Budget.current().goThroughCharacters((long) text.length() * compiled.programSize());
        return compiled.matcher(text).find();
    }

    /**
     * The pattern.
     *
     * @throws IllegalArgumentException when it is none, or too large
     */
    Pattern compile(String pattern) {
        Pattern known = kept.get(pattern);
        if (known != null) {
            return known;
        }
        if (pattern.length() > CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a pattern of " + pattern.length() + " characters (expected: at most " + CHARS_MAX + ')');
        }
        if (PatternSize.of(pattern) > PROGRAM_MAX) {
            throw tooLarge();
        }
        Pattern compiled = compiled(pattern);
        if (kept.size() >= KEPT_MAX) {
            kept.clear();
        }
        kept.put(pattern, compiled);
        return compiled;
    }

    private static Pattern compiled(String pattern) {
        try {
            Pattern compiled = Pattern.compile(pattern);
            if (compiled.programSize() > PROGRAM_MAX) {
                throw tooLarge();
            }
            return compiled;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a pattern of RE2: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException("a pattern that is compiled to more than " + PROGRAM_MAX
                + " instructions (expected: at most that; repetitions count as often as they say)");
    }
}
