package dev.foldlog.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cel.common.types.CelKind;
import dev.foldlog.core.expression.Compilation.Compiled;
import dev.foldlog.core.expression.Compilation.Refused;
import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.expression.EvaluationException.Kind;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.expression.ExpressionLimits;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sources written to take time and memory: whatever they do, what was counted stays within the limits. With limits that are
 * far higher the same sources go far beyond, so it is the budget that holds them.
 */
final class AttacksTest {
    private static final ExpressionLimits LIMITS = ExpressionLimits.standard();
    private static final ExpressionLimits HIGH = new ExpressionLimits(8_192, 400_000, 64 << 20, 1_000_000);
    private static final Set<CelKind> ANY = Set.of(CelKind.values());
    private static final EventView EVENT = Views.withPayload("{\"text\":\"" + "a".repeat(50_000) + "\",\"list\":["
            + "1,".repeat(20_000) + "1],\"nested\":" + "[".repeat(90) + "]".repeat(90) + "}");
    private static final String DIGITS = "[0,1,2,3,4,5,6,7,8,9]";

    static Stream<String> attacks() {
        return Stream.of(
                nested("all", 8),
                nested("exists", 8).replace("== -1", "== -2"),
                nested("map", 5),
                "event.payload.list.map(x, x)",
                "event.payload.list.all(x, event.payload.list.all(y, x == y))",
                "event.payload.list.filter(x, true) == event.payload.list",
                doubledText(22),
                doubledBytes(22),
                doubledList(17),
                doubledTree(17),
                "[event.payload.text].map(t, [t,t,t,t,t,t,t,t,t,t,t,t,t,t,t,t,t,t,t,t,t,t,t,t])",
                doubledTree(16) + ".all(a, " + doubledTree(16) + ".all(b, " + DIGITS + ".all(i, a == b)))",
                doubledTree(16) + ".all(a, [" + doubledTree(16) + "].all(b, " + DIGITS + ".all(i, a in b)))",
                "[" + mapOf(100) + "].all(m, " + DIGITS + ".all(i, " + DIGITS + ".all(j, " + DIGITS
                        + ".all(k, merge(m, m) == omit(m, ['x'])))))",
                repeated("event.payload.text.contains('" + "a".repeat(40) + "b') || ", 105) + "false",
                repeated("event.payload.text == event.payload.text && ", 120) + "true",
                repeated("size(event.payload.text) == 1 || ", 150) + "false",
                repeated("event.payload.text > event.producer || ", 150) + "false",
                repeated("event.payload.list == event.payload.list.filter(x, true) || ", 3) + "false",
                repeated("7 in event.payload.list || ", 40) + "false",
                DIGITS + ".map(i, event.payload.text.contains(event.payload.text))" + ".map(i, " + DIGITS
                        + ".map(j, event.payload.text))",
                DIGITS + ".all(i, " + DIGITS + ".all(j, " + DIGITS
                        + ".all(k, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.matches('(a|aa)*(a|aa)*b') == false)))",
                DIGITS + ".all(i, " + DIGITS + ".all(j, " + DIGITS + ".all(k, (dyn(" + DIGITS
                        + ") || true) || true)))");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void stays_within_the_limits(String source) {
        Budget budget = new Budget(LIMITS);
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> evaluate(source, LIMITS, budget))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.OVER_BUDGET));

        assertThat(budget.steps()).isLessThanOrEqualTo(LIMITS.stepsMax());
        assertThat(budget.greatestText()).isLessThanOrEqualTo(LIMITS.textCharsMax());
        assertThat(budget.greatestCount()).isLessThanOrEqualTo(LIMITS.elementsMax());
        assertThat(budget.greatestSize()).isLessThanOrEqualTo(LIMITS.textCharsMax());
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void with_high_limits_goes_beyond_the_standard_ones(String source) {
        Budget budget = new Budget(HIGH);
        try {
            evaluate(source, HIGH, budget);
        } catch (EvaluationException e) {
            assertThat(e.kind()).isEqualTo(Kind.OVER_BUDGET);
        }

        boolean isBeyond = budget.steps() > LIMITS.stepsMax()
                || budget.greatestText() > LIMITS.textCharsMax()
                || budget.greatestCount() > LIMITS.elementsMax()
                || budget.greatestSize() > LIMITS.textCharsMax();
        assertThat(isBeyond).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(1000)1",
                "[1000]",
                "-1000-1",
                "!1000true",
                "1000+1",
                "1000.a",
                "1000?true:",
                "1000[0]",
                "1000{'a':",
                "1000'a'+",
            })
    void a_source_that_nests_deeply_ends_as_an_error_or_as_a_value(String form) {
        String source = deep(form);

        Outcome outcome = outcome(source);

        assertThat(outcome).isIn(Outcome.REFUSED, Outcome.VALUE, Outcome.NO_VALUE);
    }

    @Test
    void types_that_double_with_each_step_are_refused_before_they_are_looked_at() {
        String steps = ".map(x, {x: x})".repeat(60);

        assertThat(outcome("[1]" + steps)).isEqualTo(Outcome.REFUSED);
        assertThat(outcome("[{'a': 1}]" + ".map(x, {x.a: x})".repeat(60))).isEqualTo(Outcome.REFUSED);
        assertThat(outcome("[{'a': 1}]" + ".map(event, {event.a: event})".repeat(60)))
                .isEqualTo(Outcome.REFUSED);
        assertThat(outcome("[1]" + ".map(x, {string(dyn(x)): 1})".repeat(2))).isEqualTo(Outcome.NO_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "(((((a{10}){10}){10}){10}){10}){10}",
                "(a{1000}){1000}",
                "\\Q[\\E(a{1000}){1000}",
                "(?:x{0,1000}){0,1000}",
                "[^]](a{1000}){1000}",
                "[\\]](a{1000}){1000}",
            })
    void a_pattern_that_would_be_huge_is_refused_before_it_is_compiled(String pattern) {
        assertThat(outcome("event.producer.matches(r'" + pattern + "')")).isEqualTo(Outcome.REFUSED);
        assertThat(PatternSize.of(pattern)).isGreaterThan(Patterns.PROGRAM_MAX);
    }

    @Test
    void patterns_that_people_write_compile() {
        for (String pattern : new String[] {
            "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
            "^\\\\d{4}-\\\\d{2}-\\\\d{2}T\\\\d{2}:\\\\d{2}(:\\\\d{2}(\\\\.\\\\d{1,9})?)?Z$",
            "(?i)\\\\b(sorry|apolog(y|ies|ise))\\\\b",
            "[^{}]+",
            "(\\\\w+@){1,3}",
        }) {
            assertThat(outcome("event.producer.matches('" + pattern + "')"))
                    .as(pattern)
                    .isEqualTo(Outcome.VALUE);
        }
    }

    @Test
    void a_long_text_is_not_matched() {
        assertThat(outcome("event.payload.text.matches('b')")).isEqualTo(Outcome.OVER_BUDGET);
    }

    @Test
    void nothing_absorbs_a_spent_budget() {
        assertThat(outcome(nested("all", 8) + " || true")).isEqualTo(Outcome.OVER_BUDGET);
        assertThat(outcome("[1, 2].exists(x, " + nested("all", 8) + ")")).isEqualTo(Outcome.OVER_BUDGET);
    }

    @Test
    void a_large_input_may_be_looked_at() {
        assertThat(outcome("size(event.payload.list) == 20001 && event.payload.list[20000] == 1"))
                .isEqualTo(Outcome.VALUE);
        assertThat(outcome("1 in event.payload.list && event.payload.text.startsWith('aaa')"))
                .isEqualTo(Outcome.VALUE);
    }

    private enum Outcome {
        REFUSED,
        VALUE,
        NO_VALUE,
        OVER_BUDGET
    }

    private static Outcome outcome(String source) {
        if (new Cel(LIMITS).compile(source, Cel.Scope.EVENT, ANY) instanceof Refused<?>) {
            return Outcome.REFUSED;
        }
        try {
            evaluate(source, LIMITS, new Budget(LIMITS));
            return Outcome.VALUE;
        } catch (EvaluationException e) {
            return e.kind() == Kind.OVER_BUDGET ? Outcome.OVER_BUDGET : Outcome.NO_VALUE;
        }
    }

    private static Object evaluate(String source, ExpressionLimits limits, Budget budget) {
        return switch (new Cel(limits).compile(source, Cel.Scope.EVENT, ANY)) {
            case Compiled<CelProgram>(CelProgram program) ->
                program.evaluate(name -> Optional.of(EventValue.of(EVENT)), Function.identity(), budget);
            case Refused<CelProgram>(var errors) -> throw new AssertionError(errors.toString());
        };
    }

    /** Each level goes through ten elements. */
    private static String nested(String macro, int levels) {
        String inner = macro.equals("all") ? "v0 != -1" : macro.equals("exists") ? "v0 == -1" : "v0";
        for (int i = 0; i < levels; i++) {
            inner = DIGITS + '.' + macro + "(v" + i + ", " + inner + ')';
        }
        return inner;
    }

    private static String doubledText(int times) {
        return "['ab']" + ".map(t, t + t)".repeat(times);
    }

    private static String doubledBytes(int times) {
        return "[b'ab']" + ".map(t, t + t)".repeat(times);
    }

    private static String doubledList(int times) {
        return "[[1]]" + ".map(t, t + t)".repeat(times);
    }

    /** Few nodes that stand for many, since each level mentions the one below twice. */
    private static String doubledTree(int times) {
        return "[dyn([1])]" + ".map(t, dyn([t, t]))".repeat(times);
    }

    private static String mapOf(int entries) {
        return IntStream.range(0, entries).mapToObj(i -> "'" + i + "':" + i).collect(Collectors.joining(",", "{", "}"));
    }

    private static String repeated(String part, int times) {
        return part.repeat(times);
    }

    private static String deep(String form) {
        int n = 1_000;
        return switch (form) {
            case "(1000)1" -> "(".repeat(n) + '1' + ")".repeat(n);
            case "[1000]" -> "[".repeat(n) + "]".repeat(n);
            case "-1000-1" -> "-".repeat(n) + '1';
            case "!1000true" -> "!".repeat(n) + "true";
            case "1000+1" -> "1" + "+1".repeat(n);
            case "1000.a" -> "event.payload" + ".a".repeat(n);
            case "1000?true:" -> "true?1:".repeat(n) + '1';
            case "1000[0]" -> "event.payload" + "[0]".repeat(n);
            case "1000{'a':" -> "{'a':".repeat(n) + '1' + "}".repeat(n);
            default -> "'a'" + "+'a'".repeat(n);
        };
    }
}
